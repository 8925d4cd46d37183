import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence, Image } from '../incident/incident.ts';
import type { Basis, Phase, Symptom } from '../incident/vocabulary.ts';
import type { Instant } from '../time/instant.ts';
import type { ContainerRole } from '../wire/container.ts';

/** One occurrence of a failure: a death, or a stretch of waiting. A sign without evidence does not exist. */
export interface Sign {
  readonly symptom: Symptom;
  /** The raw string Kubernetes shows. */
  readonly reason: string;
  readonly phase: Phase;
  readonly cause: string;
  readonly basis: Basis;
  /** One sentence for a person, without a full stop at the end of quoted text. */
  readonly summary: string;
  /** The decisive words of a record, to be quoted in a row; from outside. */
  readonly quote?: string;
  /** What records add up to: a limit, a budget and an age. No record says it in these words, so it never stands inside a quote. */
  readonly detail?: string;
  readonly pod?: string;
  readonly podUid?: string;
  readonly container?: { readonly name: string; readonly role: ContainerRole };
  /** The sign is about the pod as a whole; `container` only says where to look first. */
  readonly wholePod?: true;
  readonly image?: Image;
  /** First record of the occurrence. */
  readonly from: Instant;
  /** Last record of it. */
  readonly lastAt: Instant;
  /** When the failing condition was over; absent while it lasts. */
  readonly until?: Instant;
  /** How it was over: the container went on, or its pod was taken away. */
  readonly overBy?: 'progress' | 'removal';
  /** When it becomes an incident (design: "When something is an incident"); absent while it is too young. */
  readonly opensAt?: Instant;
  /** How often the failing step was tried, as far as events count it. */
  readonly tries?: number;
  /** Keys of the attempts whose death this is. */
  readonly deaths: readonly string[];
  readonly exitCode?: number;
  /** Of the container, as Kubernetes shows it last; not the number of the instance that died. */
  readonly restartCount?: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** A sign with the rule that found it. */
export interface FoundSign extends Sign {
  readonly rule: string;
}

/** What a person should know of a failure class before looking at the case: one row of the decision table. */
export interface FailureClass {
  readonly inspectFirst: readonly string[];
  readonly commonCauses: readonly string[];
  readonly productionRisk: string;
  /** In the order in which to act; addressed to the owning workload. */
  readonly advice: readonly string[];
}

interface RuleFields extends FailureClass {
  /** File name, fixture folder and page name; stored with findings, never renamed. */
  readonly id: string;
  readonly title: string;
  readonly symptoms: readonly Symptom[];
  /** Ids of rules whose signs are consequences of this one's, for the same container or pod. */
  readonly explains: readonly string[];
}

/** Called once for each pod. `match` is pure: it cites evidence, or returns nothing. */
export interface PodRule extends RuleFields {
  readonly scope: 'pod';
  readonly match: (pod: PodHistory, workload: WorkloadHistory) => readonly Sign[];
}

/** Called once for the workload: what its controllers show, with or without pods. */
export interface WorkloadRule extends RuleFields {
  readonly scope: 'workload';
  readonly match: (workload: WorkloadHistory) => readonly Sign[];
}

export type Rule = PodRule | WorkloadRule;

/** Checks the literal against {@link Rule} without widening it. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}
