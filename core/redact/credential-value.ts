/** Words that stand after a key where a value could be, and are none. */
const stopWords = new Set(
  (
    'string str text number int integer bool boolean object array null nil none undefined true false yes no on off empty set unset missing ' +
    'required optional invalid expired ok valid redacted hidden masked provided present absent not unknown denied failed changed updated ' +
    'unchanged rotated generated created deleted found default error refused bearer basic enabled disabled the is was must and or for from'
  ).split(' '),
);

const reference = /^(?:\$[{(]?\w|\{\{|%\w|<[^>]*>?$|[*x•.-]{2,}$|vault:|arn:aws:|projects\/|@Microsoft\.KeyVault)/i;
const path = /^(?:\.{0,2}\/)(?:var|run|etc|secrets?|home|usr|opt|app|tmp|mnt|root|srv|data|workspace|proc|dev|vault|certs?|keys?)(?:\/|$)/;
const host = /^[a-z][\w-]*(?:\.[\w-]+)+(?::\d+)?$/i;

export function isStopWord(value: string): boolean {
  return stopWords.has(value.toLowerCase().replace(/[.,:;!?)\]]+$/, ''));
}

/** A variable, a template, a masked value, a file: it names a secret and is none. */
export function isReference(value: string): boolean {
  return reference.test(value) || path.test(value);
}

/** In prose a word after "token: " is a secret only when it looks like one: letters and digits, and neither a host nor an address. */
export function isStrong(value: string): boolean {
  const word = value.replace(/[.,:;!?]+$/, '');
  return word.length >= 6 && /\d/.test(word) && /[A-Za-z]/.test(word) && !word.includes('://') && !host.test(word) && !isReference(word);
}
