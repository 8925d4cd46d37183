import type { ScopeFact } from '../incident/incident.ts';
import type { FoundSign } from '../rules/rule.ts';

/** A workload and what it fails of. */
export interface FailingWorkload {
  /** `Deployment/api`, with its namespace. */
  readonly name: string;
  readonly signs: readonly FoundSign[];
}

const dependency = /^(?:dep|db)-/;
/** A host with a port; a clock and a place in a source file look much like one. */
const address = /(?<![\w.:-])((?:[a-z][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,10}|\d{1,3}(?:\.\d{1,3}){3}):\d{2,5})(?!\w|:\d)/i;
/** A host alone, behind the words that resolvers put before one. */
const host = /(?:ENOTFOUND|EAI_AGAIN|lookup|host name|hostname|host) ["'(]?([a-z0-9][a-z0-9.-]{0,252})/i;

/** For each workload the others that fail at the same dependency: one outage that shows in several places. */
export function sharedDependencies(workloads: readonly FailingWorkload[]): ReadonlyMap<FoundSign, ScopeFact> {
  const cases = workloads.flatMap(({ name, signs }) =>
    signs.filter((sign) => dependency.test(sign.cause)).map((sign) => ({ name, sign, target: targetOf(sign) })),
  );
  const facts = new Map<FoundSign, ScopeFact>();
  for (const group of Map.groupBy(cases, ({ sign, target }) => `${sign.cause} ${target ?? ''}`).values()) {
    const names = [...new Set(group.map((item) => item.name))].toSorted();
    if (names.length < 2) continue;
    for (const { name, sign, target } of group) {
      const others = names.filter((other) => other !== name);
      facts.set(sign, {
        kind: 'dependency',
        basis: 'derived',
        text: `${others.join(', ')} ${others.length === 1 ? 'fails' : 'fail'} with ${sign.cause}${target === undefined ? '' : ` at ${target}`}, too: look at the dependency first.`,
        evidence: [sign, ...group.flatMap((item) => (item.name === name ? [] : [item.sign]))].map((item) => item.evidence[0].id),
      });
    }
  }
  return facts;
}

function targetOf({ evidence, summary }: FoundSign): string | undefined {
  const text = (evidence.findLast((item) => item.source === 'log')?.text ?? summary).slice(0, 2048);
  return (address.exec(text) ?? host.exec(text))?.[1]?.toLowerCase();
}
