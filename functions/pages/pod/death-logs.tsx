import { evidenceOf } from '#core/evidence/evidence-id.ts';
import { logOf } from '#core/history/log-of.ts';
import { visibleLine, visibleText } from '#core/report/visible-text.ts';
import type { PodRecords } from '../../usecases/read-pod.ts';
import { EvidenceLink } from '../parts/evidence-link.tsx';

const shownLogs = 4;
/** A log tells most at its end. */
const shownCharacters = 6000;

/** The last logs of the instances that died; each links the record, which has all of it. */
export function DeathLogs({ pod, history }: Pick<PodRecords, 'pod' | 'history'>) {
  const logs = pod.containers.flatMap((container) =>
    container.deaths.flatMap((death) => {
      const log = logOf(history, pod.uid, death);
      return log?.text === undefined || log.text.trim() === '' ? [] : [{ name: container.name, index: death.index, text: log.text, log }];
    }),
  );
  if (logs.length === 0) return <p>None was captured.</p>;
  return (
    <>
      {logs.length > shownLogs ? (
        <p class="muted">
          The last {shownLogs} of {logs.length}.
        </p>
      ) : null}
      {logs.slice(-shownLogs).map(({ name, index, text, log }, position, all) => (
        <details open={position === all.length - 1}>
          <summary>
            {visibleLine(name, 63)}, instance {index}
          </summary>
          <p>
            <EvidenceLink id={evidenceOf(log)} />
          </p>
          <pre class="code log" tabindex={0}>
            <code>{visibleText(text.slice(-shownCharacters)).trimEnd()}</code>
          </pre>
        </details>
      ))}
    </>
  );
}
