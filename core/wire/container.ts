import { z } from 'zod';
import { containerId, count, exitCode, imageRef, message, name, reason, stringMap, time } from './limits.ts';

export const containerRole = z.enum(['init', 'sidecar', 'app', 'ephemeral']);

export const terminated = z.object({
  exitCode,
  reason: reason.optional(),
  message: message.optional(),
  startedAt: time.optional(),
  finishedAt: time.optional(),
  containerID: containerId.optional(),
});

/** Exactly one of the three is set, as in `ContainerState`; none when the kubelet has not reported yet. */
export const containerState = z.object({
  waiting: z.object({ reason: reason.optional(), message: message.optional() }).optional(),
  running: z.object({ startedAt: time.optional() }).optional(),
  terminated: terminated.optional(),
});

/** One handler of a probe or lifecycle hook. Commands are redacted; headers are never sent. */
export const handler = z.object({
  httpGet: z
    .object({
      path: z.string().max(2048).optional(),
      port: z.string().max(63),
      scheme: z.string().max(8).optional(),
      host: z.string().max(253).optional(),
    })
    .optional(),
  tcpSocket: z.object({ port: z.string().max(63), host: z.string().max(253).optional() }).optional(),
  grpc: z.object({ port: z.string().max(63), service: z.string().max(253).optional() }).optional(),
  exec: z.object({ command: z.array(z.string().max(4096)).max(64) }).optional(),
  sleep: z.object({ seconds: count }).optional(),
});

/** All times in seconds, as in the pod spec, with the API server's defaults filled in by the API server. */
export const probe = handler.extend({
  initialDelaySeconds: count.optional(),
  timeoutSeconds: count.optional(),
  periodSeconds: count.optional(),
  successThreshold: count.optional(),
  failureThreshold: count.optional(),
  terminationGracePeriodSeconds: count.optional(),
});

/** Where an env variable or a whole `envFrom` comes from: names only, never values. */
export const envSource = z.object({
  env: z.string().max(253).optional(),
  kind: z.enum(['Secret', 'ConfigMap', 'Field', 'ResourceField', 'File']),
  name: z.string().max(253).optional(),
  key: z.string().max(253).optional(),
  optional: z.boolean().optional(),
});

/** Quantities are kept as written (`192Mi`, `500m`). */
export const resources = z.object({ requests: stringMap.optional(), limits: stringMap.optional() });

/** Exit codes for which a container's own restart policy differs (KEP-5307). */
export const restartRule = z.object({
  action: z.string().max(63),
  operator: z.string().max(16).optional(),
  exitCodes: z.array(exitCode).max(255).optional(),
});

export const container = z.object({
  name,
  role: containerRole,
  image: imageRef,
  imagePullPolicy: z.string().max(16).optional(),
  imageID: imageRef.optional(),
  /** Position in its own list of `status` (`initContainerStatuses`, `containerStatuses`, `ephemeralContainerStatuses`). */
  statusIndex: count.optional(),
  containerID: containerId.optional(),
  ready: z.boolean().optional(),
  started: z.boolean().optional(),
  restartCount: count.optional(),
  state: containerState.optional(),
  lastState: containerState.optional(),
  resources: resources.optional(),
  resourcesInForce: resources.optional(),
  ports: z
    .array(z.object({ name: z.string().max(63).optional(), containerPort: count, protocol: z.string().max(8).optional() }))
    .max(64)
    .optional(),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  postStart: handler.optional(),
  preStop: handler.optional(),
  command: z.array(z.string().max(4096)).max(64).optional(),
  args: z.array(z.string().max(4096)).max(128).optional(),
  restartPolicy: z.string().max(16).optional(),
  restartRules: z.array(restartRule).max(20).optional(),
  envNames: z.array(z.string().max(253)).max(256).optional(),
  envSources: z.array(envSource).max(256).optional(),
  mounts: z
    .array(
      z.object({
        volume: z.string().max(253),
        path: z.string().max(4096),
        readOnly: z.boolean().optional(),
        subPath: z.string().max(4096).optional(),
      }),
    )
    .max(64)
    .optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().int().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
});

export type ContainerRole = z.infer<typeof containerRole>;
export type Terminated = z.infer<typeof terminated>;
export type ContainerState = z.infer<typeof containerState>;
export type Handler = z.infer<typeof handler>;
export type Probe = z.infer<typeof probe>;
export type EnvSource = z.infer<typeof envSource>;
export type ContainerStatus = z.infer<typeof container>;
