import type { DocumentVersionList } from '../../functions/usecases/list-document-versions.ts';
import { formatTable } from './print-table.ts';

/** What was stored of a document, as a table. */
export function formatVersions({ incident, document, items }: DocumentVersionList): string {
  if (items.length === 0) return `No ${document} of ${incident} was stored yet: that happens when it has settled or ended.`;
  return formatTable(
    ['VERSION', 'DATA-THROUGH', 'INPUT'],
    items.map(({ version, dataThrough, inputHash }) => [String(version), dataThrough, `sha256:${inputHash.slice(0, 16)}`]),
  );
}
