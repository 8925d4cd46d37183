/** Pods as people and other tools keep them in files: no uid, no spec, no conditions, no times, and what a Go struct leaves empty. */
export const pod = (status: object, { spec, ...metadata }: { spec?: object } & Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', ...metadata },
  ...(spec === undefined ? {} : { spec }),
  status,
});
export const waits = (reason: string, message?: string) => ({ name: 'app', ready: false, state: { waiting: { reason, message } } });
export const ends = (terminated: object, fields: object = {}) => ({ name: 'app', ready: false, state: { terminated }, ...fields });
export const loops = (terminated?: object) => ({
  ...waits('CrashLoopBackOff'),
  restartCount: 3,
  ...(terminated === undefined ? {} : { lastState: { terminated } }),
});
export const runs = (fields: object = {}) => ({ name: 'app', ready: true, state: { running: {} }, ...fields });
export const event = (reason: string, message: string, fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `web.${reason}`, namespace: 'default' },
  involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
  type: 'Warning',
  reason,
  message,
  source: { component: 'kubelet' },
  ...fields,
});
export const unscheduled = (reason: string, fields: object = {}) => ({ conditions: [{ type: 'PodScheduled', reason, ...fields }] });
