import { stringify } from 'yaml';
import type { Diagnosis } from '../../collector/doctor/examine.ts';
import type { ReviewedAccess } from '../../collector/doctor/review-access.ts';
import { formatTable } from './print-table.ts';

/** What works, what is lost, and the Role that would mend it, each as a block of its own. */
export function formatDoctor({ checks, access, rules }: Diagnosis): string {
  const checked = formatTable(
    ['CHECK', 'OK', 'DETAIL'],
    checks.map(({ name, ok, detail }) => [name, ok ? 'yes' : 'no', detail]),
  );
  const rights = formatTable(
    ['VERB', 'RESOURCE', 'NAMESPACE', 'ALLOWED', 'NEEDED FOR', 'LOST WITHOUT IT'],
    access.map((reviewed) => [
      reviewed.row.verb,
      resourceOf(reviewed),
      reviewed.namespace ?? '*',
      allowedOf(reviewed),
      reviewed.row.neededFor,
      lostOf(reviewed),
    ]),
  );
  const role = `# The least rights for what was chosen; "mortem manifests" prints them with everything around them.\n${stringify({ rules })}`;
  return [checked, ...(access.length === 0 ? [] : [rights]), role].join('\n\n');
}

function resourceOf({ row }: ReviewedAccess): string {
  return row.apiGroup === '' ? row.resource : `${row.resource}.${row.apiGroup}`;
}

function allowedOf({ answer }: ReviewedAccess): string {
  return answer.kind === 'allowed' ? 'yes' : answer.kind === 'denied' ? 'no' : 'unknown';
}

function lostOf({ row, answer }: ReviewedAccess): string {
  if (answer.kind === 'allowed') return '-';
  return answer.reason === undefined ? row.lost : `${row.lost} (${answer.reason})`;
}

/** Versioned: scripts are written against these names. */
export function toDoctorReport({ healthy, checks, access, rules }: Diagnosis): object {
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'DoctorReport',
    healthy,
    checks,
    access: access.map((reviewed) => ({
      verb: reviewed.row.verb,
      apiGroup: reviewed.row.apiGroup,
      resource: reviewed.row.resource,
      ...(reviewed.namespace !== undefined && { namespace: reviewed.namespace }),
      allowed: allowedOf(reviewed),
      neededFor: reviewed.row.neededFor,
      ...(reviewed.answer.kind !== 'allowed' && {
        lost: reviewed.row.lost,
        ...('reason' in reviewed.answer && { reason: reviewed.answer.reason }),
      }),
    })),
    rules,
  };
}
