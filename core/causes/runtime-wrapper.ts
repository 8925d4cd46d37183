/**
 * What the runtimes put in front of the error that matters: the kubelet's `Error: `, gRPC, containerd and its shim,
 * CRI-O, docker, runc old and new.
 */
const wrappers: readonly RegExp[] = [
  /^Error: /,
  /^rpc error: code = \w{1,40} desc = /,
  /^Error response from daemon: /,
  /^failed to (?:create|start|handle) (?:containerd task|containerd container|task for container|shim task|shim|container)(?: "[^"]{1,128}")?: /,
  /^failed to start container "[^"]{1,128}"(?:: )?/,
  /^failed to generate (?:container "[^"]{1,128}" )?spec: /,
  /^failed to apply OCI options: /,
  /^container create failed: /,
  /^create container failed: /,
  /^(?:OCI|oci) runtime (?:create|start|exec) failed: /,
  /^oci runtime error: /,
  /^runc (?:create|start|run|exec) failed: /,
  /^unable to (?:start|retrieve) container process: /,
  /^error during container init: /,
  /^\w{1,40}_linux\.go:\d{1,5}: /,
  /^(?:starting container process|container init|running exec setns process for init) caused:? \\{0,7}"?/,
  /^time="[^"]{1,64}" level=\w{1,10} msg="/,
  /^error executing hook: /,
];

/** The innermost part of a container runtime's error: the wrapper chain removed from the left, layer by layer. */
export function unwrapRuntimeError(message: string): string {
  let rest = message.trim();
  for (let layer = 0; layer < 24; layer += 1) {
    const inner = wrappers.reduce((text, wrapper) => text.replace(wrapper, ''), rest);
    if (inner === rest) break;
    rest = inner;
  }
  return rest;
}
