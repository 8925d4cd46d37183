import { parseKilling } from '../causes/parse-killing.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import { logOf } from '../history/log-of.ts';
import { deathsOf, decidingContainers, eventsOf, isStop, phaseOfAttempt, wellAgain, type Death } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Symptom } from '../incident/vocabulary.ts';
import { second } from '../time/instant.ts';
import { citeDeath, citeEvent } from './cite.ts';
import { probeCauseOf } from './probe-cause-of.ts';
import { placeOf } from './place-of.ts';
import type { Sign } from './rule.ts';

/** Deaths that the kubelet brought about because a liveness or startup probe reached its threshold. */
export function probeKillSigns(pod: PodHistory, workload: WorkloadHistory, probe: 'liveness' | 'startup'): readonly Sign[] {
  return decidingContainers(pod).flatMap((container) => {
    const kills = eventsOf(pod, container.name, 'Killing').filter((event) => {
      const killing = parseKilling(event.message);
      return killing.why === 'probe' && killing.probe === probe && killing.container === container.name;
    });
    return deathsOf(container)
      .filter((death) => !isStop(pod, death))
      .flatMap((death) => {
        const kill = kills.find((event) => killed(event, death));
        return kill === undefined ? [] : [killSign({ pod, workload, container, death, kill, probe })];
      });
  });
}

/** A kill belongs to the attempt in whose life it fell; the process may take its whole grace period to end. */
function killed(event: EventRecord, death: Death): boolean {
  const from = (death.startedAt ?? death.end.finishedAt) - second;
  const to = death.end.finishedAt + 2 * second;
  if (event.occurrences.some((at) => at >= from && at <= to)) return true;
  // Between two versions of the event some of its times are not known, only that they lie in between.
  return event.count > event.occurrences.length && event.firstAt <= to && event.lastAt >= from;
}

interface Kill {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly death: Death;
  readonly kill: EventRecord;
  readonly probe: 'liveness' | 'startup';
}

const symptomOf: Readonly<Record<Kill['probe'], Symptom>> = { liveness: 'LivenessProbeFailed', startup: 'StartupProbeFailed' };

function killSign({ pod, workload, container, death, kill, probe }: Kill): Sign {
  const { terminated, finishedAt } = death.end;
  const until = wellAgain(pod, container, death);
  const found = probeCauseOf({ pod, status: death.status, probe, death, log: logOf(workload, pod.uid, death)?.text });
  return {
    symptom: symptomOf[probe],
    reason: terminated.reason ?? 'Error',
    phase: probe === 'startup' ? 'startup' : phaseOfAttempt(death),
    cause: found.cause,
    basis: found.basis,
    summary: `The kubelet killed container ${container.name} because its ${probe} probe failed: ${found.text}.`,
    ...placeOf(pod, container, death.status),
    from: finishedAt,
    lastAt: finishedAt,
    opensAt: finishedAt,
    deaths: [death.key],
    exitCode: terminated.exitCode,
    restartCount: death.index,
    evidence: [citeDeath(death), citeEvent(kill), ...(found.event === undefined ? [] : [citeEvent(found.event)])],
    ...(found.output === undefined ? {} : { quote: found.output }),
    ...(until === undefined ? {} : { until }),
  };
}
