import type { AuditedRollout, Replacement } from '#core/audit/rollback-audit.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import { EvidenceText } from '../parts/evidence-link.tsx';
import { ImageName } from '../parts/image-name.tsx';
import { Moment } from '../parts/moment.tsx';

/** More rollouts than a person compares. */
const shown = 40;
const verdictWords = {
  ended: { sign: '✓', words: 'symptom not seen again', tone: 'recovered' },
  returned: { sign: '▲', words: 'the symptom returned', tone: 'open' },
  continued: { sign: '✕', words: 'the symptom went on', tone: 'open' },
} as const;

/** The rollouts of one container of one workload, oldest first: each with what failed on it and what came next. */
export function AuditGroup({ rollouts }: { readonly rollouts: readonly AuditedRollout[] }) {
  const [first] = rollouts;
  if (first === undefined) return null;
  const left = rollouts.length - shown;
  return (
    <section class="audit">
      <h2>
        {visibleLine(first.workload.name, 253)}{' '}
        <span class="place">
          {[first.workload.kind, first.namespace, first.cluster, `container ${first.container}`]
            .map((part) => visibleLine(part, 253))
            .join(' · ')}
        </span>
      </h2>
      {left > 0 ? (
        <p class="muted">
          The last {shown} of {rollouts.length} rollouts.
        </p>
      ) : null}
      <ol class="rollouts">
        {rollouts.slice(-shown).map((rollout) => (
          <Rollout rollout={rollout} />
        ))}
      </ol>
    </section>
  );
}

function Rollout({ rollout }: { readonly rollout: AuditedRollout }) {
  const { kind, revision, of, to, failures, incidents, replacedBy, livedSeconds, current } = rollout;
  return (
    <li class={`rollout rollout-${failures.length > 0 ? 'failed' : 'calm'}${rollout.matched ? ' rollout-matched' : ''}`}>
      <p class="rollout-head">
        <strong>
          {kind === 'rollback' ? '↩ rollback' : kind}
          {revision === undefined ? '' : ` ${visibleLine(revision, 24)}`}
        </strong>
        {of === undefined ? '' : ` of ${visibleLine(of, 24)}`} to <ImageName image={to} />
        <span class="muted">
          {' '}
          · <Moment at={Date.parse(rollout.at)} /> · {current ? 'runs for' : 'lived'} {describeDuration(livedSeconds * 1000)}
        </span>
      </p>
      <p>{visibleLine(rollout.summary, 400)}</p>
      {failures.length === 0 ? null : (
        <ul class="failures">
          {failures.slice(0, 5).map((failure) => (
            <li>
              <strong>✕ {visibleLine(failure.symptom, 63)}</strong>
              {failure.deaths === 0 ? '' : ` ×${failure.deaths}`} <code>{visibleLine(failure.cause, 80)}</code>{' '}
              <EvidenceText id={failure.evidence} />
            </li>
          ))}
        </ul>
      )}
      <p class="rollout-foot">
        {replacedBy === undefined ? null : <Verdict replacement={replacedBy} failed={failures.length > 0} />}
        {incidents.slice(0, 3).map((id) => (
          <>
            {' '}
            <a href={`/incidents/${encodeURIComponent(id)}`}>{visibleLine(id, 40)}</a>
          </>
        ))}{' '}
        <EvidenceText id={rollout.evidence} />
      </p>
    </li>
  );
}

function Verdict({ replacement, failed }: { readonly replacement: Replacement; readonly failed: boolean }) {
  const { verdict, kind, quietSeconds } = replacement;
  if (verdict === undefined)
    return (
      <span class="muted">
        replaced by a {kind}, {failed ? 'when the symptom was over already' : 'nothing had failed'}
      </span>
    );
  const { sign, words, tone } = verdictWords[verdict];
  return (
    <span class={`badge badge-${tone}`}>
      <span aria-hidden="true">{sign}</span> the {kind} after it: {words}
      {quietSeconds === undefined || verdict === 'continued' ? '' : `, ${describeDuration(quietSeconds * 1000)} quiet`}
    </span>
  );
}
