/** What an exit code means to a reader, never a cause by itself. */
export interface ExitCodeMeaning {
  /** The signal that 128 + n stands for, where it is one. */
  readonly signal?: string;
  readonly text: string;
  /** The code was made up by the kubelet or the runtime: no exit was observed. */
  readonly invented?: true;
  /** .NET's host uses the same number: the log decides. */
  readonly dotnetHost?: string;
}

const plain: ReadonlyMap<number, string> = new Map([
  [0, 'success: the process ended by itself'],
  [1, 'a general error: the application decides what it means'],
  [2, 'a Go panic, or arguments that were not understood'],
  [3, 'the JVM left on an OutOfMemoryError (ExitOnOutOfMemoryError), or a gunicorn worker failed to boot'],
  [4, 'gunicorn could not load the application'],
  [64, 'EX_USAGE: the command was used wrongly'],
  [65, 'EX_DATAERR: the input data was wrong'],
  [66, 'EX_NOINPUT: an input file is missing or not readable'],
  [67, 'EX_NOUSER: a user is unknown'],
  [68, 'EX_NOHOST: a host is unknown'],
  [69, 'EX_UNAVAILABLE: a service is not available'],
  [70, 'EX_SOFTWARE: an internal error'],
  [71, 'EX_OSERR: an error of the operating system'],
  [72, 'EX_OSFILE: a system file is missing'],
  [73, 'EX_CANTCREAT: an output file cannot be created'],
  [74, 'EX_IOERR: an input or output error'],
  [75, 'EX_TEMPFAIL: a temporary failure'],
  [76, 'EX_PROTOCOL: a protocol was not followed'],
  [77, 'EX_NOPERM: permission was refused'],
  [78, 'EX_CONFIG: the configuration is wrong'],
  [101, 'a Rust panic'],
  [125, 'docker or podman failed inside the container: no container runtime of Kubernetes returns it'],
  [126, 'a shell found the command but could not execute it'],
  [127, 'a shell did not find the command, or a shared library is missing'],
  [128, 'an exit status of the application, or a container that never started'],
  [255, 'the program could not be executed, a PHP fatal error, or exit -1'],
]);

const signals: ReadonlyMap<number, readonly [name: string, text: string]> = new Map([
  [1, ['SIGHUP', 'hung up']],
  [2, ['SIGINT', 'interrupted']],
  [3, ['SIGQUIT', 'asked to quit with a core dump']],
  [4, ['SIGILL', 'an instruction that this CPU does not know']],
  [5, ['SIGTRAP', 'a trap, as in a fatal error of V8']],
  [6, ['SIGABRT', 'aborted itself: a full heap, a failed assertion or an unhandled exception']],
  [7, ['SIGBUS', 'a memory access failed, often on a full /dev/shm']],
  [8, ['SIGFPE', 'an arithmetic error']],
  [9, ['SIGKILL', 'killed: out of memory, a grace period that ran out, or a forced stop']],
  [11, ['SIGSEGV', 'a memory access outside of its own memory']],
  [13, ['SIGPIPE', 'wrote to a pipe that nobody reads']],
  [15, ['SIGTERM', 'asked to stop']],
  [24, ['SIGXCPU', 'used up its CPU time limit']],
  [25, ['SIGXFSZ', 'wrote a file over its size limit']],
  [31, ['SIGSYS', 'a system call that seccomp forbids']],
]);

/** Host codes of .NET as the 8 bits that a shell sees; they fall on the same numbers as signals. */
const dotnetHostCodes: ReadonlyMap<number, string> = new Map([
  [129, 'InvalidArgFailure'],
  [130, 'CoreHostLibLoadFailure'],
  [131, 'CoreHostLibMissingFailure'],
  [135, 'CoreClrResolveFailure'],
  [136, 'CoreClrBindFailure'],
  [137, 'CoreClrInitFailure'],
  [139, 'ResolverInitFailure'],
  [140, 'ResolverResolveFailure'],
  [147, 'InvalidConfigFile'],
  [150, 'FrameworkMissingFailure'],
  [154, 'AppPathFindFailure'],
]);

const ntStatus: ReadonlyMap<number, string> = new Map([
  [0xc000013a, 'STATUS_CONTROL_C_EXIT: an ordinary stop'],
  [0xc0000005, 'STATUS_ACCESS_VIOLATION: a memory access outside of its own memory'],
  [0xc0000135, 'STATUS_DLL_NOT_FOUND: a DLL is missing'],
  [0xc0000142, 'STATUS_DLL_INIT_FAILED: a DLL could not be initialised'],
  [0xc00000fd, 'STATUS_STACK_OVERFLOW: the stack overflowed'],
  [0xc0000409, 'STATUS_STACK_BUFFER_OVERRUN: the process failed fast'],
  [0xe0434352, 'an unhandled .NET exception'],
]);

const invented: ReadonlyMap<string, string> = new Map([
  ['ContainerStatusUnknown', 'made up by the kubelet: it lost sight of the container'],
  ['RestartingAllContainers', 'made up by the kubelet: all containers of the pod are restarted in place'],
  ['Unknown', 'made up by containerd: it lost the task, as after a restart of the node'],
]);

function windowsMeaning(code: number): ExitCodeMeaning {
  const status = code < 0 ? code + 0x1_0000_0000 : code;
  return { text: ntStatus.get(status) ?? `the NTSTATUS code 0x${status.toString(16).toUpperCase().padStart(8, '0')}` };
}

function linuxMeaning(code: number): ExitCodeMeaning {
  const host = dotnetHostCodes.get(code);
  const ambiguous = host === undefined ? {} : { dotnetHost: host };
  const signal = signals.get(code - 128);
  if (signal !== undefined) return { signal: signal[0], text: signal[1], ...ambiguous };
  if (host !== undefined) return { text: `an exit status of the application, or the .NET host code ${host}`, ...ambiguous };
  const text = plain.get(code);
  if (text !== undefined) return { text };
  return code > 128 && code <= 192
    ? { signal: `signal ${code - 128}`, text: `ended by signal ${code - 128}` }
    : { text: 'an exit status of the application' };
}

/**
 * Explains an exit code. `reason` is the terminated reason, which tells invented codes and starts that never happened;
 * `os` is the node's (`linux` where unknown). Codes outside of 0 to 255 are Windows' NTSTATUS as int32 or uint32.
 */
export function explainExitCode(code: number, known: { readonly os?: string; readonly reason?: string } = {}): ExitCodeMeaning {
  const madeUp = invented.get(known.reason ?? '');
  if (madeUp !== undefined) return { text: madeUp, invented: true };
  if (code === -1) return { text: 'made up by CRI-O: no exit code was found', invented: true };
  if (code < 0 || code > 255) return windowsMeaning(code);
  if (known.reason === 'StartError' || known.reason === 'ContainerCannotRun') {
    return { text: "the container never started: the code is the runtime's, not the application's" };
  }
  if (known.os !== 'windows' || code === 0) return linuxMeaning(code);
  return { text: 'an exit status of the application; Windows knows no signals' };
}
