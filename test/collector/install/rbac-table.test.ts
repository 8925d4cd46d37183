import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseAccess, toPolicyRules } from '../../../collector/install/choose-access.ts';
import { accessTable } from '../../../collector/install/rbac-table.ts';
import { watchedResources } from '../../../collector/watch/watched-resources.ts';

const groupOf = (root: string): string => (root.startsWith('/apis/') ? (root.split('/')[2] ?? '') : '');

test('everything that is watched has a row for list and one for watch, and nothing else has', () => {
  const watched = watchedResources.flatMap(({ root, plural, namespaced }) =>
    ['list', 'watch'].map((verb) => `${verb} ${plural}.${groupOf(root)} ${namespaced}`),
  );
  // Memory samples are asked for now and then, and never watched.
  const rows = accessTable.filter(({ verb, feature }) => verb !== 'get' && feature !== 'usage');
  expect(rows.map(({ verb, resource, apiGroup, namespaced }) => `${verb} ${resource}.${apiGroup} ${namespaced}`).toSorted()).toEqual(
    watched.toSorted(),
  );
});

test('each right is there once, and says what needs it and what is lost', () => {
  const keys = accessTable.map(({ verb, resource, apiGroup }) => `${verb} ${resource}.${apiGroup}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(accessTable.filter(({ neededFor, lost }) => neededFor.length < 20 || lost.length < 20)).toEqual([]);
});

test('the least rules for the whole cluster, and for some namespaces without logs', () => {
  expect(toPolicyRules(chooseAccess({ watchNamespaces: [], logs: true, nodes: true, usage: true }))).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['events', 'nodes'], verbs: ['list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['list', 'watch'] },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['list', 'watch'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
  ]);
  const namespaced = toPolicyRules(chooseAccess({ watchNamespaces: ['shop'], logs: false, nodes: true, usage: false }));
  expect(namespaced.flatMap(({ resources }) => resources)).toEqual([
    'pods',
    'events',
    'deployments',
    'statefulsets',
    'daemonsets',
    'replicasets',
    'jobs',
    'cronjobs',
  ]);
});

test('the documentation has the same table', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/collector.md'), 'utf8');
  const name = (row: (typeof accessTable)[number]) => (row.apiGroup === '' ? row.resource : `${row.resource}.${row.apiGroup}`);
  expect(page.match(/^\| (?:get|list|watch) \|.*$/gm)).toEqual(
    accessTable.map((row) => `| ${row.verb} | ${name(row)} | ${row.neededFor} | ${row.lost} |`),
  );
});
