import { visibleLine } from '#core/report/visible-text.ts';
import type { ImageList } from '../../usecases/list-ledger.ts';
import { ImageName } from '../parts/image-name.tsx';
import { absoluteTime, Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { ImageForm } from './image-form.tsx';
import { TableHead } from '../parts/table-head.tsx';

interface ImagePageProps {
  readonly view: View;
  readonly images: ImageList;
  readonly parameters: Readonly<Record<string, string>>;
}

/** More than a page carries: the filter narrows it, the API has them all. */
const shown = 200;

/** What ran in production at a moment. */
export function ImagePage({ view, images, parameters }: ImagePageProps) {
  const left = images.items.length - shown;
  return (
    <Layout title="What ran when" view={view} current="images">
      <h1>What ran when</h1>
      <ImageForm action="/images" parameters={parameters} />
      <p class="count" role="status">
        {Date.parse(images.at) === 0
          ? 'No data yet.'
          : `${images.items.length} containers of workloads, as of ${absoluteTime(Date.parse(images.at))} UTC`}
      </p>
      {images.items.length === 0 ? (
        <Notice title="No pod is known to have run then.">
          <p>Take another moment, or a wider filter.</p>
        </Notice>
      ) : (
        <table class="cards panel" role="table" aria-label="Images that ran">
          <TableHead titles={['Workload', 'Container', 'Image', 'Pods', 'Since']} />
          <tbody role="rowgroup">
            {images.items.slice(0, shown).map((run) => (
              <tr role="row">
                <th role="rowheader" scope="row" class="cell-workload">
                  {visibleLine(run.workload.name, 253)}{' '}
                  <span class="place">
                    {[run.workload.kind, run.namespace, run.cluster].map((part) => visibleLine(part, 253)).join(' · ')}
                  </span>
                </th>
                <td role="cell">{visibleLine(run.container, 63)}</td>
                <td role="cell">
                  <a class="plain-link" href={`/audit?image=${encodeURIComponent(run.image.digest ?? run.image.ref)}`}>
                    <ImageName image={run.image} />
                  </a>
                </td>
                <td role="cell">
                  {run.pods} {run.pods === 1 ? 'pod' : 'pods'}
                </td>
                <td role="cell" class="cell-time">
                  <Moment at={Date.parse(run.from)} now={view.now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {left > 0 ? <p class="muted">and {left} more: narrow the filter</p> : null}
    </Layout>
  );
}
