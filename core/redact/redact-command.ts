import { marker } from './marker.ts';
import { mapChanged } from './with-changes.ts';
import { addCounts, redact, type Redacted, type RedactionCounts } from './redact.ts';

const credentialFlag = /^--?[\w-]*(?:secret|token|passw|passphrase|pwd|api-?key|access-?key|private-?key|credential)[\w-]*$/i;
const describingFlag = /-(?:file|path|dir|name|url|ttl|type|count|limit|version|enabled)$/i;

/**
 * The command or arguments of a container, element by element; the element after `--password` is a secret whatever it looks like. The same
 * array where nothing was taken out of it.
 *
 * @param redactText `redact`, or what gives the same sooner.
 */
export function redactCommand(
  command: string[],
  redactText: (text: string) => Redacted = redact,
): { readonly command: string[]; readonly counts: RedactionCounts } {
  let counts: RedactionCounts = {};
  const redacted = mapChanged(command, (element, index) => {
    const flag = command[index - 1];
    if (flag !== undefined && isCredentialFlag(flag) && !/^(?:-|\$[({]?\w|\[REDACTED:)/.test(element) && element !== '') {
      counts = addCounts(counts, { 'command-line': 1 });
      return marker('command-line');
    }
    const result = redactText(element);
    counts = addCounts(counts, result.counts);
    return result.text;
  });
  return { command: redacted, counts };
}

function isCredentialFlag(element: string): boolean {
  return credentialFlag.test(element) && !describingFlag.test(element);
}
