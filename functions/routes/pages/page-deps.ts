import type { Clock, IncidentStore, Logger } from '#core/ports.ts';
import type { LedgerDeps } from '../ledger.ts';
import type { ReadScopeDeps } from '../../usecases/read-scope.ts';
import type { RecentRecords } from '../../usecases/recent-records.ts';
import type { Sessions } from '../../usecases/sessions.ts';

export interface PageDeps extends ReadScopeDeps, LedgerDeps {
  readonly store: Pick<
    IncidentStore,
    | 'incidents'
    | 'incidentPage'
    | 'incident'
    | 'document'
    | 'evidence'
    | 'incidentsNamed'
    | 'observationsOf'
    | 'observationsAbout'
    | 'coverageSince'
    | 'clusters'
    | 'collectors'
    | 'watermark'
    | 'pendingBatches'
    | 'quarantinedBatches'
  >;
  readonly sessions: Sessions;
  readonly recent: RecentRecords;
  readonly clock: Clock;
  readonly logger: Logger;
}
