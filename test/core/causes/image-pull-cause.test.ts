import { describe, expect, test } from 'vitest';
import { imagePullCause } from '../../../core/causes/image-pull-cause.ts';

const image = 'registry.example.com/team/api:1.4.2';
const pulled = `failed to pull and unpack image "${image}"`;
const resolved = `${pulled}: failed to resolve reference "${image}"`;

const cases: Record<string, readonly string[]> = {
  'rate-limited': [
    `${pulled}: failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.hub.example/v2/team/api/manifests/sha256:8d0bff43db3ce5c5: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.`,
    `rpc error: code = Unknown desc = ${resolved}: unexpected status from GET request to https://registry-1.hub.example/v2/team/api/manifests/1.4.2: 429 Too Many Requests`,
    'rpc error: code = Unknown desc = Error reading manifest v3 in hub.example/team/api: toomanyrequests: You have reached your pull rate limit.',
    'reading manifest 1.4.2 in registry.example.com/team/api: too many requests to registry',
    'pull QPS exceeded',
  ],
  'tls-certificate': [
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/team/api/manifests/1.4.2": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": x509: certificate has expired or is not yet valid`,
    `${resolved}: failed to do request: Head "https://10.0.0.5:5000/v2/": http: server gave HTTP response to HTTPS client`,
    'Error response from daemon: Get "https://registry.example.com/v2/": tls: first record does not look like a TLS handshake',
  ],
  'node-disk-full': [
    `${pulled}: failed to extract layer sha256:8d0bff43db: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/x: no space left on device: unknown`,
    'failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x: no space left on device',
    `${pulled}: failed to extract layer: write /x: disk quota exceeded`,
  ],
  'platform-mismatch': [
    `rpc error: code = NotFound desc = ${pulled}: no match for platform in manifest: not found`,
    'choosing an image from manifest list docker://registry.example.com/team/api:1.4.2: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"',
    'no image found in image index for architecture "s390x", variant "", OS "linux"',
    'Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries',
  ],
  dns: [
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/team/api/manifests/1.4.2": dial tcp: lookup registry.example.com on 10.96.0.10:53: no such host`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.96.0.10:53: server misbehaving`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.96.0.10:53: read udp 10.0.0.2:4431->10.96.0.10:53: i/o timeout`,
    `pinging container registry registry.example.com: Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: Temporary failure in name resolution`,
  ],
  'registry-unreachable': [
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": dial tcp 10.0.0.5:443: connect: connection refused`,
    `RegistryUnavailable: pinging container registry registry.example.com: Get "https://registry.example.com/v2/": dial tcp 10.0.0.5:443: connect: connection refused`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": dial tcp 10.0.0.5:443: i/o timeout`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": net/http: TLS handshake timeout`,
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": EOF`,
    'Error response from daemon: Get "https://registry.example.com/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    `${resolved}: failed to do request: Head "https://registry.example.com/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: no route to host`,
  ],
  'signature-policy': [
    'SignatureValidationFailed: Source image rejected: A signature was required, but no signature exists',
    'Source image rejected: Running image docker://registry.example.com/team/api:1.4.2 is rejected by policy.',
  ],
  'auth-expired': [
    `${resolved}: pull access denied, repository does not exist or may require authorization: authorization failed: Your authorization token has expired. Reauthenticate and try again.`,
    'unexpected status from HEAD request to https://1.dkr.ecr.eu-west-1.amazonaws.com/v2/x: 403 Forbidden: ExpiredToken',
  ],
  'auth-or-missing-repo': [
    `${resolved}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
    "Error response from daemon: pull access denied for team/api, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  ],
  'auth-denied': [
    `${resolved}: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://registry.example/token?scope=repository%3Ateam%2Fapi%3Apull&service=registry.example: 401 Unauthorized`,
    `${resolved}: failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden`,
    'reading manifest 1.4.2 in registry.example.com/team/api: unauthorized: authentication required',
    'unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password',
    'Error reading manifest latest in hub.example/team/api: errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required',
    'Requesting bearer token: invalid status code from registry 403 (Forbidden)',
    'Get "https://123.dkr.ecr.eu-west-1.amazonaws.com/v2/api/manifests/1": no basic auth credentials',
  ],
  'not-found': [
    `rpc error: code = NotFound desc = ${resolved}: ${image}: not found`,
    'rpc error: code = NotFound desc = failed to pull and unpack image "127.0.0.1:5000/platform/api:2026-04-23": failed to resolve image: 127.0.0.1:5000/platform/api:2026-04-23: not found',
    'reading manifest 1.4.2 in registry.example.com/team/api: manifest unknown: manifest unknown',
    'Error response from daemon: manifest for registry.example.com/team/api:1.4.2 not found: manifest unknown: manifest unknown',
    "name unknown: The repository with name 'team/api' does not exist in the registry with id '1'",
    '{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]}',
    'unknown: artifact team/api:1.4.2 not found',
    'rpc error: code = Unknown desc = Error: image team/api:1.4.2 not found',
    'unexpected status from HEAD request to https://registry.example/v2/team/api/manifests/1.4.2: 404 Not Found',
  ],
  'registry-5xx': [
    `${resolved}: unexpected status from HEAD request to https://registry.example.com/v2/team/api/manifests/1.4.2: 503 Service Unavailable`,
    'received unexpected HTTP status: 502 Bad Gateway',
    'Error response from daemon: received unexpected HTTP status: 500 Internal Server Error',
    'failed to authorize: failed to fetch oauth token: unexpected status: 504 Gateway Timeout',
  ],
  'content-corrupt': [
    `${pulled}: failed commit on ref "layer-sha256:8d0bff43db": unexpected commit digest sha256:11, expected sha256:8d: failed precondition`,
    `${pulled}: failed commit on ref "layer-sha256:8d0bff43db": "layer-sha256:8d0bff43db" failed size validation: 3 != 4: failed precondition`,
    `${pulled}: failed to copy: short read: expected 4 bytes but got 3: unexpected EOF`,
  ],
  'unsupported-manifest': [
    `${pulled}: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1`,
  ],
  'unpack-failed': [
    `${pulled}: failed to extract layer sha256:8d0bff43db: failed to mount: invalid argument`,
    `${pulled}: failed to prepare extraction snapshot "extract-1 sha256:8d0bff43db": missing parent`,
  ],
  'pull-stalled': [
    `${pulled}: context canceled`,
    'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    `${pulled}: failed to copy: httpReadSeeker: failed open: unexpected EOF`,
    'failed to authorize: failed to fetch oauth token: Post "https://auth.hub.example/token": context deadline exceeded',
  ],
  'invalid-name': [
    'Failed to apply default image tag "Team/API": couldn\'t parse image name "Team/API": invalid reference format: repository name (Team/API) must be lowercase',
    'couldn\'t parse image reference "https://x/y": invalid reference format',
    'short name mode is enforcing, but image name api returns ambiguous list',
    'short-name "api" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
  ],
  'never-pull': ['Container image "registry.example.com/team/api:1.4.2" is not present with pull policy of Never'],
};

