import type { WorkloadKey } from '../../store-model.ts';
import { words, type Inline } from '../inline.ts';
import { told } from './phrases.ts';

/** A custom owner's kind may be any text; one that looks like a kind is a plain word. */
export function kindWord(kind: string): string {
  return /^[A-Z][A-Za-z]{2,40}$/.test(kind) ? kind : 'workload';
}

/** Deployment `payments-api` */
export function workloadWords({ kind, name }: Pick<WorkloadKey, 'kind' | 'name'>): readonly Inline[] {
  return [words(`${kindWord(kind)} `), told(name)];
}
