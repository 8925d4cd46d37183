import { readFileSync } from 'node:fs';
import { trimPod } from './trim/trim-pod.ts';
import { trimEvent } from './trim/trim-event.ts';
import { trimWorkload } from './trim/trim-workload.ts';
import { climbOwners } from './workload/climb-owners.ts';
const [dir, resource, n] = process.argv.slice(2);
const es = readFileSync(`test/recordings/${dir}/watch.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l))
  .filter((e) => e.resource === resource && e.type !== 'BOOKMARK');
const o = es.at(Number(n)).object;
const w = { kind: 'Deployment', name: 'd', chain: [] };
console.log(
  JSON.stringify(resource === 'pods' ? trimPod(o, w) : resource === 'events' ? trimEvent(o) : trimWorkload(o, o.kind, w), null, 1),
);
