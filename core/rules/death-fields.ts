import type { ContainerHistory, Death } from '../history/container-history.ts';
import { wellAgain } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { placeOf } from './place-of.ts';
import type { Sign } from './rule.ts';

/** Where and when a sign of one death stands: at the moment of the death, and until the container is well again. */
export function deathFields(
  pod: PodHistory,
  container: ContainerHistory,
  death: Death,
): Pick<Sign, 'pod' | 'podUid' | 'container' | 'image' | 'from' | 'lastAt' | 'opensAt' | 'deaths' | 'exitCode' | 'restartCount' | 'until'> {
  const { terminated, finishedAt } = death.end;
  const until = wellAgain(pod, container, death);
  return {
    ...placeOf(pod, container, death.status),
    from: finishedAt,
    lastAt: finishedAt,
    opensAt: finishedAt,
    deaths: [death.key],
    exitCode: terminated.exitCode,
    restartCount: container.status.restartCount ?? death.index,
    ...(until === undefined ? {} : { until }),
  };
}
