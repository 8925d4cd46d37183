import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import type { Diagnosis } from '#core/diagnosis/diagnosis.ts';
import type { RawObject } from '../../cli/input/read-objects.ts';
import { toObservations } from '../../cli/input/to-observations.ts';

/** What `mortem diagnose` makes of objects, without a process of its own. `now` is the newest time in the input. */
export async function diagnoseObjects(...objects: readonly unknown[]): Promise<Diagnosis> {
  const { observations } = await toObservations(objects as readonly RawObject[], 'input', new Date(0));
  return buildDiagnosis(observations, Math.max(0, ...observations.map((item) => Date.parse(item.observedAt))));
}

/** The symptoms of the primary findings. */
export async function symptomsIn(...objects: readonly unknown[]): Promise<readonly string[]> {
  const { findings } = await diagnoseObjects(...objects);
  return findings.filter((finding) => finding.secondary !== true).map((finding) => finding.symptom);
}
