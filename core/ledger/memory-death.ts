/** Kinds of memory death: which limit was hit, and who noticed. Stored and scripted against: values are added, never renamed. */
export const memoryDeaths = ['container-limit', 'child', 'node', 'in-app-heap', 'suspected', 'evicted'] as const;
export type MemoryDeath = (typeof memoryDeaths)[number];

const byCause: Readonly<Record<string, MemoryDeath>> = {
  'oom-container-limit': 'container-limit',
  'oom-child': 'child',
  'worker-oom': 'child',
  'oom-node': 'node',
  'oom-in-app-heap': 'in-app-heap',
  'oom-suspected': 'suspected',
  'evicted-memory': 'evicted',
};

/** The kind of memory death that a cause code names, or undefined for any other cause. */
export function memoryDeathOf(cause: string): MemoryDeath | undefined {
  return byCause[cause];
}
