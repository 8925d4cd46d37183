import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseManifestOptions } from '../../../cli/input/parse-manifest-options.ts';
import { formatManifests } from '../../../cli/output/format-manifests.ts';
import { kubeconfigFor } from '../../../replay/kubeconfig.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { combinations } from '../manifest-combinations.ts';
import { startDiscoveryServer } from './discovery-server.ts';

/**
 * What kubectl itself says of the manifests: that it can read them, and knows their kinds and where they belong. It has no
 * descriptions of fields without a real API server, hence `--validate=false`: those are checked against the models of the client.
 */

async function kubectl(...args: readonly string[]): Promise<string> {
  const folder = await temporaryDirectory();
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(await startDiscoveryServer()));
  const env = { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(folder, 'cache') };
  const { stdout } = await promisify(execFile)('kubectl', [...args], { env, maxBuffer: 100_000_000 });
  return stdout;
}

const dryRun = ['apply', '--dry-run=client', '--validate=false', '-o', 'name'];

test('every object of every combination is one that kubectl would apply', async () => {
  const documents = combinations.flatMap((flags) =>
    formatManifests(parseManifestOptions(flags), 'yaml')
      .split(/^---\n/m)
      .slice(1),
  );
  const distinct = [...new Set(documents)];
  expect(distinct.length).toBeGreaterThan(100);
  const file = join(await temporaryDirectory(), 'all.yaml');
  writeFileSync(file, distinct.map((document) => `---\n${document}`).join(''));
  const wanted = parseAllDocuments(distinct.map((document) => `---\n${document}`).join('')).map((document) => {
    const { kind, metadata } = document.toJS() as { kind: string; metadata: { name: string } };
    return `${kind.toLowerCase()}/${metadata.name}`;
  });
  const applied = (await kubectl(...dryRun, '-f', file)).trim().split('\n');
  expect(applied.map((name) => name.replace(/^([a-z]+)[^/]*/, '$1'))).toEqual(wanted);
});

test('kubectl does find what is wrong', async () => {
  const file = join(await temporaryDirectory(), 'spoiled.yaml');
  const spoiled = formatManifests(parseManifestOptions(combinations[0]!), 'yaml').replace('kind: Deployment', 'kind: Deploymet');
  writeFileSync(file, spoiled);
  await expect(kubectl(...dryRun, '-f', file)).rejects.toThrow('no matches for kind "Deploymet"');
});

test('the List of -o json, and the folder deploy/ as a kustomization', async () => {
  const file = join(await temporaryDirectory(), 'list.json');
  writeFileSync(file, formatManifests(parseManifestOptions(combinations[0]!), 'json'));
  expect((await kubectl(...dryRun, '-f', file)).trim().split('\n')).toContain('deployment.apps/mortem-collector');
  const kustomized = await kubectl(...dryRun, '-k', join(import.meta.dirname, '../../../deploy'));
  expect(kustomized.trim().split('\n').toSorted()).toEqual([
    'clusterrole.rbac.authorization.k8s.io/mortem-collector',
    'clusterrolebinding.rbac.authorization.k8s.io/mortem-collector',
    'deployment.apps/mortem-collector',
    'namespace/mortem',
    'serviceaccount/mortem-collector',
  ]);
});
