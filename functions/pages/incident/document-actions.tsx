import type { Incident } from '#core/incident/incident.ts';

interface DocumentActionsProps {
  readonly incident: Pick<Incident, 'id'>;
  readonly hasRecords: boolean;
}

/** What can be taken away from the page. */
export function DocumentActions({ incident: { id }, hasRecords }: DocumentActionsProps) {
  return (
    <div class="actions">
      <a class="button" href={`/incidents/${id}/timeline`}>
        Timeline
      </a>
      <a class="button" href={`/incidents/${id}/draft`}>
        Post-mortem draft
      </a>
      <CopyMarkdown address={`/incidents/${id}/timeline.md`} label="Copy timeline as Markdown" />
      {hasRecords ? (
        <a class="button quiet" href={`/incidents/${id}/swimlane.svg`} download={`${id}.svg`}>
          Picture (SVG)
        </a>
      ) : null}
      <a class="button quiet" href={`/incidents/${id}/incident.json`} download={`${id}.json`}>
        JSON
      </a>
    </div>
  );
}

/** Shown by the script where the browser has a clipboard; the links beside it do the same by hand. */
export function CopyMarkdown({ address, label }: { readonly address: string; readonly label: string }) {
  return (
    <>
      <button type="button" class="quiet" data-copy={address} aria-describedby="copy-status" hidden>
        {label}
      </button>
      <span id="copy-status" class="copy-status" role="status"></span>
    </>
  );
}
