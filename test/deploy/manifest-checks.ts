import * as client from '@kubernetes/client-node';
import type { V1Container, V1PodSecurityContext, V1PodTemplateSpec, V1PolicyRule, V1Volume } from '@kubernetes/client-node';
import type { Manifest } from '../../collector/install/build-manifests.ts';
import { createProgram } from '../../cli/program.ts';

/** Each check answers with what is wrong, in words; nothing is good. */
export type ManifestCheck = (manifests: readonly Manifest[]) => readonly string[];

const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata?.namespace ?? ''}/${metadata?.name}`;
const clusterWide = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];

export function podsOf(manifests: readonly Manifest[]): readonly { of: Manifest; template: V1PodTemplateSpec; selector: object }[] {
  return manifests.flatMap((of) =>
    (of.kind === 'Deployment' || of.kind === 'DaemonSet') && 'spec' in of && of.spec !== undefined && 'template' in of.spec
      ? [{ of, template: of.spec.template, selector: of.spec.selector.matchLabels ?? {} }]
      : [],
  );
}

export function containersOf(manifests: readonly Manifest[]): readonly V1Container[] {
  return podsOf(manifests).flatMap(({ template }) => template.spec?.containers ?? []);
}

export function rulesOf(manifests: readonly Manifest[]): readonly V1PolicyRule[] {
  return manifests.flatMap((manifest) => ('rules' in manifest ? (manifest.rules ?? []) : []));
}

export const missingFields: ManifestCheck = (manifests) =>
  manifests.flatMap((manifest) => [
    ...(manifest.apiVersion && manifest.kind && manifest.metadata?.name ? [] : [`${nameOf(manifest)} has no apiVersion, kind or name`]),
    ...(clusterWide.includes(manifest.kind ?? '') === (manifest.metadata?.namespace === undefined)
      ? []
      : [`${nameOf(manifest)}: namespace`]),
    ...(manifests.filter((other) => nameOf(other) === nameOf(manifest)).length === 1 ? [] : [`${nameOf(manifest)} twice`]),
    ...Object.values(manifest.metadata?.labels ?? {}).flatMap((label) =>
      /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(label) ? [] : [`${nameOf(manifest)}: label ${label}`],
    ),
  ]);

const covers = (labels: object | undefined, selector: object): boolean =>
  Object.entries(selector).length > 0 &&
  Object.entries(selector).every(([key, value]) => Object.entries(labels ?? {}).some(([k, v]) => k === key && v === value));

/** Every name that an object mentions is the name of another, or of what Kubernetes or the user brings. */
export const danglingReferences: ManifestCheck = (manifests) => {
  const there = new Set(manifests.map(nameOf));
  const home = manifests.find(({ kind }) => kind === 'Namespace')?.metadata?.name;
  const pods = podsOf(manifests);
  return [
    ...manifests.flatMap((manifest) =>
      'roleRef' in manifest
        ? [
            `${manifest.roleRef.kind}/${manifest.roleRef.kind === 'Role' ? manifest.metadata?.namespace : ''}/${manifest.roleRef.name}`,
            ...(manifest.subjects ?? []).map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
          ].filter((reference) => !there.has(reference))
        : [],
    ),
    ...pods.flatMap(({ of, template, selector }) => [
      ...(of.metadata?.namespace === home ? [] : [`${nameOf(of)} is outside ${home}`]),
      ...(there.has(`ServiceAccount/${of.metadata?.namespace}/${template.spec?.serviceAccountName}`) ? [] : [`${nameOf(of)}: account`]),
      // A selector that takes the pods of another workload makes the two fight.
      ...pods.flatMap((other) =>
        covers(other.template.metadata?.labels, selector) === (other.of === of) ? [] : [`${nameOf(of)}: selector`],
      ),
    ]),
    ...pods.flatMap(({ template }) => (template.spec?.containers ?? []).flatMap((container) => danglingIn(container, template))),
    ...manifests.flatMap((manifest) => {
      if (manifest.kind !== 'NetworkPolicy' && manifest.kind !== 'PodMonitor') return [];
      const text = JSON.stringify(manifest);
      const selector = /"matchLabels":(\{[^}]*\})/.exec(text)?.[1] ?? '{}';
      return pods.every(({ template }) => covers(template.metadata?.labels, JSON.parse(selector) as object))
        ? []
        : [`${nameOf(manifest)}: selector`];
    }),
  ];
};

function danglingIn(container: V1Container, { spec }: V1PodTemplateSpec): readonly string[] {
  const mounts = (container.volumeMounts ?? []).map(({ name }) => name).toSorted();
  const volumes = (spec?.volumes ?? []).map(({ name }) => name).toSorted();
  const ports = (container.ports ?? []).map(({ name }) => name);
  const variables = (container.env ?? []).map(({ name }) => name);
  const used = (container.args ?? []).flatMap((argument) => [...argument.matchAll(/\$\((\w+)\)/g)].map((match) => match[1] ?? ''));
  const files = (container.volumeMounts ?? []).flatMap(({ name, mountPath }) =>
    filesOf(spec?.volumes, name).map((file) => `${mountPath}/${file}`),
  );
  const named = (container.env ?? []).flatMap(({ name, value }) => (name.endsWith('_FILE') ? [value ?? ''] : []));
  const probes = [container.livenessProbe, container.readinessProbe];
  return [
    ...(JSON.stringify(mounts) === JSON.stringify(volumes) ? [] : [`mounts ${mounts.join()} of volumes ${volumes.join()}`]),
    ...used.filter((name) => !variables.includes(name)).map((name) => `no variable ${name}`),
    ...named.filter((file) => !files.includes(file)).map((file) => `no file ${file}`),
    ...probes.flatMap((probe) => (ports.includes(String(probe?.httpGet?.port)) ? [] : ['a probe without a port'])),
  ];
}

/** What a volume puts into its folder, by name. */
function filesOf(volumes: readonly V1Volume[] | undefined, name: string): readonly string[] {
  const volume = volumes?.find((one) => one.name === name);
  return [
    ...(volume?.secret?.items ?? []).map(({ path }) => path),
    ...(volume?.projected?.sources ?? []).flatMap(({ serviceAccountToken }) => serviceAccountToken?.path ?? []),
  ];
}

/** The restricted Pod Security profile, and what goes beyond it: no root disk to write to, no CPU limit, a bound spool. */
export const unrestricted: ManifestCheck = (manifests) =>
  podsOf(manifests).flatMap(({ template: { spec } }) => [
    ...rootIn(spec?.securityContext),
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((host) => spec?.[host] !== undefined),
    ...(spec?.automountServiceAccountToken === false ? [] : ['the token without an end']),
    ...(spec?.volumes ?? []).flatMap((volume) =>
      volume.emptyDir?.sizeLimit !== undefined || volume.projected !== undefined || volume.secret !== undefined
        ? []
        : [`volume ${volume.name}`],
    ),
    ...(spec?.containers ?? []).flatMap(unrestrictedIn),
  ]);

function rootIn(context: V1PodSecurityContext | undefined): readonly string[] {
  return [
    ...(context?.runAsNonRoot === true && context.runAsUser === 65532 ? [] : ['may be root']),
    ...(context?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['no seccomp profile']),
  ];
}

function unrestrictedIn({ securityContext, resources, ports }: V1Container): readonly string[] {
  return [
    ...(securityContext?.allowPrivilegeEscalation === false ? [] : ['escalation']),
    ...(securityContext?.readOnlyRootFilesystem === true ? [] : ['a root disk to write to']),
    ...(JSON.stringify(securityContext?.capabilities) === '{"drop":["ALL"]}' ? [] : ['capabilities']),
    ...(securityContext?.privileged === undefined ? [] : ['privileged']),
    ...(ports?.some(({ hostPort }) => hostPort !== undefined) ? ['a port of the host'] : []),
    ...(JSON.stringify(resources) === '{"requests":{"cpu":"50m","memory":"128Mi"},"limits":{"memory":"384Mi"}}' ? [] : ['resources']),
  ];
}

const forbiddenResource =
  /^(?:\*|secrets|configmaps|serviceaccounts.*|pods\/(?:exec|attach|portforward|proxy|ephemeralcontainers)|nodes\/.*)$/;

/** Reading only, by name, and nothing that holds a credential or opens a way into a container. */
export const forbiddenRights: ManifestCheck = (manifests) =>
  rulesOf(manifests).flatMap((rule) => [
    ...rule.verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb)),
    ...(rule.resources ?? []).filter((resource) => forbiddenResource.test(resource)),
    ...(rule.apiGroups ?? []).filter((group) => group === '*'),
    ...(rule.nonResourceURLs ?? []),
  ]);

/** The key comes from a Secret that is referred to; nothing in the manifests is one. */
export const literalSecrets: ManifestCheck = (manifests) => [
  ...manifests.filter(({ kind }) => kind === ('Secret' as string)).map(nameOf),
  ...containersOf(manifests).flatMap(({ env = [] }) =>
    env
      .filter(({ name, value }) => name.startsWith('MORTEM_') && name !== 'MORTEM_KEY_FILE' && value !== undefined)
      .map(({ name }) => `${name} is literal`),
  ),
];

/** Arguments that the command of this very version would refuse. */
export const unknownArguments: ManifestCheck = (manifests) => {
  const known = createProgram()
    .commands.find((command) => command.name() === 'collect')
    ?.options.map(({ long }) => long);
  return containersOf(manifests).flatMap(({ args = [] }) =>
    args[0] === 'collect' ? args.slice(1).filter((argument) => !known?.includes(argument.split('=')[0])) : [`begins with ${args[0]}`],
  );
};

interface Model {
  getAttributeTypeMap(): readonly { readonly name: string; readonly baseName: string; readonly type: string }[];
}

const exported = new Map<string, unknown>(Object.entries(client));

/** The client's model of a type, as the API's own description generated it; undefined for plain values. */
function modelOf(type: string): Model | undefined {
  const found: unknown = exported.get(type);
  return typeof found === 'function' && 'getAttributeTypeMap' in found ? (found as unknown as Model) : undefined;
}

/** Fields that the client's models do not know: the API server would drop them, or refuse the object. */
export const unknownFields: ManifestCheck = (manifests) =>
  manifests
    .filter(({ kind }) => kind !== 'PodMonitor')
    .flatMap((manifest) => unknownIn(manifest, `V1${manifest.kind}`, `${manifest.kind}`));

function unknownIn(value: unknown, type: string, path: string): readonly string[] {
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) {
    return Array.isArray(value) ? value.flatMap((one, index) => unknownIn(one, item, `${path}[${index}]`)) : [`${path} is no list`];
  }
  const model = modelOf(type);
  if (model === undefined)
    return typeof value === 'object' && !type.startsWith('{') && type !== 'IntOrString' ? [`${path}: no ${type}`] : [];
  const attributes = model.getAttributeTypeMap();
  return Object.entries(value as object).flatMap(([key, field]) => {
    const attribute = attributes.find(({ baseName }) => baseName === key);
    return attribute === undefined ? [`${path}.${key}`] : unknownIn(field, attribute.type, `${path}.${key}`);
  });
}
