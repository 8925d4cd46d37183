import type { EvidenceId } from '../evidence/evidence-id.ts';
import type { ContainerRole } from '../wire/container.ts';
import type { Basis, FailurePoint, IncidentStatus, MitigationKind, Phase, RolloutKind, ScopeKind, Symptom } from './vocabulary.ts';

/** Times in this file are RFC 3339 in UTC; the names are the ones `-o json` prints. */

export interface Image {
  /** As the pod spec writes it. */
  readonly ref: string;
  readonly tag?: string;
  /** `sha256:…` of the manifest that really ran; absent while none was pulled. */
  readonly digest?: string;
}

/** One record that supports a statement. `path` is a JSON pointer into the Kubernetes object. */
export interface Evidence {
  readonly id: EvidenceId;
  readonly source: 'pod' | 'event' | 'log' | 'workload' | 'node' | 'termination';
  readonly path: string;
  readonly text: string;
}

/** One container's primary finding within an incident: one symptom, one image. */
export interface Chapter {
  readonly symptom: Symptom;
  /** The raw string Kubernetes shows. */
  readonly reason: string;
  readonly phase: Phase;
  readonly failurePoint: FailurePoint;
  readonly cause: string;
  readonly basis: Basis;
  /** One sentence, from the newest finding of the chapter. */
  readonly summary: string;
  /** The rule that matched. */
  readonly rule: string;
  readonly container?: string;
  readonly containerRole?: ContainerRole;
  readonly image?: Image;
  readonly pods: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
  /** Deaths of container instances counted in this chapter. */
  readonly terminations: number;
  readonly evidence: readonly EvidenceId[];
}

export interface Mitigation {
  readonly kind: MitigationKind;
  readonly fromImage?: Image;
  readonly toImage?: Image;
  readonly at?: string;
  readonly evidence: readonly EvidenceId[];
}

/** What could not be seen, said aloud. */
export interface Gap {
  readonly kind: string;
  readonly from?: string;
  readonly to?: string;
  readonly text: string;
}

export interface Coverage {
  /** Deaths of the incident that mortem holds a record of. */
  readonly terminationsSeen: number;
  /** Deaths that restart counters and records prove. */
  readonly terminationsKnown: number;
  readonly gaps: readonly Gap[];
}

/** How far a failure reaches, as a fixed rule over the records tells it: where to look first, never a cause. */
export interface ScopeFact {
  readonly kind: ScopeKind;
  readonly basis: 'derived';
  /** One sentence for a person. */
  readonly text: string;
  /** A failing object, then what it was compared with. */
  readonly evidence: readonly EvidenceId[];
}

export interface Incident {
  readonly id: `INC-${string}`;
  /** Ids under which this incident may have been known before late records moved its onset. */
  readonly aliases: readonly string[];
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly status: IncidentStatus;
  readonly settled: boolean;
  readonly onsetAt: string;
  readonly recoveredAt?: string;
  readonly mitigation: Mitigation;
  readonly chapters: readonly Chapter[];
  readonly coverage: Coverage;
  /** Absent where nothing stands out. */
  readonly scope?: readonly ScopeFact[];
}

/** A workload revision with its images. */
export interface Rollout {
  readonly at: string;
  readonly revision?: string;
  readonly revisionHash?: string;
  readonly kind: RolloutKind;
  readonly images: readonly (Image & { readonly container: string })[];
  /** For a rollback: the revision whose digest came back. */
  readonly of?: string;
  readonly evidence: EvidenceId;
}
