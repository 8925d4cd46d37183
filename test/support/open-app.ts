import { onTestFinished } from 'vitest';
import type { Clock } from '#core/ports.ts';
import type { Incident } from '#core/incident/incident.ts';
import type { StoredDocument } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { compose, type Deps } from '../../functions/compose.ts';
import type { TrustedIssuer } from '../../functions/trust.ts';
import { createRecordingLogger, type RecordingLogger } from './recording-logger.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface OpenApp {
  readonly deps: Deps;
  readonly logger: RecordingLogger;
  /** Stores an incident of the workload that the records belong to. */
  readonly save: (incident: Incident, documents: readonly StoredDocument[], records: readonly Observation[]) => Promise<void>;
}

export interface OpenAppOptions {
  readonly openReads?: boolean;
  readonly clock?: Clock;
  readonly trust?: readonly TrustedIssuer[];
}

/** Real dependencies in a directory of their own, with incidents as the test wants them. */
export async function openApp({ openReads = true, clock, trust = [] }: OpenAppOptions = {}): Promise<OpenApp> {
  const logger = createRecordingLogger();
  const dataDir = await temporaryDirectory();
  const options = { logger, openReads, listensOnLoopback: true, ...(clock !== undefined && { clock }) };
  const deps = compose({ dataDir, logLevel: 'silent', trust }, options);
  onTestFinished(() => deps.close());
  return {
    deps,
    logger,
    async save(incident, documents, records) {
      const { touched } = await deps.store.indexObservations(incident.cluster, records);
      for (const workload of touched) await deps.store.saveIncidents(workload, [{ incident, documents }], 1);
    },
  };
}
