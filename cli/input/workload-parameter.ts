import { MortemError } from '#core/errors.ts';
import { parseTarget } from './parse-target.ts';

/**
 * A workload target as the API takes it: `Deployment/api`.
 *
 * @throws {MortemError} `usage` for a pod or an incident
 */
export function workloadParameter(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const target = parseTarget(text);
  if (target.by === 'workload') return `${target.kind}/${target.name}`;
  throw new MortemError('usage', `"${text}" is no workload. Use deploy/NAME, sts/NAME, ds/NAME, job/NAME or cronjob/NAME.`);
}
