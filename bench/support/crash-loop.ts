import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { Story } from './load-stories.ts';

const logLines = 200;
const secondsApart = 300;
const livedMs = 4000;
const firstVersion = 5_000_000;

/** State, event and log of each restart of one container that always ends the same way, `restarts` times. */
export function crashLoop(story: Story, restarts: number, from: number): readonly (readonly Observation[])[] {
  const state = story.findLast((draft) => draft.kind === 'pod' && draft.containers.some(({ state: now }) => now?.terminated !== undefined));
  const event = story.findLast((draft) => draft.kind === 'event');
  if (state?.kind !== 'pod' || event?.kind !== 'event') throw new Error('the story has no death, or no event');
  return Array.from({ length: restarts }, (_, restart) => {
    const at = from + restart * secondsApart * 1000;
    const containerID = containerOf(restart);
    const containers = state.containers.map((container) => {
      const died = container.state?.terminated;
      if (died === undefined) return container;
      const ended = { ...died, startedAt: timeAt(at - livedMs), finishedAt: timeAt(at) };
      const last = { lastState: { terminated: { ...ended, containerID: containerOf(restart - 1) } } };
      return {
        ...container,
        ...(restart > 0 && last),
        restartCount: restart,
        containerID,
        state: { terminated: { ...ended, containerID } },
      };
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
    const drafts: readonly Draft[] = [
      { ...state, resourceVersion: String(firstVersion + 2 * restart), containers },
      { ...event, resourceVersion: String(firstVersion + 2 * restart + 1), count: restart + 1, lastTimestamp: timeAt(at) },
      log,
    ];
    return drafts.map((draft): Observation => Object.assign(draft, { id: observationId(draft), observedAt: timeAt(at), cluster: 'bench' }));
  });
}

function containerOf(restart: number): string {
  return `containerd://${restart.toString(16).padStart(4, '0').repeat(16)}`;
}

function timeAt(at: number): string {
  return new Date(at).toISOString();
}

/** The same boot each time, a line every 20 ms, each with its own time stamp and a duration that differs a little. */
function logText(at: number): string {
  const lines = Array.from({ length: logLines }, (_, line) => {
    const time = timeAt(at - livedMs + line * 20);
    return `${time} INFO [main] com.example.shop.Loader - module ${line} of ${logLines} is loaded in ${(line * 7 + at / 1000) % 40} ms`;
  });
  return `${lines.join('\n')}\n`;
}
