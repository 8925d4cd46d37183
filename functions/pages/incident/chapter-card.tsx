import type { BuiltIncident } from '#core/incident/build-incidents.ts';
import type { Chapter } from '#core/incident/incident.ts';
import { causeWords } from '#core/causes/cause-meanings.ts';
import { kubectlFor } from '#core/report/draft/kubectl.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { rules } from '#core/rules/registry.ts';
import { EvidenceLinks } from '../parts/evidence-link.tsx';
import { Facts } from '../parts/facts.tsx';
import { ImageName } from '../parts/image-name.tsx';
import { Clock } from '../parts/moment.tsx';
import { PodLinks } from './pod-links.tsx';

interface ChapterCardProps {
  readonly chapter: Chapter;
  readonly number: number;
  /** Absent when the records it was made from are gone. */
  readonly built?: BuiltIncident;
}

/** One symptom on one image: what, in which phase, why, and what to look at first. */
export function ChapterCard({ chapter, number, built }: ChapterCardProps) {
  const { image, container, containerRole, terminations } = chapter;
  const meaning = causeWords(chapter.cause);
  return (
    <li class="chapter" id={`chapter-${number}`}>
      <div class="chapter-head">
        <span class="chapter-number" aria-hidden="true">
          {number}
        </span>
        <h3>
          <span class="symptom">{chapter.symptom}</span> <span class="phase-tag">in {chapter.phase}</span>
        </h3>
        <span class="chapter-times">
          <Clock at={Date.parse(chapter.firstAt)} /> – <Clock at={Date.parse(chapter.lastAt)} />
        </span>
      </div>
      <p class="chapter-cause">
        <code>{visibleLine(chapter.cause, 80)}</code>
        {meaning === undefined ? '' : ` ${meaning}`} <span class={`basis basis-${chapter.basis}`}>{chapter.basis}</span>
      </p>
      <p class="chapter-summary">{visibleLine(chapter.summary, 400)}</p>
      <Facts
        facts={[
          ['Image', image === undefined ? 'none' : <ImageName image={image} />],
          ...(container === undefined
            ? []
            : [['Container', `${visibleLine(container, 63)}${containerRole === 'app' ? '' : ` (${containerRole ?? ''})`}`] as const]),
          ...(terminations === 0 ? [] : [['Deaths', String(terminations)] as const]),
          ['Pods', <PodLinks names={chapter.pods} {...(built === undefined ? {} : { built })} />],
          ['Evidence', <EvidenceLinks ids={chapter.evidence} />],
        ]}
      />
      <CheckFirst chapter={chapter} {...(built === undefined ? {} : { built })} />
    </li>
  );
}

/** The row of the decision table, and the command with real names in it. */
function CheckFirst({ chapter, built }: Omit<ChapterCardProps, 'number'>) {
  const rule = rules.find(({ id }) => id === chapter.rule);
  if (rule === undefined) return null;
  const command = commandFor(chapter, built);
  return (
    <div class="check-first">
      <p>
        <strong>Check first:</strong> {rule.inspectFirst.join(', ')}.
      </p>
      {command === undefined ? null : (
        <pre class="command" tabindex={0}>
          <code>{command}</code>
        </pre>
      )}
    </div>
  );
}

function commandFor({ pods, container, failurePoint, phase, terminations }: Chapter, built: BuiltIncident | undefined): string | undefined {
  const pod = pods.at(-1);
  if (built === undefined) return undefined;
  const kubectl = kubectlFor(built.workload);
  if (pod === undefined) return kubectl.events;
  return terminations > 0 && failurePoint !== 'before-start' && phase !== 'lost'
    ? kubectl.logs(pod, container, true)
    : kubectl.describe(pod);
}
