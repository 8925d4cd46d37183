import { firstMatch } from './first-match.ts';
import type { CausePattern, MatchedCause } from './first-match.ts';
import { plainMessage } from './plain-message.ts';
import { stripImageNames } from './strip-image-names.ts';

export type ImagePullCause =
  | 'invalid-name'
  | 'never-pull'
  | 'rate-limited'
  | 'tls-certificate'
  | 'node-disk-full'
  | 'platform-mismatch'
  | 'dns'
  | 'registry-unreachable'
  | 'signature-policy'
  | 'auth-expired'
  | 'auth-or-missing-repo'
  | 'auth-denied'
  | 'not-found'
  | 'registry-5xx'
  | 'content-corrupt'
  | 'unsupported-manifest'
  | 'unpack-failed'
  | 'pull-stalled';

/**
 * The order decides: `no match for platform` ends with `: not found`, some registries answer 429 with `denied`, and TLS
 * and DNS errors come wrapped in `failed to do request`.
 */
export const imagePullPatterns: readonly CausePattern<ImagePullCause>[] = [
  {
    cause: 'invalid-name',
    pattern:
      /couldn't parse image (?:name|reference)|invalid reference format|InvalidImageName|short name mode is enforcing|did not resolve to an alias/,
  },
  { cause: 'never-pull', pattern: /not present with pull policy of Never|ErrImageNeverPull/ },
  { cause: 'rate-limited', pattern: /toomanyrequests|429 Too Many Requests|too many requests|pull QPS exceeded/i },
  {
    cause: 'tls-certificate',
    pattern:
      /x509: |tls: failed to verify|server gave HTTP response to HTTPS client|first record does not look like a TLS handshake|certificate signed by unknown authority/,
  },
  { cause: 'node-disk-full', pattern: /no space left on device|disk quota exceeded/ },
  {
    cause: 'platform-mismatch',
    pattern:
      /no match for platform in manifest|no image found in (?:image index|manifest list) for architecture|no matching manifest for|no child with platform/,
  },
  {
    cause: 'dns',
    pattern:
      /no such host|server misbehaving|\blookup\b.{0,200}i\/o timeout|[Tt]emporary failure in name resolution|Name or service not known/,
  },
  {
    cause: 'registry-unreachable',
    pattern:
      /connection refused|i\/o timeout|TLS handshake timeout|no route to host|network is unreachable|proxyconnect|connection reset by peer|connection timed out|Client\.Timeout exceeded|RegistryUnavailable|: EOF\b/,
  },
  { cause: 'signature-policy', pattern: /SignatureValidationFailed|Source image rejected/ },
  { cause: 'auth-expired', pattern: /authorization token has expired|Reauthenticate|ExpiredToken/ },
  { cause: 'auth-or-missing-repo', pattern: /repository does not exist or may require|insufficient_scope|\(or it may not exist\)/ },
  {
    cause: 'auth-denied',
    pattern:
      /401 Unauthorized|403 Forbidden|(?:status(?: code)?|registry):? (?:401|403)\b|authentication required|requested access to the resource is denied|no basic auth credentials|invalid username\/password|\b(?:unauthorized|denied|UNAUTHORIZED|DENIED)\b: |"(?:UNAUTHORIZED|DENIED)"|pull access denied|not authorized to perform: ecr:/,
  },
  {
    cause: 'not-found',
    pattern:
      /manifest unknown|MANIFEST_UNKNOWN|NAME_UNKNOWN|name unknown|repository name not known to registry|404 Not Found|manifest for "" not found|\b(?:artifact|repository|image) not found|: not found["'.)]{0,3}$/,
  },
  {
    cause: 'registry-5xx',
    pattern: /\b50[0234] (?:Internal|Bad|Service|Gateway)|(?:status(?: code)?|registry):? 50[0234]\b|Service Unavailable|Bad Gateway/,
  },
  {
    cause: 'content-corrupt',
    pattern:
      /unexpected commit digest|failed size validation|failed commit on ref|short read: expected|filesystem layer verification failed/,
  },
  {
    cause: 'unsupported-manifest',
    pattern: /is no longer supported since containerd|[Ss]chema 1 .{0,80}(?:deprecated|not supported|no longer)/,
  },
  { cause: 'unpack-failed', pattern: /failed to extract layer|failed to prepare extraction snapshot|failed to register layer/ },
  { cause: 'pull-stalled', pattern: /context canceled|context deadline exceeded|unexpected EOF/ },
  // The wrapper around every failed token request: the status or the network error inside it says more.
  { cause: 'auth-denied', pattern: /failed to fetch (?:oauth|anonymous) token|failed to authorize/ },
];

/**
 * Why an image could not be pulled, from `waiting.message` or the `Failed` event. `undefined` where the text carries no
 * cause, as `Back-off pulling image "X"` of older kubelets.
 */
export function imagePullCause(message: string, imageRef?: string): MatchedCause<ImagePullCause> | undefined {
  return firstMatch(imagePullPatterns, stripImageNames(plainMessage(message), imageRef));
}
