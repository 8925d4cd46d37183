import { endedWell } from '../history/expected-end.ts';
import type { Death } from '../history/container-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Basis } from '../incident/vocabulary.ts';
import { causeInLog } from './cause-in-log.ts';
import { systemOomNear, usageNearLimit } from './memory-evidence.ts';

export interface ExitCause {
  readonly cause: string;
  readonly basis: Basis;
  /** What proves it, for the summary; absent when nothing does. */
  readonly text?: string;
  /** The log line that matched. */
  readonly line?: string;
}

/**
 * Why a process that ran ended, from what it left behind: its log, its termination message, its exit code, and last what the
 * node and the metrics say of its memory.
 *
 * @param log of exactly this attempt
 */
export function exitCauseOf(pod: PodHistory, workload: WorkloadHistory, death: Death, log: string | undefined): ExitCause {
  const { exitCode, reason, message } = death.end.terminated;
  if (endedWell(death.end.terminated))
    return { cause: 'exits-normally', basis: 'observed', text: 'it ended normally, but the pod restarts it always' };
  const inLog = causeInLog(workload, log, exitCode);
  if (inLog !== undefined) return { cause: codeOf(inLog.cause), basis: 'derived', text: `its log says "${inLog.line}"`, line: inLog.line };
  const inMessage = causeInLog(workload, message, exitCode);
  if (inMessage !== undefined)
    return { cause: codeOf(inMessage.cause), basis: 'derived', text: `its termination message says "${inMessage.line}"` };
  if (reason === 'seccomp killed') return { cause: 'security-profile', basis: 'observed', text: 'the runtime says that seccomp killed it' };
  const byCode = isWindows(pod, workload, exitCode) ? windowsCodes[exitCode >>> 0] : linuxCodes[exitCode];
  if (byCode !== undefined) return { ...byCode, basis: 'derived' };
  return (exitCode === 137 ? suspectedMemory(pod, workload, death) : undefined) ?? { cause: 'unknown-app-exit', basis: 'derived' };
}

/** A signature of an application that ran out of its own heap names one of the kinds of memory death. */
function codeOf(signature: string): string {
  return signature === 'heap-oom' ? 'oom-in-app-heap' : signature;
}

/** Codes that mean the same thing whichever program returns them; 137 and 143 are signals and prove nothing of the sender. */
const linuxCodes: Readonly<Record<number, { readonly cause: string; readonly text: string }>> = {
  126: { cause: 'command-not-executable', text: 'a shell in the image reports a command that cannot be executed' },
  127: { cause: 'command-not-found', text: 'a shell in the image reports a command that does not exist' },
  132: { cause: 'arch-mismatch', text: 'SIGILL: the processor lacks an instruction of the program' },
  139: { cause: 'segfault', text: 'SIGSEGV: invalid memory access' },
  159: { cause: 'security-profile', text: 'SIGSYS: seccomp forbids a system call of the program' },
};

/** NTSTATUS as an unsigned number: runtimes write it signed or unsigned. */
const windowsCodes: Readonly<Record<number, { readonly cause: string; readonly text: string }>> = {
  0xc0000005: { cause: 'segfault', text: 'STATUS_ACCESS_VIOLATION: invalid memory access' },
  0xc00000fd: { cause: 'segfault', text: 'STATUS_STACK_OVERFLOW' },
  0xc0000409: { cause: 'segfault', text: 'STATUS_STACK_BUFFER_OVERRUN: the process failed fast' },
  0xc0000135: { cause: 'missing-module', text: 'STATUS_DLL_NOT_FOUND' },
  0xc0000142: { cause: 'missing-module', text: 'STATUS_DLL_INIT_FAILED' },
  0xe0434352: { cause: 'code-bug', text: 'an unhandled .NET exception' },
};

/** Windows knows no signals: its small codes are the application's own. Nothing else returns codes outside of 0 to 255. */
function isWindows(pod: PodHistory, workload: WorkloadHistory, exitCode: number): boolean {
  if (exitCode < -1 || exitCode > 255) return true;
  return (pod.latest.nodeOs ?? workload.nodes.find((node) => node.name === pod.latest.node)?.os) === 'windows';
}

/** Runtimes lose the kernel's report now and then and say `Error` where `OOMKilled` was due. */
function suspectedMemory(pod: PodHistory, workload: WorkloadHistory, death: Death): ExitCause | undefined {
  const systemOom = systemOomNear(pod, workload, death.end.finishedAt);
  if (systemOom !== undefined)
    return { cause: 'oom-node', basis: 'derived', text: `the node reported "${systemOom.message}" at that time` };
  const usage = usageNearLimit(pod, workload, death);
  if (usage === undefined) return undefined;
  const used = `${Math.round(usage.bytes / 2 ** 20)} MiB`;
  return { cause: 'oom-suspected', basis: 'hypothesis', text: `SIGKILL with ${used} of memory in use and a limit of ${usage.limit}` };
}
