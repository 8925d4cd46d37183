import type { Evidence, Image, ScopeFact } from '../incident/incident.ts';
import type { Basis, FailurePoint, Phase, Symptom } from '../incident/vocabulary.ts';
import type { ContainerRole } from '../wire/container.ts';

/** What `mortem diagnose -o json` prints; scripts are written against these names. */
export interface Diagnosis {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'Diagnosis';
  /** RFC 3339: the moment everything was judged from. */
  readonly now: string;
  readonly findings: readonly DiagnosedFinding[];
}

export interface DiagnosedFinding {
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly pod?: string;
  readonly container?: string;
  readonly containerRole?: ContainerRole;
  readonly symptom: Symptom;
  /** The raw string Kubernetes shows. */
  readonly reason: string;
  readonly phase: Phase;
  readonly failurePoint: FailurePoint;
  readonly cause: string;
  readonly basis: Basis;
  readonly rule: string;
  readonly image?: Image;
  readonly exitCode?: number;
  readonly restartCount?: number;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** How far the failure reaches, where that stands out. */
  readonly scope?: readonly ScopeFact[];
  /** Present on what another finding of the same container or pod explains. */
  readonly secondary?: true;
  readonly explainedBy?: string;
  readonly explains?: readonly string[];
}
