import { repositoryOf } from '../../incident/image.ts';
import { formatInstant } from '../../time/instant.ts';
import type { DraftInput } from '../draft/draft-input.ts';
import { kindWord } from '../draft/workload-words.ts';
import { withoutAddresses } from '../without-addresses.ts';
import { day } from '../timeline/document.ts';
import { visibleLine } from '../visible-text.ts';

const maxImages = 10;
const longestValue = 300;

/** What documentation tools read of a file. Every value is a quoted string, so no text from outside can be anything else. */
export function frontMatter({ built, span, inputHash }: DraftInput): string {
  const { incident } = built;
  const images = [...new Set(incident.chapters.flatMap(({ image }) => (image === undefined ? [] : [nameOf(image)])))].slice(0, maxImages);
  const lines = [
    `title: ${quoted(`Post-mortem (draft): ${kindWord(incident.workload.kind)} ${incident.workload.name} in ${incident.namespace}, ${day(span.from)}`)}`,
    `id: ${quoted(incident.id)}`,
    'schema: "mortem.dev/draft/v1"',
    'status: "draft"',
    `cluster: ${quoted(incident.cluster)}`,
    `namespace: ${quoted(incident.namespace)}`,
    `workload: ${quoted(`${incident.workload.kind}/${incident.workload.name}`)}`,
    'window:',
    `  from: ${quoted(formatInstant(span.from))}`,
    `  to: ${quoted(formatInstant(span.to))}`,
    ...(images.length === 0 ? ['images: []'] : ['images:', ...images.map((image) => `  - ${quoted(image)}`)]),
    `input: ${quoted(`sha256:${inputHash}`)}`,
  ];
  return `---\n${lines.join('\n')}\n---\n`;
}

function nameOf({ ref, tag, digest }: { readonly ref: string; readonly tag?: string; readonly digest?: string }): string {
  return `${repositoryOf(ref)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Double-quoted YAML, which reads JSON's escapes; lines and controls are gone before. */
function quoted(value: string): string {
  return JSON.stringify(visibleLine(withoutAddresses(value), longestValue));
}
