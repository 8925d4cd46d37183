import { KubeConfig } from '@kubernetes/client-node';
import { startReplay } from '../replay/play.ts';
import { loadRecording } from '../replay/load-recording.ts';
import { createCollector } from './create-collector.ts';
import { gunzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { parseLine } from '../core/wire/parse-line.ts';
const verbose = process.env.V;
async function one(dir: string) {
  const rec = await loadRecording(dir);
  let quiet: any;
  const replay = await startReplay({ recordings: [rec], pace: 'lockstep', quiet: (s) => quiet(s) });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(replay.kubeconfig);
  const lines: string[] = [];
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const log = (l: string) => (e: string, f?: any) => verbose && console.log('   ', l, e, JSON.stringify(f));
  const collector = createCollector({
    kubeConfig,
    cluster: 'test',
    name: 'c',
    version: '0',
    namespaces: process.env.NS ? [rec.entries[0]!.object.metadata.namespace!] : [],
    clock: replay.clock,
    random,
    logger: { info: log('I'), warn: log('W'), error: log('E') },
    server: {
      send: async (b) => {
        for (const l of gunzipSync(b.body).toString().trim().split('\n')) lines.push(l);
        return { kind: 'answered', status: 202, body: '{}' };
      },
    },
  });
  quiet = (s: any) => collector.quiet(s);
  const stop = new AbortController();
  const t = performance.now();
  const run = collector.run(stop.signal);
  await replay.play();
  stop.abort();
  await run;
  await replay.close();
  const ms = performance.now() - t;
  const bad = lines.map((l) => parseLine(l)).filter((p) => !p.ok);
  const obs = lines.map((l) => JSON.parse(l));
  const hash = createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 12);
  return { obs, hash, ms, bad, status: collector.status() };
}
const dirs = process.argv.slice(2);
for (const d of dirs) {
  const a = await one(d);
  const b = await one(d);
  const kinds: Record<string, number> = {};
  for (const o of a.obs) {
    const k =
      o.kind === 'coverage'
        ? 'cov:' + o.note
        : o.kind === 'log'
          ? 'log:' + (o.text === undefined ? 'missing' : o.final ? 'final' : 'current')
          : o.kind;
    kinds[k] = (kinds[k] ?? 0) + 1;
  }
  console.log(
    d.split('/').at(-1),
    a.hash === b.hash ? 'SAME' : 'DIFFERENT',
    a.ms.toFixed(0) + 'ms',
    a.bad.length,
    JSON.stringify(kinds),
    a.status.sources.map((s) => s.relists).join(''),
    a.status.sources
      .filter((s) => s.lastFault)
      .map((s) => s.resource + ':' + s.lastFault)
      .join(),
  );
  if (a.hash !== b.hash) {
    const f = (o: any) => JSON.stringify(o);
    const A = new Set(a.obs.map(f)),
      B = new Set(b.obs.map(f));
    for (const x of A) if (!B.has(x)) console.log('  -', x.slice(0, 400));
    for (const x of B) if (!A.has(x)) console.log('  +', x.slice(0, 400));
  }
  if (process.env.LOGS)
    for (const o of a.obs)
      if (o.kind === 'log')
        console.log(
          '  ',
          o.observedAt,
          o.container,
          o.restartCount,
          o.final,
          o.containerID?.slice(-6),
          o.text === undefined ? JSON.stringify(o.missing) : `${o.text.length} ${JSON.stringify(o.truncated)} ${o.text.slice(0, 60)}`,
        );
}
