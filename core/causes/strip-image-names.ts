/** Words with a slash that belong to the errors themselves and not to a name. */
const wordsWithSlash = new Set(['i/o', 'username/password']);

/** Lower case only: `Client.Timeout` is a word of Go's, `registry.example` a host. */
const hostLabel = /^[a-z0-9_-]{1,63}$/;
const quotedName = /^\\?"[^"\\]{1,1024}\\?"$/;
/** Error codes of the registry protocol, which stand quoted in answers written as JSON. */
const protocolCode = /^\\?"[A-Z_]{1,64}\\?"$/;
const digest = /^[\w./:@-]{0,512}sha256:[0-9a-f]{6,128}$/;

function isHost(word: string): boolean {
  const [host = '', port, ...rest] = word.split(':');
  if (rest.length > 0 || (port !== undefined && !/^\d{1,5}$/.test(port))) return false;
  const labels = host.split('.');
  return (labels.length > 1 || port !== undefined) && labels.every((label) => hostLabel.test(label));
}

function isName(word: string): boolean {
  if (word.includes('://') || digest.test(word)) return true;
  if (word.includes('/')) return !wordsWithSlash.has(word) && !word.startsWith('{');
  return isHost(word);
}

function stripWord(token: string): string {
  const punctuation = /[:,;.)\]}']{0,4}$/.exec(token)?.[0] ?? '';
  const word = token.slice(0, token.length - punctuation.length);
  if (quotedName.test(word)) return protocolCode.test(word) ? token : `""${punctuation}`;
  const opening = /^[("'\\]{0,3}/.exec(word)?.[0] ?? '';
  const closing = /[)"'\\]{0,3}$/.exec(word)?.[0] ?? '';
  const bare = word.slice(opening.length, Math.max(opening.length, word.length - closing.length));
  return isName(bare) ? punctuation : token;
}

/**
 * Removes everything that somebody chose: the image reference, quoted and bare, with and without tag and digest,
 * every URL, host and quoted name. A repository called `denied`, a tag `502` or a host `x509.io` is no error text.
 */
export function stripImageNames(message: string, imageRef?: string): string {
  const withoutRef = imageRef !== undefined && /[:/]/.test(imageRef) ? message.replaceAll(imageRef, '') : message;
  return withoutRef
    .replace(/\b(reading manifest|manifest for|access denied for|image name|lookup) \\?"?[^\s"\\,]{1,512}\\?"?/g, '$1 ""')
    .replace(/\S{1,4096}/g, stripWord)
    .replace(/\s{1,64}/g, ' ')
    .trim();
}
