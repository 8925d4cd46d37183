import BetterSqlite from 'better-sqlite3';

/** What stands in for a column of a copied row; a column that is not named here is copied as it is. */
type Copied = Readonly<Record<string, string>>;

const again = (column: string): string => `${column} || :tag`;
const later = (column: string): string => `${column} + :ms`;
const ofWorkload: Copied = { workload_name: again('workload_name') };
const afterHours = 'hour + :ms / 3600000';
const counter = `cast(substr(key, 2, instr(key, '.') - 2) as integer) + :counters`;

/**
 * What ingest leaves of a workload that settled, table by table. The bodies of the records are left out, which are most of the
 * bytes and are read only when a workload is built: what is indexed is as it would be.
 */
const tables: Readonly<Record<string, Copied>> = {
  observations: {
    key: `char(97 + length(${counter})) || (${counter}) || substr(key, instr(key, '.')) || :tag`,
    // An object of its own each: of one that has many records the schedule would unpack the bodies.
    subject: `${again('subject')} || '.' || (${counter})`,
    observed_at: later('observed_at'),
    hour: afterHours,
    evidence: again('evidence'),
    body: `'{}'`,
  },
  deaths: { hour: afterHours, evidence: again('evidence'), observed_at: later('observed_at') },
  objects: { ...ofWorkload, uid: again('uid'), name_key: again('name_key'), gone_at: later('gone_at') },
  links: { uid: again('uid') },
  workloads: { name: again('name'), unsettled: '0', active_until: '0', first_at: later('first_at'), last_at: later('last_at') },
  incidents: { ...ofWorkload, id: again('id'), status: `'recovered'`, onset_at: later('onset_at'), over_at: later('onset_at') },
  incident_ids: { alias: again('alias'), incident_id: again('incident_id') },
  pod_runs: { ...ofWorkload, from_at: later('from_at'), pod_uid: again('pod_uid'), until_at: later('until_at') },
  rollouts: { ...ofWorkload, at: later('at'), evidence: again('evidence') },
  terminations: { ...ofWorkload, finished_at: later('finished_at'), evidence: again('evidence'), pod_uid: again('pod_uid') },
  waits: { ...ofWorkload, from_at: later('from_at'), evidence: again('evidence') },
};

/** How far each copy is from the one before it. */
export interface Distance {
  readonly ms: number;
  readonly counters: number;
}

/** Copies all that is stored, so many times, each time as other workloads of a later time. Nobody else may have the database open. */
export function multiplyRecords(path: string, times: number, { ms, counters }: Distance): void {
  const client = new BetterSqlite(path);
  const round = Number(client.prepare('select count(*) from observations').pluck().get());
  // Each page once, where it belongs: a crash may lose a bench. Whoever opens it next sets the log again.
  client.pragma('journal_mode = delete');
  client.pragma('journal_mode = off');
  client.pragma('synchronous = off');
  client.pragma('cache_size = -2000000');
  for (const [table, copied] of Object.entries(tables)) {
    client.exec(`create temporary table template_${table} as select * from ${table}`);
    const names = client.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table);
    const insert = client.prepare(
      `insert into main.${table} (${names.join(', ')}) select ${names.map((name) => copied[name] ?? name).join(', ')} from template_${table}`,
    );
    const insertAll = client.transaction(() => {
      for (let time = 1; time <= times; time += 1) {
        insert.run(binding(insert.source, { tag: `.${round}.${time}`, ms: ms * time, counters: counters * time }));
      }
    });
    insertAll();
  }
  client.close();
}

/** A statement refuses values that it does not name. */
function binding(source: string, values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => source.includes(`:${name}`)));
}
