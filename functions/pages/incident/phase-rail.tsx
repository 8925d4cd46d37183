import type { Chapter } from '#core/incident/incident.ts';
import { phases } from '#core/incident/vocabulary.ts';

/** The lifecycle from left to right, with the phases in which this incident failed. */
export function PhaseRail({ chapters }: { readonly chapters: readonly Chapter[] }) {
  return (
    <ol class="rail" aria-label="Lifecycle phases of a pod, and the chapters that failed in them">
      {phases.map((phase) => {
        const failed = chapters.flatMap((chapter, index) => (chapter.phase === phase ? [index + 1] : []));
        if (failed.length === 0) {
          return (
            <li class="rail-step">
              <span class="rail-dot" aria-hidden="true"></span>
              <span class="rail-name">{phase}</span>
            </li>
          );
        }
        return (
          <li class="rail-step rail-failed">
            <span class="rail-dot" aria-hidden="true">
              ✕
            </span>
            <span class="rail-name">{phase}</span>
            <span class="rail-chapters">
              {failed.length === 1 ? 'chapter ' : 'chapters '}
              {failed.map((number, index) => (
                <>
                  {index === 0 ? '' : ', '}
                  <a href={`#chapter-${number}`}>{number}</a>
                </>
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
