import { recoveriesAfter, type HealthPoint } from '../../incident/health.ts';
import type { FoundSign } from '../../rules/rule.ts';
import { between, describeDuration, describeOffset } from '../../time/duration.ts';
import type { Instant } from '../../time/instant.ts';
import type { Block, Cell } from '../block.ts';
import { howItEnded } from '../facts/how-it-ended.ts';
import { heading, table } from '../block.ts';
import { quote, words } from '../inline.ts';
import { localHeader, localTime } from '../local-time.ts';
import { cite, clock, type TimelineInput } from './document.ts';

interface Milestone {
  readonly name: string;
  readonly at: Instant;
  readonly basis: Cell;
  readonly evidence: Cell;
}

/** Onset and recovery can be derived from pods; detection cannot, and stays unknown. */
export function milestonesSection(input: TimelineInput): readonly Block[] {
  const { onsetAt } = input.built.group;
  const { timezone } = input.options;
  const [onset, ...later] = milestones(input);
  const toRow = (milestone: Milestone): readonly Cell[] => [
    [words(milestone.name)],
    [words(clock(milestone.at, onsetAt))],
    ...localTime(timezone, milestone.at),
    [words(describeOffset(between(onsetAt, milestone.at)))],
    milestone.basis,
    milestone.evidence,
  ];
  const detected: readonly Cell[] = [
    [words('Detected')],
    [words('unknown')],
    ...localHeader(timezone).map(() => []),
    [],
    [words('no alert or ticket was ingested')],
    [],
  ];
  return [
    heading(2, words('Milestones')),
    table(
      ['Milestone', 'UTC', ...localHeader(timezone), 'T±', 'Basis', 'Evidence'],
      [...(onset === undefined ? [] : [toRow(onset)]), detected, ...later.map(toRow)],
    ),
  ];
}

function milestones(input: TimelineInput): readonly Milestone[] {
  const { group, incident, workload } = input.built;
  const [first] = group.signs;
  const onset: Milestone = {
    name: 'Onset',
    at: group.onsetAt,
    basis: [words('observed: '), ...firstOf(first)],
    evidence: cite([first.evidence[0].id]),
  };
  const later = [...interludes(input), ...mitigated(input)];
  const end = group.recoveredAt ?? group.endedAt;
  if (end !== undefined) {
    const point = input.built.health.findLast((item) => item.at <= end);
    const basis =
      group.recoveredAt === undefined
        ? `derived: ${howItEnded(workload, end)}`
        : `derived: ${readiness(point)}, and it lasted ${group.settledAt === undefined ? 'until the data ends' : `for ${describeDuration(between(end, group.settledAt))} and more`}`;
    later.push({
      name: incident.status === 'ended' ? 'Ended' : 'Recovered',
      at: end,
      basis: [words(basis)],
      evidence: citeState(workload, end),
    });
  }
  return [onset, ...later.toSorted((a, b) => a.at - b.at)];
}

/** A death becomes a loop, or the failure of a Job, by what follows: at the onset it is a death. */
function firstOf({ symptom, container, evidence: [first] }: FoundSign): Cell {
  if (first.source !== 'termination' || container === undefined) return [words('first record of '), quote(symptom)];
  return [words('first death of container '), quote(container.name)];
}

/** The workload was well for a while between two chapters. */
function interludes(input: TimelineInput): Milestone[] {
  const { group, health, workload } = input.built;
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const well = recoveriesAfter(health, group.onsetAt).find((point) => point.at < end);
  if (well === undefined) return [];
  const again = group.signs.find((sign) => sign.from > well.at);
  if (again === undefined) return [];
  return [
    {
      name: 'First recovery',
      at: well.at,
      basis: [words(`derived: ${readiness(well)}, for ${describeDuration(between(well.at, again.from))}`)],
      evidence: citeState(workload, well.at),
    },
    {
      name: 'Failing again',
      at: again.from,
      basis: [words('observed: '), quote(again.symptom)],
      evidence: cite([again.evidence[0].id]),
    },
  ];
}

function mitigated(input: TimelineInput): readonly Milestone[] {
  const { mitigation } = input.built.incident;
  if (mitigation.at === undefined || mitigation.kind === 'none') return [];
  const basis: Readonly<Record<string, string>> = {
    rollback: 'derived: rollout to a digest that ran before',
    rollout: 'derived: the last rollout before the recovery',
    scale: 'derived: the last change of the wanted replicas before the recovery',
    'dependency-appeared': 'derived: what the container waited for was there',
  };
  return [
    {
      name: 'Mitigated (candidate)',
      at: Date.parse(mitigation.at),
      basis: [words(basis[mitigation.kind] ?? mitigation.kind)],
      evidence: cite(mitigation.evidence),
    },
  ];
}

function readiness(point: HealthPoint | undefined): string {
  return point === undefined ? 'ready again' : `${point.ready} of ${point.wanted ?? point.ready} ready`;
}

function citeState(workload: TimelineInput['built']['workload'], at: Instant): Cell {
  const state =
    workload.pods.flatMap((pod) => pod.states).find((item) => item.at === at) ?? workload.top?.states.find((item) => item.at === at);
  return state === undefined ? [] : cite([state.evidence]);
}
