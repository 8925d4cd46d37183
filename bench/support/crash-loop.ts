import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { Story } from './load-stories.ts';

const logLines = 200;
const secondsApart = 300;

/** State, event and log of each restart of one container that always ends the same way, `restarts` times. */
export function crashLoop(story: Story, restarts: number, from: number): readonly (readonly Observation[])[] {
  const state = story.findLast((draft) => draft.kind === 'pod' && draft.containers.some(({ state: now }) => now?.terminated !== undefined));
  const event = story.findLast((draft) => draft.kind === 'event');
  if (state?.kind !== 'pod' || event?.kind !== 'event') throw new Error('the story has no death, or no event');
  return Array.from({ length: restarts }, (_, restart) => {
    const at = from + restart * secondsApart * 1000;
    const version = String(5_000_000 + restart * 10);
    const containerID = `containerd://${restart.toString(16).padStart(4, '0').repeat(16)}`;
    const died = { ...JSON.parse(dated(JSON.stringify(state), at)), resourceVersion: version } as typeof state;
    const containers = died.containers.map((container) => {
      const ended = container.state?.terminated;
      if (ended === undefined) return container;
      const last =
        restart === 0
          ? {}
          : {
              lastState: {
                terminated: { ...ended, containerID: `containerd://${(restart - 1).toString(16).padStart(4, '0').repeat(16)}` },
              },
            };
      return { ...container, ...last, restartCount: restart, containerID, state: { terminated: { ...ended, containerID } } };
    });
    const log: Draft = {
      kind: 'log',
      namespace: state.namespace,
      pod: state.name,
      podUid: state.uid,
      container: state.containers[0]?.name ?? 'app',
      role: 'app',
      workload: state.workload,
      containerID,
      restartCount: restart,
      final: true,
      text: logText(at),
    };
    return [
      { ...died, containers },
      { ...event, resourceVersion: String(5_000_001 + restart * 10), count: restart + 1, lastTimestamp: new Date(at).toISOString() },
      log,
    ].map((draft): Observation =>
      Object.assign(draft, { id: observationId(draft), observedAt: new Date(at).toISOString(), cluster: 'bench' }),
    );
  });
}

function dated(text: string, at: number): string {
  return text.replaceAll(
    /"(startedAt|finishedAt)":"[^"]+"/g,
    (_, name: string) => `"${name}":"${new Date(at - (name === 'startedAt' ? 4000 : 0)).toISOString()}"`,
  );
}

/** The same boot each time, a line every 20 ms, each with its own time stamp and a duration that differs a little. */
function logText(at: number): string {
  const lines = Array.from({ length: logLines }, (_, line) => {
    const time = new Date(at - 4000 + line * 20).toISOString();
    return `${time} INFO [main] com.example.shop.Loader - module ${line} of ${logLines} is loaded in ${(line * 7 + at / 1000) % 40} ms`;
  });
  return `${lines.join('\n')}\n`;
}
