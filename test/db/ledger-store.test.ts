import { describe } from 'vitest';
import { createLedgerStore } from '../../db/ledger-store.ts';
import { saveLedger } from '../../db/ledger/save-ledger.ts';
import { describeLedgerStore } from '../conformance/ledger-store.suite.ts';
import { instant } from '../support/build-observations.ts';
import { engines } from '../support/engines.ts';

describe.each(engines)('%s', (_, openEngine) => {
  describeLedgerStore(async () => {
    const database = (await openEngine()).open();
    return {
      ledger: createLedgerStore(database),
      save: (workload, rows) =>
        database.transact((tx) =>
          saveLedger(tx, workload, { from: instant(0), terminations: [], waits: [], rollouts: [], podRuns: [], ...rows }),
        ),
    };
  });
});
