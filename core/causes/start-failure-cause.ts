import { firstMatch } from './first-match.ts';
import type { CausePattern, MatchedCause } from './first-match.ts';
import { plainMessage } from './plain-message.ts';
import { unwrapRuntimeError } from './runtime-wrapper.ts';

export type StartFailureCause =
  | 'oom-at-start'
  | 'exec-format'
  | 'missing-interpreter'
  | 'command-not-found'
  | 'command-not-executable'
  | 'no-command'
  | 'unknown-user'
  | 'name-reserved'
  | 'cgroup-or-device'
  | 'bad-mount'
  | 'security-profile';

/**
 * Devices stand before mounts and mounts before security profiles: an NVIDIA hook and a refused mount both end with
 * `operation not permitted`, and the first word of the sentence is the one that helps.
 */
export const startFailurePatterns: readonly CausePattern<StartFailureCause>[] = [
  { cause: 'oom-at-start', pattern: /container init was OOM-killed|memory limit too low\?|OOM: the memory limit could be too low/ },
  { cause: 'exec-format', pattern: /[Ee]xec format error|cannot execute binary file/ },
  {
    cause: 'missing-interpreter',
    pattern:
      /exec container process \(missing dynamic library\?\)|^exec [^\s:"]{1,400}: no such file or directory|exec user process caused:? \\{0,7}"?no such file or directory/,
  },
  {
    cause: 'command-not-found',
    pattern:
      /executable file .{0,300}not found|exec: \\{0,7}"[^"]{0,300}": (?:stat [^:]{1,300}: )?(?:no such file or directory|file does not exist)|The system cannot find the (?:file|path) specified/,
  },
  {
    cause: 'command-not-executable',
    pattern:
      /exec: \\{0,7}"[^"]{0,300}": (?:permission denied|is a directory)|open executable: (?:Permission denied|Operation not permitted)|exec container process `[^`]{1,300}`: Permission denied|^exec [^\s:"]{1,400}: permission denied|exec user process caused:? \\{0,7}"?permission denied/,
  },
  { cause: 'no-command', pattern: /[Nn]o command specified|no command or entrypoint provided/ },
  {
    cause: 'unknown-user',
    pattern: /unable to find (?:user|group) |no (?:users|groups) found|no matching entries in (?:passwd|group) file/,
  },
  {
    cause: 'name-reserved',
    pattern:
      /failed to reserve (?:container|sandbox) name|name "?[^"]{1,300}"? is reserved for|Kubelet may be retrying requests that are timing out in CRI-O|The container name "[^"]{1,300}" is already in use/,
  },
  {
    cause: 'cgroup-or-device',
    pattern:
      /failed to inject CDI devices|unresolvable CDI devices|nvidia-container-cli|nvidia-container-runtime|initialize NVML|not a device node/,
  },
  {
    cause: 'bad-mount',
    pattern:
      /failed to (?:mkdir|stat) "|error mounting |Are you trying to mount a directory onto a (?:file|directory)|[Rr]ead-only file system|bind source path does not exist|includes invalid characters for a local volume name|is not a shared (?:or slave )?mount|failed to mount "|invalid (?:volume|mount) (?:specification|config)|^mount `/,
  },
  {
    cause: 'cgroup-or-device',
    pattern:
      /apply(?:ing)? cgroup configuration|error setting cgroup config|setting cgroup config|error adding pid \d{1,10} to cgroups|cgroup .{0,200}(?:not mounted|does not exist|no such file or directory)|error gathering device information|error injecting .{0,80}device/,
  },
  { cause: 'security-profile', pattern: /[Aa]pp[Aa]rmor|seccomp|[Ss][Ee][Ll]inux|[Oo]peration not permitted/ },
];

/**
 * Why the runtime could not create or start a container: containerd `StartError` and `RunContainerError`, CRI-O
 * `CreateContainerError`, docker `ContainerCannotRun`. `detail` is the error without its wrapper chain.
 */
export function startFailureCause(message: string): (MatchedCause<StartFailureCause> & { readonly detail: string }) | undefined {
  const detail = unwrapRuntimeError(plainMessage(message));
  const found = firstMatch(startFailurePatterns, detail);
  return found === undefined ? undefined : { ...found, detail };
}