describe.each(Object.entries(cases))('%s', (cause, messages) => {
  test.each(messages)('%s', (message) => {
    expect(imagePullCause(message)?.cause).toBe(cause);
  });

  test.each(messages)('wrapped by the kubelet: %s', (message) => {
    expect(imagePullCause(`Back-off pulling image "${image}": ErrImagePull: ${message}`, image)?.cause).toBe(cause);
    expect(imagePullCause(`Failed to pull image "${image}": ${message}`)?.cause).toBe(cause);
  });
});

describe('names are no error texts', () => {
  const notFound = (ref: string): string =>
    `Back-off pulling image "${ref}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${ref}": failed to resolve reference "${ref}": ${ref}: not found`;

  test.each([
    'hub.example/library/denied:latest',
    'denied:latest',
    'registry.example.com/unauthorized/toomanyrequests:1',
    'registry.example.com/team/api:502',
    'api:502',
    'x509.io/team/api:1',
    'registry.example.com/no-such-host/connection-refused:1',
    'registry.example.com/manifest-unknown/api@sha256:8d0bff43db3ce5c528cb6f957520511d263d7cceee012696e4afdc9087919bb9',
    'localhost:5000/insufficient_scope:1',
  ])('%s', (ref) => {
    expect(imagePullCause(notFound(ref), ref)).toEqual({ cause: 'not-found', matched: ': not found' });
    expect(imagePullCause(notFound(ref))?.cause).toBe('not-found');
    expect(imagePullCause(`Back-off pulling image "${ref}"`, ref)).toBeUndefined();
    expect(imagePullCause(`Pulling image "${ref}"`)).toBeUndefined();
  });

  test('a tag, a repository and a host in the words of CRI-O and docker', () => {
    expect(imagePullCause('reading manifest 502 in hub.example/library/denied: manifest unknown')?.cause).toBe('not-found');
    expect(imagePullCause('Error response from daemon: manifest for denied:502 not found')?.cause).toBe('not-found');
    expect(imagePullCause('failed to do request: Head "https://x509/v2/": dial tcp: lookup x509: no such host')?.cause).toBe('dns');
  });

  test('a URL that tells of an error', () => {
    const url = 'https://registry.example.com/v2/429%20Too%20Many%20Requests/toomanyrequests/manifests/1';
    expect(imagePullCause(`failed to resolve: unexpected status from HEAD request to ${url}: 401 Unauthorized`)?.cause).toBe('auth-denied');
  });
});

describe('no cause where the text has none', () => {
  test.each([
    'ErrImagePull',
    'Error: ImagePullBackOff',
    'Back-off pulling image "api:1"',
    '',
    'Successfully pulled image "api:1" in 500ms',
  ])('%s', (message) => {
    expect(imagePullCause(message)).toBeUndefined();
  });
});
