import { stringify } from 'yaml';
import { buildManifests } from '../../collector/install/build-manifests.ts';
import type { ManifestOptions } from '../../collector/install/manifest-options.ts';

/** The objects as one YAML document each, or as one JSON List. */
export function formatManifests(options: ManifestOptions, output: 'yaml' | 'json'): string {
  const items = buildManifests(options);
  if (output === 'json') return JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2);
  // Labels are shared objects here; anchors and aliases would be legal YAML that nobody wants to review.
  return items.map((item) => `---\n${stringify(item, { aliasDuplicateObjects: false, lineWidth: 0, singleQuote: true })}`).join('');
}
