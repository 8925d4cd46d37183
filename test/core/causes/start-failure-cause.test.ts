import { describe, expect, test } from 'vitest';
import { startFailureCause } from '../../../core/causes/start-failure-cause.ts';

const containerd =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';
const older =
  'rpc error: code = Unknown desc = failed to start container "8f3a": Error response from daemon: OCI runtime create failed: container_linux.go:345: starting container process caused ';

const cases: Record<string, readonly string[]> = {
  'command-not-found': [
    `${containerd}exec: "/app/bin/start-server": stat /app/bin/start-server: no such file or directory: unknown`,
    `${containerd}error during container init: exec: "serve": executable file not found in $PATH: unknown`,
    `${older}"exec: \\"serve\\": executable file not found in $PATH": unknown`,
    `${older}"exec: \\"/entry.sh\\": stat /entry.sh: no such file or directory": unknown`,
    'container create failed: executable file `serve` not found in $PATH: No such file or directory',
    'container create failed: time="2024-05-01T10:00:00Z" level=error msg="runc create failed: unable to start container process: exec: \\"serve\\": executable file not found in $PATH"',
    'failed to create containerd task: failed to create shim task: hcs::System::CreateProcess serve: The system cannot find the file specified.: unknown',
  ],
  'command-not-executable': [
    `${containerd}exec: "/app/run": permission denied: unknown`,
    `${older}"exec: \\"/app/run\\": permission denied": unknown`,
    'container create failed: open executable: Permission denied',
    `${containerd}exec: "/app": is a directory: unknown`,
  ],
  'exec-format': [
    'exec /usr/local/bin/docker-entrypoint.sh: exec format error',
    'standard_init_linux.go:228: exec user process caused: exec format error',
    'container create failed: exec container process `/app/run`: Exec format error',
  ],
  'missing-interpreter': [
    'exec /app/run.sh: no such file or directory',
    'standard_init_linux.go:190: exec user process caused "no such file or directory"',
    'container create failed: exec container process (missing dynamic library?) `/app/run`: No such file or directory',
  ],
  'no-command': [
    'failed to generate container "8f3a" spec: failed to generate spec: no command specified',
    'Error response from daemon: No command specified',
    'rpc error: code = Unknown desc = failed to generate spec: no command specified',
  ],
  'oom-at-start': [
    `${containerd}container init was OOM-killed (memory limit too low?): unknown`,
    'container create failed: OOM: the memory limit could be too low',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?)',
  ],
  'bad-mount': [
    'failed to generate container "8f3a" spec: failed to generate spec: failed to mkdir "/data/x": mkdir /data/x: read-only file system',
    'failed to generate container "8f3a" spec: failed to generate spec: failed to stat "/mnt/x": stat /mnt/x: no such file or directory',
    `${containerd}error during container init: error mounting "/var/lib/kubelet/pods/1/volume-subpaths/c/a/0" to rootfs at "/etc/app.conf": mount /x:/etc/app.conf (via /proc/self/fd/6), flags: 0x5001: not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
    `${containerd}error during container init: error mounting "proc" to rootfs at "/proc": operation not permitted: unknown`,
    'container create failed: mount `/a` to `/b`: Not a directory',
    'Error response from daemon: create data: "x:y" includes invalid characters for a local volume name',
  ],
  'unknown-user': [
    'failed to generate container "8f3a" spec: failed to apply OCI options: unable to find user app: no matching entries in passwd file',
    'container create failed: unable to find group app: no matching entries in group file',
    'failed to create containerd container: no users found',
  ],
  'name-reserved': [
    'failed to reserve container name "api_api-1_ns_1_0": name "api_api-1_ns_1_0" is reserved for "8f3a"',
    'rpc error: code = Unknown desc = failed to reserve container name: check if another CreateContainer request is in progress: name "api_1" is reserved for "8f3a"',
    'Kubelet may be retrying requests that are timing out in CRI-O due to system load. Currently at stage container storage creation',
  ],
  'cgroup-or-device': [
    `${containerd}unable to apply cgroup configuration: failed to write 100000: device or resource busy: unknown`,
    'failed to generate container "8f3a" spec: failed to inject CDI devices: unresolvable CDI devices nvidia.com/gpu=0',
    `${containerd}error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: nvidia-container-cli: mount error: failed to add device rules: operation not permitted: unknown`,
  ],
  'security-profile': [
    `${containerd}error during container init: apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown`,
    'failed to generate container "8f3a" spec: failed to generate seccomp spec opts: cannot load seccomp profile "/var/lib/kubelet/seccomp/x.json"',
    `${containerd}error during container init: error setting rlimit type 8: operation not permitted: unknown`,
  ],
};

describe.each(Object.entries(cases))('%s', (cause, messages) => {
  test.each(messages)('%s', (message) => {
    expect(startFailureCause(message)?.cause).toBe(cause);
    expect(startFailureCause(`Error: ${message}`)?.cause).toBe(cause);
  });
});

test('the wrapper chain is taken off', () => {
  expect(startFailureCause(`Error: ${containerd}exec: "serve": executable file not found in $PATH: unknown`)).toEqual({
    cause: 'command-not-found',
    matched: 'executable file not found',
    detail: 'exec: "serve": executable file not found in $PATH: unknown',
  });
});

describe('texts of other steps', () => {
  test.each([
    'secret "api-db" not found',
    'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    'back-off 40s restarting failed container=command-not-found pod=exec-format_ns(1)',
    `${containerd}chdir to cwd ("/app") set in config.json failed: not a directory: unknown`,
    '',
  ])('%s', (message) => {
    expect(startFailureCause(message)).toBeUndefined();
  });
});
