import { MortemError } from '#core/errors.ts';
import type { Draft } from '#core/wire/observation.ts';
import { plantedCredentials } from './planted-credentials.ts';
import { redactFully } from './redact-fully.ts';

/**
 * Sends made-up credentials the way of every log, at the start: a build whose redaction is broken must not read one.
 *
 * @throws {MortemError} `internal` when a credential survives; names its format
 */
export async function testRedaction(redact: typeof redactFully = redactFully): Promise<void> {
  const survived: string[] = [];
  for (const { format, line, secret } of plantedCredentials) {
    const { draft } = await redact(logOf(line));
    if (draft.kind !== 'log' || secret.split('\n').some((part) => draft.text?.includes(part) !== false)) survived.push(format);
  }
  if (survived.length === 0) return;
  const way = 'Nothing was collected. Install the release anew; if it stays so, report it with these words.';
  throw new MortemError('internal', `The redaction does not work: a made-up credential survived it (${survived.join(', ')}). ${way}`);
}

function logOf(line: string): Draft {
  const instance = { namespace: 'n', pod: 'p', podUid: 'u', container: 'c', role: 'app' as const, restartCount: 0, final: true };
  return { kind: 'log', ...instance, workload: { kind: 'Pod', name: 'p', chain: [] }, text: `before\n${line}\nafter\n` };
}
