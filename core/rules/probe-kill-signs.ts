import type { ContainerHistory, Death } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import { isExpectedEnd, isStop } from '../history/expected-end.ts';
import { fallsInto } from '../history/kill-record.ts';
import { logOf } from '../history/log-of.ts';
import { decidingContainers, phaseOfAttempt } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Symptom } from '../incident/vocabulary.ts';
import { second } from '../time/instant.ts';
import { citeDeath, citeEvent } from './cite.ts';
import { inferProbeKill, type KillingProbe } from './infer-probe-kill.ts';
import { probeCauseOf } from './probe-cause-of.ts';
import { deathFields } from './death-fields.ts';
import type { Sign } from './rule.ts';

/** Deaths that the kubelet brought about because a liveness or startup probe reached its threshold. */
export function probeKillSigns(pod: PodHistory, workload: WorkloadHistory, probe: KillingProbe): readonly Sign[] {
  return decidingContainers(pod).flatMap((container) => {
    const kills = pod.kills.flatMap(({ event, killing }) =>
      killing.why === 'probe' && killing.probe === probe && killing.container === container.name ? [event] : [],
    );
    return container.deaths
      .filter((death) => !isStop(pod, death))
      .flatMap((death) => {
        const kill = kills.find((event) => fallsInto(event, death, 2 * second));
        if (kill !== undefined) return [killSign({ pod, workload, container, death, probe, event: kill, proven: true })];
        const log = logOf(workload, pod.uid, death)?.text;
        const event = isExpectedEnd(pod, container, death) ? undefined : inferProbeKill({ pod, workload, death, probe, log });
        return event === undefined ? [] : [killSign({ pod, workload, container, death, probe, event, proven: false })];
      });
  });
}

interface Kill {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly death: Death;
  readonly probe: KillingProbe;
  /** The `Killing` event, or the failed probe from which the kill is inferred. */
  readonly event: EventRecord;
  readonly proven: boolean;
}

const symptomOf: Readonly<Record<KillingProbe, Symptom>> = { liveness: 'LivenessProbeFailed', startup: 'StartupProbeFailed' };

function killSign({ pod, workload, container, death, probe, event, proven }: Kill): Sign {
  const { terminated } = death.end;
  // Liveness is held back until the startup probe has passed.
  const passed = death.passedProbe || (probe === 'liveness' && death.status.startupProbe !== undefined);
  const found = probeCauseOf({ pod, workload, status: death.status, probe, death, passed, log: logOf(workload, pod.uid, death)?.text });
  const verb = proven ? 'killed' : 'must have killed';
  return {
    symptom: symptomOf[probe],
    reason: terminated.reason ?? 'Error',
    phase: probe === 'startup' ? 'startup' : passed ? 'running' : phaseOfAttempt(death),
    cause: found.cause,
    basis: proven || found.basis === 'hypothesis' ? found.basis : 'derived',
    summary: `The kubelet ${verb} container ${container.name} because its ${probe} probe failed: ${found.text}.`,
    ...deathFields(pod, container, death),
    evidence: [citeDeath(death), ...distinct([event, found.event]).map(citeEvent)],
    detail: found.text,
    ...(found.output === undefined ? {} : { quote: found.output }),
  };
}

function distinct(events: readonly (EventRecord | undefined)[]): readonly EventRecord[] {
  return [...new Set(events.filter((event) => event !== undefined))];
}
