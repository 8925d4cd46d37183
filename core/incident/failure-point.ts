import { phases, type FailurePoint, type Phase, type Symptom } from './vocabulary.ts';

const bySymptom: Partial<Record<Symptom, FailurePoint>> = {
  LivenessProbeFailed: 'health-check',
  StartupProbeFailed: 'health-check',
  ReadinessProbeFailed: 'health-check',
  OOMKilled: 'resource-pressure',
  Evicted: 'resource-pressure',
  Preempted: 'stop',
  DeadlineExceeded: 'stop',
  StuckTerminating: 'stop',
  NodeLost: 'node',
  ContainerStatusUnknown: 'node',
};

/** @param step the phase the failing step itself belongs to; for an init container the step inside `init` */
export function failurePointOf(symptom: Symptom, step: Phase): FailurePoint {
  const fixed = bySymptom[symptom];
  if (fixed !== undefined) return fixed;
  if (step === 'termination') return 'stop';
  if (step === 'lost') return 'node';
  return phases.indexOf(step) <= phases.indexOf('init') ? 'before-start' : 'running';
}
