import { plainMessage } from './plain-message.ts';

/** Why the kubelet stops a container, as its `Killing` event says. Only `probe` proves a kill by a probe. */
export type Killing =
  | {
      readonly why: 'probe';
      readonly probe: 'liveness' | 'startup';
      readonly container: string;
      readonly init: boolean;
      /** False where the restart policy forbids it. */
      readonly willRestart: boolean;
    }
  /** A stop of the whole pod: deletion, eviction, drain, a changed sandbox. */
  | { readonly why: 'pod-stop'; readonly container: string }
  | { readonly why: 'definition-changed'; readonly container: string }
  | { readonly why: 'resize'; readonly container: string }
  | { readonly why: 'post-start-hook' }
  | { readonly why: 'unknown-state' }
  | { readonly why: 'other' };

const byProbe = /^(Init c|C)ontainer (\S{1,253}) failed (liveness|startup) probe(, will be restarted)?$/;
/** Before Kubernetes 1.14, where the container's name stands in an id that is none. */
const byProbeOld =
  /^Killing container with id [a-z-]{1,20}:\/\/([^\s:]{1,253}):(?:Container failed (liveness|startup) probe|pod "[^"]{1,300}" (?:container "[^"]{1,253}" )?is unhealthy)/;
const stopped = /^(?:Stopping container (\S{1,253})|Killing container with id [a-z-]{1,20}:\/\/([^\s:]{1,253}):Need to kill Pod)/;
const changed = /^Container (\S{1,253}) definition changed/;
const changedOld = /^Killing container with id [a-z-]{1,20}:\/\/([^\s:]{1,253}):Container spec hash changed/;
const resized = /^Container (\S{1,253}) resize requires restart/;

function probeKill(text: string): Killing | undefined {
  const [, prefix, container, name, restart] = byProbe.exec(text) ?? [];
  if (container !== undefined) {
    const probe = name === 'startup' ? 'startup' : 'liveness';
    return { why: 'probe', probe, container, init: prefix === 'Init c', willRestart: restart !== undefined };
  }
  const [, oldContainer, oldName] = byProbeOld.exec(text) ?? [];
  if (oldContainer === undefined) return undefined;
  const probe = oldName === 'startup' ? 'startup' : 'liveness';
  return { why: 'probe', probe, container: oldContainer, init: false, willRestart: /re-?created/.test(text) };
}

/** Reads the message of a `Killing` event; a text of an unknown form is `other`, never a probe. */
export function parseKilling(message: string): Killing {
  const text = plainMessage(message).trim();
  const probe = probeKill(text);
  if (probe !== undefined) return probe;
  const stop = stopped.exec(text);
  if (stop !== null) return { why: 'pod-stop', container: stop[1] ?? stop[2] ?? '' };
  const definition = changed.exec(text) ?? changedOld.exec(text);
  if (definition !== null) return { why: 'definition-changed', container: definition[1] ?? '' };
  const resize = resized.exec(text);
  if (resize !== null) return { why: 'resize', container: resize[1] ?? '' };
  if (text.startsWith('FailedPostStartHook')) return { why: 'post-start-hook' };
  return text.startsWith('Container is in "unknown" state') ? { why: 'unknown-state' } : { why: 'other' };
}
