import type { ContainerStatus } from '../../wire/container.ts';

/** A heap size that command or args set, in bytes, as they write it. */
export interface HeapSetting {
  readonly flag: string;
  readonly bytes: number;
}

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** The last one wins, as it does for the JVM and for Node. What env variables set is never sent, and not known here. */
export function heapSetting({ command = [], args = [] }: Pick<ContainerStatus, 'command' | 'args'>): HeapSetting | undefined {
  const line = [...command, ...args].join(' ');
  const found = [...line.matchAll(/(?:^|\s)-Xmx(\d{1,15})([kmgt]?)\b|--max[-_]old[-_]space[-_]size[= ](\d{1,9})\b/gi)].at(-1);
  if (found === undefined) return undefined;
  const [flag, digits, unit = '', megabytes] = found;
  const bytes = megabytes === undefined ? Number(digits) * (units[unit.toLowerCase()] ?? 1) : Number(megabytes) * 2 ** 20;
  return { flag: flag.trim(), bytes };
}
