import { redrive, type RedriveDeps, type RedriveOptions } from './redrive.ts';
import { reevaluate, type ReevaluateDeps } from './reevaluate.ts';

export interface RoundDeps extends RedriveDeps, ReevaluateDeps {
  readonly store: RedriveDeps['store'] & ReevaluateDeps['store'];
}

/** What the schedule does each minute. */
export async function runRound(deps: RoundDeps, options?: RedriveOptions): Promise<void> {
  await redrive(deps, options);
  await reevaluate(deps);
}
