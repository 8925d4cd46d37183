import { firstMatch } from './first-match.ts';
import type { CausePattern } from './first-match.ts';
import { plainMessage } from './plain-message.ts';

export type CreateRejectedCause =
  | 'service-account-missing'
  | 'quota-exceeded'
  | 'admission-denied'
  | 'webhook-unavailable'
  | 'namespace-terminating'
  | 'invalid-spec';

export interface CreateRejectedFinding {
  readonly cause: CreateRejectedCause;
  readonly matched: string;
  /** The quota, webhook, policy or ServiceAccount that the text names. */
  readonly by?: string;
}

/** Any admission plugin answers `is forbidden`, so that row stands after the ones that say why. */
export const createRejectedPatterns: readonly CausePattern<CreateRejectedCause>[] = [
  { cause: 'service-account-missing', pattern: /service ?accounts? "[^"]{1,253}" not found|error looking up service account \S{1,512}/i },
  { cause: 'namespace-terminating', pattern: /because it is being terminated|namespace \S{1,253} is being terminated/ },
  {
    cause: 'quota-exceeded',
    pattern: /exceeded quota: [^\s,]{1,253}|failed quota: [^\s,:]{1,253}|insufficient quota to match these scopes/,
  },
  {
    cause: 'webhook-unavailable',
    pattern: /failed calling webhook "[^"]{1,253}"|failed to call webhook|no endpoints available for service "[^"]{1,253}"/,
  },
  {
    cause: 'admission-denied',
    pattern:
      /violates PodSecurity "[^"]{1,100}"|admission webhook "[^"]{1,253}" denied the request|ValidatingAdmissionPolicy '[^']{1,253}'|unable to validate against any (?:security context constraint|pod security policy)|no PriorityClass with name \S{1,253} was found|RuntimeClass "[^"]{1,253}" not found|(?:maximum|minimum) \S{1,100} usage per \w{1,40} is/,
  },
  { cause: 'invalid-spec', pattern: /\bis invalid: .{1,400}|strict decoding error|cannot unmarshal|Unsupported value: / },
  { cause: 'admission-denied', pattern: /\bis forbidden: .{1,400}|denied the request/ },
];

const named =
  /exceeded quota: ([^\s,]{1,253})|failed quota: ([^\s,:]{1,253})|webhook "([^"]{1,253})"|service ?accounts? "([^"]{1,253})" not found|PodSecurity "([^"]{1,100})"|ValidatingAdmissionPolicy '([^']{1,253})'|PriorityClass with name (\S{1,253}) was|RuntimeClass "([^"]{1,253})"/i;

/** Why the API server refused to create a pod: the `FailedCreate` event of its owner, or `ReplicaFailure`. */
export function createRejectedCause(message: string): CreateRejectedFinding | undefined {
  const text = plainMessage(message);
  const found = firstMatch(createRejectedPatterns, text);
  if (found === undefined) return undefined;
  const by = named
    .exec(text)
    ?.slice(1)
    .find((name) => name !== undefined);
  return { ...found, ...(by !== undefined && { by }) };
}
