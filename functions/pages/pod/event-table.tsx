import type { EventRecord } from '#core/history/event-record.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { EvidenceLink } from '../parts/evidence-link.tsx';
import { Clock } from '../parts/moment.tsx';

const shownEvents = 100;

/** What Kubernetes said of one object, oldest first. */
export function EventTable({ events }: { readonly events: readonly EventRecord[] }) {
  if (events.length === 0) return <p>None was captured.</p>;
  return (
    <div class="scroll" role="group" aria-label="Events" tabindex={0}>
      <table>
        <thead>
          <tr>
            {['UTC', 'Type', 'Reason', 'Message', 'Evidence'].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.slice(-shownEvents).map((event) => (
            <tr class={event.record.type === 'Warning' ? 'is-warning' : ''}>
              <td class="nowrap">
                <Clock at={event.firstAt} />
                {event.lastAt > event.firstAt + 999 ? (
                  <>
                    {' … '}
                    <Clock at={event.lastAt} />
                  </>
                ) : null}
                {event.count > 1 ? ` ×${event.count}` : ''}
              </td>
              <td>{event.record.type === 'Warning' ? '⚠ Warning' : visibleLine(event.record.type, 16)}</td>
              <td>{visibleLine(event.record.reason, 128)}</td>
              <td class="cell-what">{visibleLine(event.message, 400)}</td>
              <td>
                <EvidenceLink id={event.evidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {events.length > shownEvents ? (
        <p class="muted">
          The last {shownEvents} of {events.length}.
        </p>
      ) : null}
    </div>
  );
}
