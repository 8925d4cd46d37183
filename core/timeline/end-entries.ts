import { jobEnd, jobsOf } from '../history/jobs.ts';
import { toImage } from '../incident/image.ts';
import type { BuiltIncident } from '../incident/build-incidents.ts';
import { evidenceAt } from '../report/facts/evidence-at.ts';
import { howItEnded } from '../report/facts/how-it-ended.ts';
import { quote, words } from '../report/inline.ts';
import { objectName } from '../report/object-name.ts';
import type { Entry } from './entry.ts';

/** The Jobs that gave up within the incident, and the end of the workload itself. */
export function endEntries(built: BuiltIncident): readonly Entry[] {
  const jobs = failedJobs(built);
  const { workload, group } = built;
  const { endedAt } = group;
  const told = workload.key.kind === 'Job' && jobs.length > 0;
  const evidence = endedAt === undefined || told ? undefined : evidenceAt(workload, endedAt);
  if (endedAt === undefined || evidence === undefined) return jobs;
  const end: Entry = {
    times: [endedAt],
    span: 'point',
    phase: 'termination',
    what: [words(howItEnded(workload, endedAt))],
    object: objectName(workload.key.kind, workload.key.name),
    evidence: [evidence],
    rank: 2,
  };
  return [...jobs, end];
}

function failedJobs({ workload, group }: BuiltIncident): readonly Entry[] {
  const until = group.recoveredAt ?? group.endedAt ?? workload.now;
  return jobsOf(workload).flatMap((job): readonly Entry[] => {
    const end = jobEnd(job);
    if (end === undefined || end.at < group.onsetAt || end.at > until) return [];
    const [first] = job.latest.containers;
    const { reason = end.condition.type, message } = end.condition;
    const why = message === undefined || message === '' ? reason : `${reason}: ${message}`;
    return [
      {
        times: [end.at],
        span: 'point',
        phase: 'termination',
        what: [words(end.condition.type === 'Failed' ? 'the Job failed for good: ' : 'the Job gives up: '), quote(why, 140)],
        object: objectName('Job', job.name),
        evidence: [end.state.evidence],
        rank: 1,
        ...(first === undefined ? {} : { image: toImage(first.image) }),
      },
    ];
  });
}
