import type { Incident } from '#core/incident/incident.ts';

const signs = { open: '●', recovered: '✓', ended: '■' } as const;

/** Shape and word; the colour only repeats them. */
export function StatusBadge({ incident: { status, settled } }: { readonly incident: Pick<Incident, 'status' | 'settled'> }) {
  return (
    <span class={`badge badge-${status}`}>
      <span aria-hidden="true">{signs[status]}</span> {status}
      {status === 'recovered' && !settled ? ', not settled' : ''}
    </span>
  );
}
