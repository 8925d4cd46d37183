import type { Image } from './incident.ts';

/**
 * @param ref as the pod spec writes it: `[host/]repository[:tag][@digest]`
 * @param imageID from the container status: `repository@sha256:…` of the manifest, or a bare config digest for a local import
 */
export function toImage(ref: string, imageID?: string): Image {
  const at = ref.indexOf('@');
  const named = at === -1 ? ref : ref.slice(0, at);
  const colon = named.lastIndexOf(':');
  // A colon before the last slash separates a registry's port.
  const tag = colon > named.lastIndexOf('/') ? named.slice(colon + 1) : undefined;
  const digest = digestOf(imageID) ?? (at === -1 ? undefined : ref.slice(at + 1));
  return { ref, ...(tag === undefined || tag === '' ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function digestOf(imageID: string | undefined): string | undefined {
  return /sha256:[0-9a-f]{64}$/.exec(imageID ?? '')?.[0];
}

/** The repository without registry host, tag and digest: `platform/api`. */
export function repositoryOf(ref: string): string {
  const named = ref.split('@')[0] ?? ref;
  const colon = named.lastIndexOf(':');
  const path = colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
  const [host = '', ...rest] = path.split('/');
  const isHost = rest.length > 0 && (host.includes('.') || host.includes(':') || host === 'localhost');
  return isHost ? rest.join('/') : path;
}

/** `2026-04-22@sha256:6f48f909fb53`, or what of it is known. */
export function shortImage(image: Image): string {
  const digest = image.digest === undefined ? undefined : image.digest.slice(0, 'sha256:'.length + 12);
  const tag = image.tag ?? (digest === undefined ? image.ref : undefined);
  return [tag, digest].filter((part) => part !== undefined).join('@');
}

/** `platform/api:2026-04-22@sha256:6f48f909fb53`: what a person says of an image, without the registry's host. */
export function imageName(image: Image): string {
  const tag = image.tag === undefined ? '' : `:${image.tag}`;
  const digest = image.digest === undefined ? '' : `@${image.digest.slice(0, 'sha256:'.length + 12)}`;
  return `${repositoryOf(image.ref)}${tag}${digest}`;
}
