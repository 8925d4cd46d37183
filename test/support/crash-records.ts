import type { Observation } from '#core/wire/observation.ts';
import { container, ended, event, log, pod } from './build-observations.ts';

/** A container that dies every five minutes: a state, an event and a log each time. */
export function crashRecords(from: number, restarts: number): readonly Observation[] {
  return Array.from({ length: restarts }, (_, restart): readonly Observation[] => {
    const at = from + restart * 300;
    const id = `containerd://${from + restart}`;
    const last = restart === 0 ? {} : { lastState: ended(`containerd://${from + restart - 1}`, 1, at - 305, at - 300) };
    return [
      pod(at, { containers: [container({ restartCount: restart, state: ended(id, 1, at - 5, at), ...last })] }),
      event(at + 1, { uid: 'uid-event', reason: 'BackOff', message: 'Back-off restarting failed container', count: restart + 1 }),
      log(at + 2, id, `line one of ${restart}\nfatal: no database\n`),
    ];
  }).flat();
}
