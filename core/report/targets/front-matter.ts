import { repositoryOf } from '../../incident/image.ts';
import { formatInstant } from '../../time/instant.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { kindWord } from '../draft/workload-words.ts';
import { withoutAddresses } from '../without-addresses.ts';
import { day } from '../timeline/document.ts';
import { visibleLine } from '../visible-text.ts';

const maxImages = 10;
const longestValue = 300;

export interface FrontMatter {
  readonly kind: 'timeline' | 'draft';
  readonly built: BuiltIncident;
  readonly inputHash: string;
  /** `draft`, or the state of the incident. */
  readonly status: string;
}

/** What documentation tools read of a file. Every value is a quoted string, so no text from outside can be anything else. */
export function frontMatter({ kind, built, inputHash, status }: FrontMatter): string {
  const { incident, group, workload } = built;
  const span = { from: group.onsetAt, to: group.recoveredAt ?? group.endedAt ?? workload.now };
  const name = kind === 'draft' ? 'Post-mortem (draft)' : 'Timeline';
  const symptoms = [...new Set(incident.chapters.map(({ symptom }) => symptom))];
  const phases = [...new Set(incident.chapters.map(({ phase }) => phase))];
  const images = [...new Set(incident.chapters.flatMap(({ image }) => (image === undefined ? [] : [nameOf(image)])))].slice(0, maxImages);
  const lines = [
    `title: ${quoted(`${name}: ${kindWord(incident.workload.kind)} ${incident.workload.name} in ${incident.namespace}, ${day(span.from)}`)}`,
    `id: ${quoted(incident.id)}`,
    `schema: ${quoted(`mortem.dev/${kind}/v1`)}`,
    `status: ${quoted(status)}`,
    `tags: [${[kind === 'draft' ? 'post-mortem' : 'timeline', ...symptoms].map(quoted).join(', ')}]`,
    `cluster: ${quoted(incident.cluster)}`,
    `namespace: ${quoted(incident.namespace)}`,
    `workload: ${quoted(`${incident.workload.kind}/${incident.workload.name}`)}`,
    'window:',
    `  from: ${quoted(formatInstant(span.from))}`,
    `  to: ${quoted(formatInstant(span.to))}`,
    `phases: [${phases.map(quoted).join(', ')}]`,
    ...(images.length === 0 ? ['images: []'] : ['images:', ...images.map((image) => `  - ${quoted(image)}`)]),
    `coverage: ${quoted(`${incident.coverage.terminationsSeen} of ${incident.coverage.terminationsKnown} terminations captured`)}`,
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
