import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatManifests } from '../../cli/output/format-manifests.ts';
import { parseManifestOptions, type ManifestFlags } from '../../cli/input/parse-manifest-options.ts';
import { buildManifests, type Manifest } from '../../collector/install/build-manifests.ts';
import { chooseAccess } from '../../collector/install/choose-access.ts';
import { combinations, defaultFlags as defaults, server } from './manifest-combinations.ts';
import {
  containersOf,
  danglingReferences,
  forbiddenRights,
  literalSecrets,
  missingFields,
  podsOf,
  rulesOf,
  unknownArguments,
  unknownFields,
  unrestricted,
  type ManifestCheck,
} from './manifest-checks.ts';

const folder = join(import.meta.dirname, '../../deploy');
const made = combinations.map((flags) => ({
  flags,
  options: parseManifestOptions(flags),
  manifests: buildManifests(parseManifestOptions(flags)),
}));

describe('every combination of options', () => {
  test.each([
    ['fields that must be there', missingFields],
    ["fields that the client's models know", unknownFields],
    ['references between objects', danglingReferences],
    ['the restricted Pod Security profile', unrestricted],
    ['no right beyond reading what is watched', forbiddenRights],
    ['no credential written out', literalSecrets],
    ['arguments that mortem collect knows', unknownArguments],
  ])('%s', (_, check) => {
    expect(made).toHaveLength(480);
    expect(made.flatMap(({ manifests }) => check(manifests))).toEqual([]);
  });

  test('the rights are those of the table for what was chosen, in each place, and no others', () => {
    for (const { options, manifests } of made) {
      const wanted = chooseAccess(options).map(({ apiGroup, resource, verb }) => `${verb} ${resource}.${apiGroup}`);
      const granted = rulesOf(manifests).flatMap(({ apiGroups = [], resources = [], verbs }) =>
        apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${group}`))),
      );
      const places = Math.max(1, options.watchNamespaces.length);
      expect(granted.toSorted()).toEqual(
        Array.from({ length: places }, () => wanted)
          .flat()
          .toSorted(),
      );
      expect(wanted.some((right) => right.includes('pods/log'))).toBe(options.logs);
      expect(wanted.some((right) => right.includes('metrics.k8s.io'))).toBe(options.usage);
      expect(wanted.some((right) => right.includes('nodes'))).toBe(options.nodes && options.watchNamespaces.length === 0);
    }
  });

  test('the YAML reads back as the same objects, without anchors', () => {
    // Most combinations share most of their documents.
    const read = new Map<string, unknown>();
    const readBack = (text: string): unknown => {
      if (!read.has(text)) read.set(text, parse(text));
      return read.get(text);
    };
    // What is left out of a combination changes no document but by fewer lines.
    for (const { options, manifests } of made.filter(({ flags }) => flags.podMonitor && flags.usage)) {
      const text = formatManifests(options, 'yaml');
      expect(text.startsWith('---\n')).toBe(true);
      expect(text.slice(4).split('\n---\n').map(readBack)).toEqual(JSON.parse(JSON.stringify(manifests)));
      expect(text).not.toMatch(/[:-] [&*]/);
    }
  });

  test('JSON is one List that kubectl takes', () => {
    const options = parseManifestOptions(defaults);
    expect(JSON.parse(formatManifests(options, 'json'))).toEqual({
      apiVersion: 'v1',
      kind: 'List',
      items: JSON.parse(JSON.stringify(buildManifests(options))),
    });
  });
});

describe('the checks themselves find what is spoiled', () => {
  /** The manifests of node mode as text, one word of them changed. */
  const spoiled = (from: string | RegExp, to: string): readonly Manifest[] => {
    const text = JSON.stringify(buildManifests(parseManifestOptions({ ...defaults, nodeMode: true, podMonitor: true })));
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return JSON.parse(changed) as readonly Manifest[];
  };

  test.each<[string, ManifestCheck, string | RegExp, string]>([
    ['a namespace is missing', missingFields, '"name":"mortem-collector","namespace":"mortem"', '"name":"mortem-collector"'],
    ['a field has another name', unknownFields, '"readinessProbe"', '"readyProbe"'],
    ['a list is none', unknownFields, '"verbs":["get"]', '"verbs":"get"'],
    ['a version is no label', missingFields, /"app.kubernetes.io\/version":"[^"]+"/, '"app.kubernetes.io/version":"1+2"'],
    ['an account is renamed', danglingReferences, '"serviceAccountName":"mortem-collector"', '"serviceAccountName":"other"'],
    ['a role is renamed', danglingReferences, '"kind":"ClusterRole","name":"mortem-collector"', '"kind":"ClusterRole","name":"other"'],
    [
      'two workloads select the same pods',
      danglingReferences,
      /"app.kubernetes.io\/component":"node-collector"\}\}/,
      '"app.kubernetes.io/name":"mortem"}}',
    ],
    ['a volume is not mounted', danglingReferences, '"name":"spool","mountPath"', '"name":"other","mountPath"'],
    ['a variable is not set', danglingReferences, '$(NODE_NAME)', '$(NODE)'],
    ['a probe has no port', danglingReferences, '"path":"/readyz","port":"metrics"', '"path":"/readyz","port":"http"'],
    ['a monitor selects nothing', danglingReferences, /("podMetricsEndpoints)/, '"selector":{"matchLabels":{"app":"x"}},$1'],
    ['root', unrestricted, '"runAsUser":65532', '"runAsUser":0'],
    ['no seccomp', unrestricted, '"RuntimeDefault"', '"Unconfined"'],
    ['a path of the host', unrestricted, '"emptyDir":{"sizeLimit":"2Gi"}', '"hostPath":{"path":"/"}'],
    ['a capability', unrestricted, '"drop":["ALL"]', '"drop":["ALL"],"add":["NET_RAW"]'],
    ['secrets', forbiddenRights, '"resources":["pods"]', '"resources":["pods","secrets"]'],
    ['exec', forbiddenRights, '"pods/log"', '"pods/exec"'],
    ['writing', forbiddenRights, '"verbs":["get"]', '"verbs":["create"]'],
    ['a literal key', literalSecrets, /"name":"MORTEM_KEY_FILE","value":"[^"]*"/, '"name":"MORTEM_KEY","value":"mk_x"'],
    ['a key that is in no volume', danglingReferences, '"items":[{"key":"key","path":"key"}]', '"items":[{"key":"key","path":"other"}]'],
    ['an argument that nobody knows', unknownArguments, '--unscheduled', '--everything'],
  ])('%s', (_, check, from, to) => {
    expect(check(spoiled(from, to))).not.toEqual([]);
  });
});

describe('what an option does', () => {
  const manifestsOf = (flags: Partial<ManifestFlags>) => buildManifests(parseManifestOptions({ ...defaults, ...flags }));
  const argumentsOf = (flags: Partial<ManifestFlags>) => containersOf(manifestsOf(flags)).map(({ args }) => args?.slice(1));
  const kinds = (flags: Partial<ManifestFlags>) => manifestsOf(flags).map(({ kind, metadata }) => `${kind} ${metadata?.namespace ?? '-'}`);

  test('namespaces: a Role in each, no ClusterRole', () => {
    expect(kinds({ watchNamespaces: ['shop', 'payments', 'shop'] })).toEqual([
      'Namespace -',
      'ServiceAccount mortem',
      'Role shop',
      'RoleBinding shop',
      'Role payments',
      'RoleBinding payments',
      'Deployment mortem',
    ]);
    expect(argumentsOf({ watchNamespaces: ['shop'], logs: false, nodes: false, cluster: 'prod', server })).toEqual([
      [
        '--server=https://mortem.example:8443',
        '--listen=:9464',
        '--spool=/var/spool/mortem',
        '--cluster=prod',
        '--namespace=shop',
        '--no-logs',
        '--no-nodes',
      ],
    ]);
  });

  test('node mode: a DaemonSet that runs everywhere, and one replica for the rest', () => {
    expect(kinds({ nodeMode: true, podMonitor: true }).slice(4)).toEqual(['Deployment mortem', 'DaemonSet mortem', 'PodMonitor mortem']);
    expect(argumentsOf({ nodeMode: true }).map((args) => args?.at(-1))).toEqual(['--unscheduled', '--node=$(NODE_NAME)']);
    const [, daemon] = podsOf(manifestsOf({ nodeMode: true }));
    expect(daemon?.template.spec?.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(daemon?.template.spec?.containers[0]?.env).toContainEqual({
      name: 'NODE_NAME',
      valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
    });
  });

  test('one replica is replaced and never doubled', () => {
    expect(manifestsOf({}).at(-1)).toMatchObject({ kind: 'Deployment', spec: { replicas: 1, strategy: { type: 'Recreate' } } });
  });

  test('the network policy lets out names, the API server and the server', () => {
    expect(manifestsOf({ networkPolicy: true, server }).at(-1)).toMatchObject({
      kind: 'NetworkPolicy',
      spec: {
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ ports: [{ port: 9464, protocol: 'TCP' }] }],
        egress: [
          {
            ports: [
              { port: 53, protocol: 'UDP' },
              { port: 53, protocol: 'TCP' },
            ],
          },
          { ports: [443, 6443, 8443].map((port) => ({ port, protocol: 'TCP' })) },
        ],
      },
    });
  });

  test('the token has an end, and the audience that is asked for', () => {
    const tokenOf = (flags: Partial<ManifestFlags>) =>
      podsOf(manifestsOf(flags)).map(({ template }) => template.spec?.volumes?.[1]?.projected?.sources?.[0]?.serviceAccountToken);
    expect(tokenOf({})).toEqual([{ path: 'token', expirationSeconds: 3600 }]);
    expect(tokenOf({ tokenAudience: 'api' })).toEqual([{ path: 'token', expirationSeconds: 3600, audience: 'api' }]);
  });

  test('the credential is a file: a key of the Secret, or a token for the server, which needs no Secret', () => {
    const credentialOf = (flags: Partial<ManifestFlags>) => {
      const [container] = containersOf(manifestsOf(flags));
      const [{ template } = {}] = podsOf(manifestsOf(flags));
      return {
        file: container?.env?.find(({ name }) => name === 'MORTEM_KEY_FILE')?.value,
        volume: template?.spec?.volumes?.find(({ name }) => name === 'credential'),
        secrets: JSON.stringify(manifestsOf(flags)).match(/"secret(?:Name|KeyRef)"/g)?.length ?? 0,
      };
    };
    expect(credentialOf({ secret: 'prod' })).toEqual({
      file: '/var/run/secrets/mortem/key',
      volume: { name: 'credential', secret: { secretName: 'prod', defaultMode: 0o440, items: [{ key: 'key', path: 'key' }] } },
      secrets: 2,
    });
    const serviceAccountToken = { path: 'token', audience: 'mortem', expirationSeconds: 3600 };
    expect(credentialOf({ server, serverAudience: 'mortem' })).toEqual({
      file: '/var/run/secrets/mortem/token',
      volume: { name: 'credential', projected: { defaultMode: 0o440, sources: [{ serviceAccountToken }] } },
      secrets: 0,
    });
  });

  test.each<[string, Partial<ManifestFlags>, string]>([
    ['a token in place of a key, for a server that is not named', { serverAudience: 'mortem' }, 'Add --server URL'],
    ['a policy that cannot know the server', { networkPolicy: true }, 'Add --server URL'],
    ['a namespace that is no name', { watchNamespaces: ['Shop'] }, '"Shop" is no name of a namespace'],
    ['a Secret that is no name', { secret: 'a b' }, '"a b" is no name of a Secret'],
    ['a cluster that is no name', { cluster: 'a/b' }, '"a/b" is no name of a cluster'],
    ['a server that is no address', { server: 'mortem' }, '"mortem" is no address of a server'],
    ['a server with a password', { server: 'https://u:p@mortem.example' }, 'The server address carries a credential'],
  ])('%s is a usage error', (_, flags, message) => {
    expect(() => manifestsOf(flags)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) as string }) as Error,
    );
  });
});

describe('what is committed in deploy/', () => {
  test('mortem.yaml is the default output; after a change: npm run deploy:manifests', () => {
    expect(readFileSync(join(folder, 'mortem.yaml'), 'utf8')).toBe(formatManifests(parseManifestOptions(defaults), 'yaml'));
  });

  test('the kustomization names it, and the image in it', () => {
    const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as {
      resources: string[];
      images: { name: string }[];
    };
    const images = containersOf(buildManifests(parseManifestOptions(defaults))).map(({ image }) => image?.split(':')[0]);
    expect(kustomization.resources).toEqual(['mortem.yaml']);
    expect(kustomization.images.map(({ name }) => name)).toEqual([...new Set(images)]);
  });
});
