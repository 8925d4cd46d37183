import type { Image } from '#core/incident/incident.ts';
import { hashText } from '#core/wire/observation-id.ts';
import type { Release } from './story.ts';

/** An app has the same images in every cluster: what is bad in one is bad in all. */
export function imageOf(app: string, { version, tagOf = version, symptom }: Pick<Release, 'version' | 'tagOf' | 'symptom'>): Image {
  const tag = `v${tagOf}`;
  const ref = `registry.example/${app}:${tag}`;
  return symptom === 'ImagePullBackOff' ? { ref, tag } : { ref, tag, digest: digestOf(app, version) };
}

export function digestOf(app: string, version: number): string {
  return `sha256:${hashText(`${app}/${version}`)}`;
}
