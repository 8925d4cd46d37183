import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { rebuildWorkloads } from '../../../functions/usecases/rebuild-workloads.ts';
import { crashingPods } from '../../support/crashing-pods.ts';
import { openApp } from '../../support/open-app.ts';

const maxBytes = 200 * 1024;

test('no page about five hundred failing pods is larger than 200 KB', { timeout: 240_000 }, async () => {
  const { deps } = await openApp();
  const { touched } = await deps.store.indexObservations('test', crashingPods(500));
  await rebuildWorkloads(deps, touched);
  const [incident] = await deps.store.incidents({});
  const app = createApp(deps);
  const base = `/incidents/${incident!.id}`;
  const paths = [
    '/incidents',
    base,
    `${base}?pods=17&rows=9`,
    `${base}/timeline`,
    `${base}/draft`,
    '/pods/test/pod-7',
    '/trends/oomkilled',
    '/audit?workload=deploy/api',
    '/images',
    '/status',
  ];
  const sizes: Record<string, number> = {};
  for (const path of paths) {
    const response = await app.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    sizes[path] = (await response.arrayBuffer()).byteLength;
  }
  expect(Object.entries(sizes).filter(([, bytes]) => bytes > maxBytes)).toEqual([]);
  const page = await (await app.request(base)).text();
  expect(page).toContain('Pods 1 to 30 of 500, failing ones first');
  expect(page.match(/class="lane"/g)).toHaveLength(30);
});
