import type { ContainerState, ContainerStatus, Handler } from '../wire/container.ts';
import { maxLogCharacters } from '../wire/sizes.ts';
import type { Draft } from '../wire/observation.ts';
import { addCounts, redact, type Redacted, type RedactionCounts } from './redact.ts';
import { redactCommand } from './redact-command.ts';
import { mapChanged, withChanges } from './with-changes.ts';

/** Limits of the wire for the fields that carry text: a marker may be longer than what it replaced. */
const limits = { message: 16_384, reason: 1024, command: 4096, path: 2048, gitops: 512, chart: 63 };

/**
 * Every field of a draft that carries free text, without its credentials. The rest is names, numbers and times.
 * The collector redacts before the id is made; doing it twice changes nothing. Parts with nothing in them stay the same objects.
 *
 * @param redactText `redact`, or what gives the same sooner.
 */
export function redactDraft(
  draft: Draft,
  redactText: (text: string) => Redacted = redact,
): { readonly draft: Draft; readonly counts: RedactionCounts } {
  const pass = createPass(redactText);
  const redacted = redactByKind(draft, pass);
  return { draft: redacted, counts: pass.counts() };
}

interface Pass {
  text(value: string, limit: number): string;
  /** The same array where nothing was taken out of it. */
  command(value: string[]): string[];
  add(counts: RedactionCounts): void;
  counts(): RedactionCounts;
}

function createPass(redactText: (text: string) => Redacted): Pass {
  let counts: RedactionCounts = {};
  return {
    text(value, limit) {
      const result = redactText(value);
      counts = addCounts(counts, result.counts);
      return result.text.slice(0, limit);
    },
    command(value) {
      const result = redactCommand(value, redactText);
      counts = addCounts(counts, result.counts);
      return mapChanged(value, (_, index) => (result.command[index] ?? '').slice(0, limits.command));
    },
    add(more) {
      counts = addCounts(counts, more);
    },
    counts: () => counts,
  };
}

function redactByKind(draft: Draft, pass: Pass): Draft {
  switch (draft.kind) {
    case 'pod':
      return withChanges(draft, {
        ...texts(draft, pass),
        conditions: mapChanged(draft.conditions, (condition) => withChanges(condition, texts(condition, pass))),
        containers: mapChanged(draft.containers, (container) => redactContainer(container, pass)),
      });
    case 'event':
      return { ...draft, ...texts(draft, pass) };
    case 'log':
      return redactLog(draft, pass);
    case 'workload':
      return {
        ...draft,
        ...(draft.conditions && { conditions: draft.conditions.map((condition) => ({ ...condition, ...texts(condition, pass) })) }),
        ...(draft.changeCause !== undefined && { changeCause: pass.text(draft.changeCause, limits.message) }),
        ...(draft.helmChart !== undefined && { helmChart: pass.text(draft.helmChart, limits.chart) }),
        ...(draft.gitops?.revision !== undefined && {
          gitops: { ...draft.gitops, revision: pass.text(draft.gitops.revision, limits.gitops) },
        }),
      };
    case 'node':
      return { ...draft, conditions: draft.conditions.map((condition) => ({ ...condition, ...texts(condition, pass) })) };
    case 'coverage':
      return { ...draft, ...texts(draft, pass) };
    case 'usage':
      return draft;
    default:
      return draft satisfies never;
  }
}

/** `reason` is sometimes a whole error text. */
function texts(
  value: { readonly message?: string | undefined; readonly reason?: string | undefined },
  pass: Pass,
): { message?: string; reason?: string } {
  return {
    ...(value.message !== undefined && { message: pass.text(value.message, limits.message) }),
    ...(value.reason !== undefined && { reason: pass.text(value.reason, limits.reason) }),
  };
}

function redactLog(draft: Extract<Draft, { kind: 'log' }>, pass: Pass): Draft {
  const body = draft.text === undefined ? undefined : redact(draft.text);
  const reason = draft.missing && pass.text(draft.missing.reason, limits.message);
  const redactions = body && addCounts(draft.redactions ?? {}, body.counts);
  pass.add(body?.counts ?? {});
  return {
    ...draft,
    ...(body && { text: body.text.slice(-maxLogCharacters) }),
    ...(redactions && Object.keys(redactions).length > 0 && { redactions }),
    ...(draft.missing && reason !== undefined && { missing: { ...draft.missing, reason } }),
  };
}

function redactContainer(container: ContainerStatus, pass: Pass): ContainerStatus {
  return withChanges(container, {
    ...(container.state && { state: redactState(container.state, pass) }),
    ...(container.lastState && { lastState: redactState(container.lastState, pass) }),
    ...(container.command && { command: pass.command(container.command) }),
    ...(container.args && { args: pass.command(container.args) }),
    ...(container.startupProbe && { startupProbe: redactHandler(container.startupProbe, pass) }),
    ...(container.livenessProbe && { livenessProbe: redactHandler(container.livenessProbe, pass) }),
    ...(container.readinessProbe && { readinessProbe: redactHandler(container.readinessProbe, pass) }),
    ...(container.postStart && { postStart: redactHandler(container.postStart, pass) }),
    ...(container.preStop && { preStop: redactHandler(container.preStop, pass) }),
  });
}

function redactState(state: ContainerState, pass: Pass): ContainerState {
  return withChanges(state, {
    ...(state.waiting && { waiting: withChanges(state.waiting, texts(state.waiting, pass)) }),
    ...(state.terminated && { terminated: withChanges(state.terminated, texts(state.terminated, pass)) }),
  });
}

/** Of a probe too. */
function redactHandler<T extends Handler>(handler: T, pass: Pass): T {
  const { exec, httpGet } = handler;
  const command = exec && pass.command(exec.command);
  const path = httpGet?.path === undefined ? undefined : pass.text(httpGet.path, limits.path);
  const changes: Handler = {
    ...(exec && command && { exec: withChanges(exec, { command }) }),
    ...(httpGet && path !== undefined && { httpGet: withChanges(httpGet, { path }) }),
  };
  return withChanges<Handler>(handler, changes) === handler ? handler : { ...handler, ...changes };
}
