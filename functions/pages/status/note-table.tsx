import { visibleLine } from '#core/report/visible-text.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import { Moment } from '../parts/moment.tsx';

const shown = 100;

/** What collectors say they did not see or keep, in their words. */
export function NoteTable({ notes }: { readonly notes: readonly CoverageObservation[] }) {
  return (
    <>
      <div class="scroll" role="group" aria-label="What was missed" tabindex={0}>
        <table>
          <thead>
            <tr>
              {['Until', 'Cluster', 'What', 'Where', 'In its words'].map((title) => (
                <th scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {notes.slice(0, shown).map((note) => (
              <tr>
                <td class="nowrap">
                  <Moment at={Date.parse(note.to)} />
                </td>
                <td>{visibleLine(note.cluster, 253)}</td>
                <td class="nowrap">{note.note}</td>
                <td>{visibleLine([note.resource, note.namespace].filter((part) => part !== undefined).join(' in '), 200)}</td>
                <td class="cell-what">{visibleLine(note.reason ?? countsText(note.counts), 300)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {notes.length > shown ? <p class="muted">and {notes.length - shown} more</p> : null}
    </>
  );
}

function countsText(counts: Readonly<Record<string, number>> | undefined): string {
  return Object.entries(counts ?? {})
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
