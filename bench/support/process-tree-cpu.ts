import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Its own, in clock ticks. */
  readonly own: number;
  /** Of its children that have ended. */
  readonly ended: number;
}

/** Processor time of a process, its children, and those that ended, in seconds. Linux only: 0 elsewhere. */
export function processTreeCpu(root: number): number {
  if (process.platform !== 'linux') return 0;
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readStat(Number(name)) : []));
  const ticks = all.reduce((total, { pid, parent, own, ended }) => {
    if (pid === root) return total + own + ended;
    return parent === root ? total + own : total;
  }, 0);
  return ticks / ticksPerSecond;
}

/** Empty for a process that ended meanwhile. See proc_pid_stat(5); the name may hold blanks and brackets. */
function readStat(pid: number): readonly ProcessStat[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return [];
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index]);
  return [{ pid, parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) }];
}
