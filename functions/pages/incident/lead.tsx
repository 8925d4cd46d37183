import { phases } from '#core/incident/vocabulary.ts';
import type { Chapter, Incident } from '#core/incident/incident.ts';
import { ImageName } from '../parts/image-name.tsx';

/** The answer in three lines: what failed first and where, what came of it, what ended it. */
export function Lead({ incident }: { readonly incident: Incident }) {
  const { chapters } = incident;
  const first = firstFailing(chapters);
  if (first === undefined) return null;
  const others = chapters.filter((chapter) => chapter !== first);
  return (
    <div class="lead">
      <p>
        <span class="lead-word">First failed</span> in <strong>{first.phase}</strong> with <strong class="symptom">{first.symptom}</strong>
        <OnImage chapter={first} />
      </p>
      {others
        .map((chapter) => (
          <p>
            <span class="lead-word">Then</span> in <strong>{chapter.phase}</strong> with <strong class="symptom">{chapter.symptom}</strong>
            <OnImage chapter={chapter} />
          </p>
        ))
        .slice(0, 3)}
      {others.length > 3 ? <p class="muted">and {others.length - 3} more chapters below</p> : null}
      <p>
        <Ending incident={incident} />
      </p>
    </div>
  );
}

function OnImage({ chapter }: { readonly chapter: Chapter }) {
  return chapter.image === undefined ? null : (
    <>
      {' '}
      on <ImageName image={chapter.image} />
    </>
  );
}

function Ending({ incident: { status, mitigation } }: { readonly incident: Incident }) {
  if (status === 'open') return <span class="lead-word">Not over yet</span>;
  if (status === 'ended') return <span class="lead-word">Ended with its workload</span>;
  if (mitigation.kind === 'none') return <span class="lead-word">Recovered, and no change was seen in between</span>;
  return (
    <>
      <span class="lead-word">Recovered after</span> a <strong>{mitigation.kind.replace('-', ' ')}</strong>
      {mitigation.toImage === undefined ? null : (
        <>
          {' '}
          to <ImageName image={mitigation.toImage} />
        </>
      )}
      <span class="muted"> (the last change before the recovery)</span>
    </>
  );
}

/** Of the chapters that began at the same moment the one that failed earliest in the lifecycle. */
export function firstFailing(chapters: readonly Chapter[]): Chapter | undefined {
  return chapters.toSorted((a, b) => Date.parse(a.firstAt) - Date.parse(b.firstAt) || phases.indexOf(a.phase) - phases.indexOf(b.phase))[0];
}
