import type { ContainerStatus } from '#core/wire/container.ts';
import { compact, type Compact } from './compact.ts';
import { envNames, envSources } from './trim-env.ts';
import { count, flag, integer, object, objects, text, word, type Json } from './read-field.ts';
import { trimCommand, trimHook, trimProbe } from './trim-handler.ts';
import { trimResources } from './trim-resources.ts';

export type ContainerSpec = Compact<ReturnType<typeof specFields>>;

/** What the spec of a container says, with the pod's security context where its own is silent. */
export function trimContainerSpec(raw: Json, podSecurity: Json): ContainerSpec {
  return compact(specFields(raw, podSecurity));
}

function specFields(raw: Json, podSecurity: Json) {
  const lifecycle = object(raw.lifecycle);
  const security = { ...podSecurity, ...object(raw.securityContext) };
  return {
    imagePullPolicy: word(raw.imagePullPolicy, 16),
    resources: trimResources(raw.resources),
    ports: trimPorts(raw.ports),
    startupProbe: trimProbe(raw.startupProbe),
    livenessProbe: trimProbe(raw.livenessProbe),
    readinessProbe: trimProbe(raw.readinessProbe),
    postStart: trimHook(lifecycle.postStart),
    preStop: trimHook(lifecycle.preStop),
    command: trimCommand(raw.command, 64),
    args: trimCommand(raw.args, 128),
    restartPolicy: word(raw.restartPolicy, 16),
    restartRules: trimRestartRules(raw.restartPolicyRules),
    envNames: envNames(raw),
    envSources: envSources(raw),
    mounts: trimMounts(raw.volumeMounts),
    runAsNonRoot: flag(security.runAsNonRoot),
    runAsUser: integer(security.runAsUser, 0, Number.MAX_SAFE_INTEGER),
    readOnlyRootFilesystem: flag(security.readOnlyRootFilesystem),
  };
}

function trimPorts(value: unknown): ContainerStatus['ports'] {
  const ports = objects(value, 64).flatMap((raw) => {
    const containerPort = count(raw.containerPort);
    return containerPort === undefined ? [] : [compact({ name: word(raw.name, 63), containerPort, protocol: word(raw.protocol, 8) })];
  });
  return ports.length === 0 ? undefined : ports;
}

function trimMounts(value: unknown): ContainerStatus['mounts'] {
  const mounts = objects(value, 64).flatMap((raw) => {
    const volume = word(raw.name, 253);
    if (volume === undefined) return [];
    return [compact({ volume, path: text(raw.mountPath, 4096) ?? '', readOnly: flag(raw.readOnly), subPath: word(raw.subPath, 4096) })];
  });
  return mounts.length === 0 ? undefined : mounts;
}

function trimRestartRules(value: unknown): ContainerStatus['restartRules'] {
  const rules = objects(value, 20).flatMap((raw) => {
    const action = word(raw.action, 63);
    if (action === undefined) return [];
    const { operator, values } = object(raw.exitCodes);
    const exitCodes = Array.isArray(values)
      ? values.flatMap((code: unknown) => integer(code, -2_147_483_648, 4_294_967_295) ?? []).slice(0, 255)
      : undefined;
    return [compact({ action, operator: word(operator, 16), exitCodes })];
  });
  return rules.length === 0 ? undefined : rules;
}
