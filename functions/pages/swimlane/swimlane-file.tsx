import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Swimlane } from '#core/report/swimlane/swimlane.ts';
import { swimlaneStyle } from '../../assets/assets.ts';
import { placeSwimlane, SwimlanePicture } from './swimlane-picture.tsx';

const width = 1200;
const margin = 16;
/** The frame hides names that the page leaves to its own style. */
const style = `svg{font-family:system-ui,sans-serif}${swimlaneStyle}`;

/** The file carries its own style and nothing else that could act. */
export const swimlaneFileHeaders: Readonly<Record<string, string>> = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
};

/** The first page of the picture as a file of its own, for documents that take images. */
export async function renderSwimlaneFile(swimlane: Swimlane, workload: string): Promise<string> {
  const layout = placeSwimlane(swimlane, 1);
  const height = layout.height + 2 * margin;
  const picture = (
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height}>
      <style>{style}</style>
      <rect class="paper" width={width} height={height} />
      <svg x={margin} y={margin} width={width - 2 * margin} height={layout.height}>
        <SwimlanePicture swimlane={swimlane} layout={layout} workload={workload} />
      </svg>
    </svg>
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${await html`${picture}`}\n`;
}
