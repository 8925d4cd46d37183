import { firstMatch, type CausePattern } from '../causes/first-match.ts';
import { imagePullCause } from '../causes/image-pull-cause.ts';
import { startFailureCause } from '../causes/start-failure-cause.ts';

/** In order: an address pool that is empty and a plugin that is not there both come as errors of the network plugin. */
const patterns: readonly CausePattern<string>[] = [
  {
    cause: 'network-not-ready',
    pattern:
      /network is not ready|NetworkPluginNotReady|NetworkReady=false|cni plugin not initialized|cni config uninitialized|no networks found in \/|(?:agent|daemon) (?:is )?not (?:yet )?(?:running|ready)/,
  },
  {
    cause: 'ip-pool-exhausted',
    pattern:
      /no (?:more )?(?:free |available )?IP(?:v[46])? ?addresses (?:available|left|in)|failed to allocate for range|failed to assign an IP address|range is full|no IPs? (?:addresses )?available|insufficient free addresses|IPAM .{0,80}exhausted/i,
  },
  {
    cause: 'runtime-class-missing',
    pattern:
      /no runtime for "[^"]{1,253}" is configured|RuntimeClass "[^"]{1,253}" not found|failed to get sandbox runtime|runtime handler .{0,253}not (?:found|supported)/,
  },
  { cause: 'dra', pattern: /[Ff]ailed to prepare dynamic resources|NodePrepareResources|resourceclaim/i },
];

const network =
  /\b(?:cni|CNI|plugin type="[^"]{1,100}"|NetworkPlugin \S{1,100}|failed to (?:set ?up|setup|teardown) (?:network|pod)|network for (?:sandbox|pod))/;
const cgroup = /unable to ensure pod container exists|cgroup/;

/** Why the sandbox of a pod could not be made; the pause image fails here too. `unexplained` where the text is of no known form. */
export function sandboxCause(message: string): string {
  const known = firstMatch(patterns, message)?.cause;
  if (known !== undefined) return known;
  const image = /failed to (?:get|pull) (?:sandbox )?image|failed pulling image/.test(message) ? imagePullCause(message)?.cause : undefined;
  const start = startFailureCause(message)?.cause;
  if (image !== undefined) return image;
  if (network.test(message)) return 'cni-error';
  return start ?? (cgroup.test(message) ? 'cgroup-or-device' : 'unexplained');
}
