import type { Incident } from '#core/incident/incident.ts';
import type { ReportedIncident } from '#core/report/report-incidents.ts';
import type { WorkloadReport } from '#core/report/report-workload.ts';
import type { StoredDocument } from '#core/store-model.ts';
import { at } from './build-observations.ts';

/** An open incident of Deployment `api`, as a store keeps it. */
export function incident(fields: Partial<Incident> = {}): Incident {
  return {
    id: 'INC-1111111111111111',
    aliases: [],
    cluster: 'test',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'api' },
    status: 'open',
    settled: false,
    onsetAt: at(10),
    mitigation: { kind: 'none', evidence: [] },
    chapters: [
      {
        symptom: 'CrashLoopBackOff',
        reason: 'CrashLoopBackOff',
        phase: 'running',
        failurePoint: 'running',
        cause: 'unknown-app-exit',
        basis: 'observed',
        summary: 'Container app exits with 1.',
        rule: 'crash-loop',
        container: 'app',
        containerRole: 'app',
        pods: ['api-7d9f-abcde'],
        firstAt: at(10),
        lastAt: at(20),
        terminations: 2,
        evidence: ['EV-aaaaaaaaaaaaaaaa'],
      },
    ],
    coverage: { terminationsSeen: 2, terminationsKnown: 2, gaps: [] },
    ...fields,
  };
}

export function timeline(fields: Partial<StoredDocument> = {}): StoredDocument {
  return { kind: 'timeline', markdown: '# Timeline\n', watermark: 1, inputHash: 'f'.repeat(64), ...fields };
}

/** What the rules say of a workload whose ledger is of no interest. */
export function workloadReport(incidents: readonly ReportedIncident[]): WorkloadReport {
  return { incidents, ledger: { from: 0, terminations: [], waits: [], rollouts: [], podRuns: [] } };
}
