import { isReference, isStopWord, isStrong } from './credential-value.ts';
import { isMarker, marker } from './marker.ts';
import { isRandom } from './token-rules.ts';
import { readKey, type Key } from './read-key.ts';
import { readValue, wholeValueEnd, type Value } from './read-value.ts';

const ruleId = 'named-pair';
/** Where a key can be that names a credential. What follows is bounded, so one pass over the text is linear. */
export const keyword =
  /secret(?!ar)|token(?!i[zs])|passw|passphrase|pwd|api[_-]?key|(?:access|private|account|signing|encryption|master|license|auth)[_-]?key|credential|[_.-]pass(?![\w])|[_-](?:key|pat)(?![A-Za-z0-9])|key-data|key_base|passwor[dt]/gi;
const anyKey = /[_-](?:key|pat)$/i;
const namedKey = /(?:api|access|private|account|signing|encryption|master|license|auth|secret)[_-]?key$|secret|token|passw/i;
/** Keys that speak about a credential and hold none. */
const describing =
  /(?:names?|refs?|path|files?|dir|folder|type|kind|count|size|length|limit|ttl|expir(?:y|es|ation)(?:[_-]?(?:in|at|seconds))?|version|policy|age|budget|bucket|url|uri|endpoint|issuer|audience|mode|enabled|required|class|store|provider|manager|rotation|seconds|usage|total|used|remaining|rate|per[_-]?\w+|limits|[_-]?keys?_?names?)$/i;

/**
 * `key=value`, `key: value`, JSON, YAML (block scalars too), Ruby and Go maps, connection strings and `--flag value`, where the
 * key names a credential. In prose ("invalid token: x509 …") only a value that looks like a secret is taken.
 */
export function redactPairs(text: string, count: (rule: string) => void): string {
  const pieces: string[] = [];
  let done = 0;
  const search = new RegExp(keyword);
  for (let hit = search.exec(text); hit !== null; hit = search.exec(text)) {
    const key = readKey(text, hit.index, hit.index + hit[0].length, done);
    if (key === undefined) continue;
    search.lastIndex = Math.max(search.lastIndex, key.valueAt);
    const value = readValue(text, key);
    if (value === undefined || !isCredential(key, value)) continue;
    const to = wholeValueEnd(text, key, value);
    pieces.push(text.slice(done, value.from), value.style === 'block' ? maskLines(value.text) : marker(ruleId));
    done = to;
    search.lastIndex = Math.max(search.lastIndex, to);
    count(ruleId);
  }
  if (done === 0) return text;
  pieces.push(text.slice(done));
  return pieces.join('');
}

function isCredential(key: Key, value: Value): boolean {
  if (value.text === '' || isMarker(value.text) || describing.test(key.name) || isStopWord(value.text)) return false;
  // The three letters of a keyword stand in every tenth megabyte of base64.
  if (key.name.length >= 24 && isRandom(key.name)) return false;
  return value.style === 'block' ? !isMasked(value.text) : !isHarmless(key, value) && isBelievable(key, value);
}

/** What stands there instead of a secret: a variable, a file, a number of tokens, the name of an object, a list. */
function isHarmless(key: Key, value: Value): boolean {
  const { text } = value;
  return isReference(text) || isWorkingFolder(key, text) || isOrdinaryNumber(key, text) || isObjectName(key, text) || isCollection(value);
}

/** How much the value has to look like a secret depends on where its key stands. */
function isBelievable(key: Key, value: Value): boolean {
  const { text } = value;
  if (isAnyKey(key) && !isGeneratedValue(text)) return false;
  switch (key.place) {
    case 'prose':
    case 'flag':
      return isStrong(text);
    case 'tight':
      return !key.inPath && !/^(?:v?\d[\w.-]*|latest|sha256)$/.test(text);
    case 'assigned':
      return !isCode(key, text);
    case 'line':
      return value.endsLine || value.style === 'quoted' || isStrong(text);
    case 'json':
      return true;
    default:
      return key.place satisfies never;
  }
}

/** `APP_KEY`, `X-Auth-Key`, `WRITE_KEY` hold a secret, `cache_key` and `foreign-key` do not: then the value has to be generated. */
function isAnyKey({ name }: Key): boolean {
  return anyKey.test(name) && !namedKey.test(name);
}

function isGeneratedValue(text: string): boolean {
  const bare = text.replace(/^base64:/, '');
  return (bare.length >= 16 && isRandom(bare)) || /^[a-f0-9]{32,128}$/.test(bare) || /^[a-z0-9]{40,128}$/.test(bare);
}

function isWorkingFolder(key: Key, text: string): boolean {
  return /^(?:old)?pwd$/i.test(key.name) && text.startsWith('/');
}

/** Counts and limits of tokens are numbers; a numeric password is one of at least four digits. */
function isOrdinaryNumber(key: Key, text: string): boolean {
  if (!/^[\d.,_]+(?:ms|s|m|h|d|%)?$/.test(text)) return false;
  return /passw|passphrase|pwd|secret|[_.-]pass$/i.test(key.name) ? text.length < 4 : text.length < 16;
}

/** `secret="payments/db"` in a controller's log names a Secret of the cluster. */
function isObjectName(key: Key, text: string): boolean {
  return /^(?:image[_-]?pull[_-]?)?secrets?$/i.test(key.name) && /^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*$/.test(text);
}

/** The opening of a list or an object: what is inside has keys of its own. */
function isCollection(value: Value): boolean {
  return value.style === 'bare' && /^(?:map)?[[{(](?!REDACTED:)/.test(value.text);
}

/** A line of source code in a stack trace: `token = client.fetch(…)`. */
function isCode(key: Key, text: string): boolean {
  return key.spaced && /^(?:await |new )?[A-Za-z_][\w.]*[([]/.test(text);
}

function isMasked(block: string): boolean {
  return block.split('\n').every((line) => isMarker(line.slice(leadLength(line)).trim()) || line.trim() === '');
}

function maskLines(block: string): string {
  return block
    .split('\n')
    .map((line) => (line.trim() === '' ? line : line.slice(0, leadLength(line)) + marker(ruleId)))
    .join('\n');
}

/** The kubelet's time stamp and the indent. */
function leadLength(line: string): number {
  return /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[ \t]*/.exec(line)?.[0].length ?? 0;
}
