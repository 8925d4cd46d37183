import { explainExitCode } from '../../causes/exit-code.ts';
import type { FoundSign } from '../../rules/rule.ts';
import type { Block, Cell } from '../block.ts';
import { heading, paragraph, table } from '../block.ts';
import { join, quote, words } from '../inline.ts';
import { plural } from './at-a-glance.ts';
import { describeTagAndDigest } from './describe-image.ts';
import { cite, clock, type TimelineInput } from './document.ts';

/** More rows than this say the same again. */
const maxRows = 15;

/** One row for each way in which a container of a pod failed: where, how, how often, and on which image. */
export function podsSection(input: TimelineInput): readonly Block[] {
  const { group } = input.built;
  const failures = [...Map.groupBy(group.signs, placeOf).values()].map(([first, ...rest]) => toFailure(first, rest));
  const rows = failures.flatMap((failure) => failure ?? []);
  const left = rows.slice(maxRows);
  return [
    heading(2, words('Where each pod failed')),
    table(
      ['Pod', 'Container', 'Phase', 'Reason', 'Exit', 'Restarts', 'Image', 'From – to, UTC', 'Evidence'],
      rows.slice(0, maxRows).map((failure) => toRow(input, failure)),
    ),
    ...(left.length === 0 ? [] : [paragraph(...summaryOf(left))]),
  ];
}

interface Failure {
  readonly first: FoundSign;
  readonly all: readonly FoundSign[];
}

function placeOf(sign: FoundSign): string {
  return JSON.stringify([sign.podUid, sign.container?.name, sign.symptom, sign.image?.ref]);
}

function toFailure(first: FoundSign | undefined, rest: readonly FoundSign[]): Failure | undefined {
  return first === undefined ? undefined : { first, all: [first, ...rest] };
}

function toRow({ built }: TimelineInput, { first, all }: Failure): readonly Cell[] {
  const { onsetAt } = built.group;
  const { container, image } = first;
  const lasts = all.some((sign) => sign.until === undefined && sign.deaths.length === 0);
  const last = Math.max(...all.map((sign) => sign.lastAt));
  const from = clock(first.from, onsetAt);
  const to = lasts ? 'lasting' : clock(last, onsetAt);
  return [
    first.pod === undefined ? [words('no pod')] : [quote(first.pod, 80)],
    container === undefined ? [] : [quote(container.name), words(container.role === 'app' ? '' : ` (${container.role})`)],
    [words(container?.role === 'init' ? 'init' : first.phase)],
    join(
      [...new Set(all.map((sign) => reasonOf(built.workload, sign)))].map((reason) => [quote(reason, 60)]),
      ', ',
    ),
    exitsOf(all),
    restartsOf(built.workload, all.at(-1) ?? first),
    image === undefined ? [] : describeTagAndDigest(image),
    [words(from === to ? from : `${from} – ${to}`)],
    cite([first.evidence[0].id]),
  ];
}

/** Of a Job that gave up the reason is the Job's: each of its pods has its own. */
function reasonOf({ pods }: TimelineInput['built']['workload'], { symptom, reason, podUid, deaths: [key] }: FoundSign): string {
  if (symptom !== 'JobFailed' || key === undefined) return reason;
  const containers = pods.find(({ uid }) => uid === podUid)?.containers ?? [];
  const death = containers.flatMap(({ deaths }) => deaths).find((item) => item.key === key);
  return death?.end.terminated.reason ?? reason;
}

/** `137 SIGKILL ×4` */
function exitsOf(signs: readonly FoundSign[]): Cell {
  const codes = Map.groupBy(
    signs.filter(({ exitCode, deaths }) => exitCode !== undefined && deaths.length > 0),
    ({ exitCode }) => exitCode,
  );
  const texts = [...codes].map(([code = 0, same]) => {
    const { signal } = explainExitCode(code, { reason: same[0]?.reason ?? '' });
    return `${code}${signal === undefined ? '' : ` ${signal}`}${same.length > 1 ? ` ×${same.length}` : ''}`;
  });
  return texts.length === 0 ? [] : [words(texts.join(', '))];
}

function restartsOf(workload: TimelineInput['built']['workload'], { podUid, container, restartCount }: FoundSign): Cell {
  if (restartCount !== undefined) return [words(String(restartCount))];
  const pod = workload.podsByUid.get(podUid ?? '');
  const status = pod?.containers.find(({ name }) => name === container?.name)?.status;
  return status === undefined ? [] : [words(String(status.restartCount ?? 0))];
}

function summaryOf(left: readonly Failure[]): Cell {
  const symptoms = [...Map.groupBy(left, ({ first }) => first.symptom)];
  return [
    words(`${plural(left.length, 'more row')} in ${plural(new Set(left.map(({ first }) => first.podUid)).size, 'pod')}: `),
    ...join(
      symptoms.map(([symptom, same]) => [quote(symptom), words(` ×${same.length}`)]),
      ', ',
    ),
    words('. “All records” below has them.'),
  ];
}
