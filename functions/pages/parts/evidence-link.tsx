import type { EvidenceId } from '#core/evidence/evidence-id.ts';

/** Eight digits are what people read; the address has them all. */
export function EvidenceLink({ id }: { readonly id: EvidenceId }) {
  return (
    <a class="evidence" href={`/evidence/${id}`}>
      {id.slice(0, 'EV-'.length + 8)}
    </a>
  );
}

interface EvidenceLinksProps {
  readonly ids: readonly EvidenceId[];
  readonly max?: number;
}

export function EvidenceLinks({ ids, max = 3 }: EvidenceLinksProps) {
  const left = ids.length - max;
  return (
    <span class="evidence-links">
      {ids.slice(0, max).map((id) => (
        <>
          <EvidenceLink id={id} />{' '}
        </>
      ))}
      {left > 0 ? <span class="muted">and {left} more</span> : null}
    </span>
  );
}

/** An evidence id out of the ledger, which keeps it as text. */
export function EvidenceText({ id }: { readonly id: string }) {
  return isEvidenceId(id) ? <EvidenceLink id={id} /> : null;
}

function isEvidenceId(text: string): text is EvidenceId {
  return /^EV-[0-9a-f]{16}$/.test(text);
}
