/** Bounded, so that no text can make it slow; a digest (`@sha256:…`) has no dot and letters behind its `@`. */
const address = /[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g;
const longestAuthority = 200;

/** E-mail addresses replaced: a document about a system has no use for the names of people. A URL's `user@host` is none. */
export function withoutAddresses(text: string): string {
  if (!text.includes('@')) return text;
  return text.replaceAll(address, (found: string, offset: number) => {
    const before = text.slice(Math.max(0, offset - longestAuthority), offset);
    return /:\/\/[^\s/]*$/.test(before) ? found : '(address removed)';
  });
}
