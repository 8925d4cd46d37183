import type { ContainerState, ContainerStatus, Handler } from '../wire/container.ts';
import { maxLogCharacters } from '../wire/sizes.ts';
import type { Draft } from '../wire/observation.ts';
import { addCounts, redact, type Redacted, type RedactionCounts } from './redact.ts';
import { redactCommand } from './redact-command.ts';
import { mapChanged, withField } from './with-changes.ts';

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
  const pass: Pass = { redactText, counts: {} };
  const redacted = redactByKind(draft, pass);
  return { draft: redacted, counts: pass.counts };
}

interface Pass {
  readonly redactText: (text: string) => Redacted;
  counts: RedactionCounts;
}

function redactField(value: string, limit: number, pass: Pass): string {
  const { text, counts } = pass.redactText(value);
  pass.counts = addCounts(pass.counts, counts);
  return text.length > limit ? text.slice(0, limit) : text;
}

/** The same array where nothing was taken out of it. */
function redactWords(value: string[], pass: Pass): string[] {
  const { command, counts } = redactCommand(value, pass.redactText);
  pass.counts = addCounts(pass.counts, counts);
  return mapChanged(command, (element) => (element.length > limits.command ? element.slice(0, limits.command) : element));
}

function redactByKind(draft: Draft, pass: Pass): Draft {
  switch (draft.kind) {
    case 'pod': {
      const told = redactTexts(draft, pass);
      const conditioned = withField(told, 'conditions', redactConditions(draft.conditions, pass));
      return withField(
        conditioned,
        'containers',
        mapChanged(draft.containers, (container) => redactContainer(container, pass)),
      );
    }
    case 'event':
    case 'coverage':
      return redactTexts(draft, pass);
    case 'log':
      return redactLog(draft, pass);
    case 'workload':
      return redactWorkload(draft, pass);
    case 'node':
      return withField(draft, 'conditions', redactConditions(draft.conditions, pass));
    case 'usage':
      return draft;
    default:
      return draft satisfies never;
  }
}

interface Told {
  readonly message?: string | undefined;
  readonly reason?: string | undefined;
}

/** `reason` is sometimes a whole error text. */
function redactTexts<T extends Told>(value: T, pass: Pass): T {
  const message = value.message && redactField(value.message, limits.message, pass);
  const reason = value.reason && redactField(value.reason, limits.reason, pass);
  if (message === value.message && reason === value.reason) return value;
  return { ...value, ...(message !== undefined && { message }), ...(reason !== undefined && { reason }) };
}

function redactConditions<T extends Told>(conditions: T[], pass: Pass): T[] {
  return mapChanged(conditions, (condition) => redactTexts(condition, pass));
}

function redactWorkload(draft: Extract<Draft, { kind: 'workload' }>, pass: Pass): Draft {
  const { conditions, changeCause, helmChart, gitops } = draft;
  let redacted = draft;
  if (conditions) redacted = withField(redacted, 'conditions', redactConditions(conditions, pass));
  if (changeCause) redacted = withField(redacted, 'changeCause', redactField(changeCause, limits.message, pass));
  if (helmChart) redacted = withField(redacted, 'helmChart', redactField(helmChart, limits.chart, pass));
  if (gitops?.revision)
    redacted = withField(redacted, 'gitops', withField(gitops, 'revision', redactField(gitops.revision, limits.gitops, pass)));
  return redacted;
}

function redactLog(draft: Extract<Draft, { kind: 'log' }>, pass: Pass): Draft {
  const { missing } = draft;
  const told = missing
    ? withField(draft, 'missing', withField(missing, 'reason', redactField(missing.reason, limits.message, pass)))
    : draft;
  if (draft.text === undefined) return told;
  const { text, counts } = redact(draft.text);
  if (Object.keys(counts).length === 0) return told;
  pass.counts = addCounts(pass.counts, counts);
  return { ...told, text: text.slice(-maxLogCharacters), redactions: addCounts(draft.redactions ?? {}, counts) };
}

function redactContainer(container: ContainerStatus, pass: Pass): ContainerStatus {
  const { state, lastState, command, args, startupProbe, livenessProbe, readinessProbe, postStart, preStop } = container;
  let redacted = container;
  if (state) redacted = withField(redacted, 'state', redactState(state, pass));
  if (lastState) redacted = withField(redacted, 'lastState', redactState(lastState, pass));
  if (command) redacted = withField(redacted, 'command', redactWords(command, pass));
  if (args) redacted = withField(redacted, 'args', redactWords(args, pass));
  if (startupProbe) redacted = withField(redacted, 'startupProbe', redactHandler(startupProbe, pass));
  if (livenessProbe) redacted = withField(redacted, 'livenessProbe', redactHandler(livenessProbe, pass));
  if (readinessProbe) redacted = withField(redacted, 'readinessProbe', redactHandler(readinessProbe, pass));
  if (postStart) redacted = withField(redacted, 'postStart', redactHandler(postStart, pass));
  if (preStop) redacted = withField(redacted, 'preStop', redactHandler(preStop, pass));
  return redacted;
}

function redactState(state: ContainerState, pass: Pass): ContainerState {
  const { waiting, terminated } = state;
  let redacted = state;
  if (waiting) redacted = withField(redacted, 'waiting', redactTexts(waiting, pass));
  if (terminated) redacted = withField(redacted, 'terminated', redactTexts(terminated, pass));
  return redacted;
}

/** Of a probe too. */
function redactHandler<T extends Handler>(handler: T, pass: Pass): T {
  const { exec, httpGet } = handler;
  const command = exec && redactWords(exec.command, pass);
  const path = httpGet?.path && redactField(httpGet.path, limits.path, pass);
  if (command === exec?.command && path === httpGet?.path) return handler;
  return {
    ...handler,
    ...(exec && command && { exec: withField(exec, 'command', command) }),
    ...(httpGet && path !== undefined && { httpGet: withField(httpGet, 'path', path) }),
  };
}
