import { isReference, isStopWord, isStrong } from './credential-value.ts';
import type { RedactionRule } from './redaction-rules.ts';
import { isRandom } from './token-rules.ts';

/** In a sentence only what a generator made, or a word with digits where nothing but a password can stand. */
function isPassword(text: string): boolean {
  return isStrong(text) && !isStopWord(text);
}

function isGenerated(text: string): boolean {
  return isRandom(text) || (/^[a-f0-9]{32,128}$/.test(text) && !/^(?:sha|md5)/.test(text));
}

/** Places of languages and command lines where a credential stands without a key and a separator. */
export const wordingRules: readonly RedactionRule[] = [
  {
    id: 'wording',
    pattern:
      /((?<![\w-])(?:password|passwd|passphrase|bindpw)\\?["']?[ \t]{1,4}(?:is[ \t]{1,4}|was[ \t]{1,4}|of[ \t]{1,4})?\\?["']?)([^\s"'\\,;<>]{6,256})/gi,
    hints: ['assword', 'ASSWORD', 'asswd', 'ASSWD', 'assphrase', 'bindpw'],
    accepts: isPassword,
  },
  {
    id: 'wording',
    pattern:
      /((?<![\w-])(?:IDENTIFIED(?:[ \t]+WITH[ \t]+\w{1,40})?[ \t]+(?:BY|AS)(?:[ \t]+PASSWORD)?|PASSWORD)[ \t]{1,4}\\?['"])([^'"\\\n]{1,256})(?=\\?['"])/gi,
    hints: ['IDENTIFIED', 'identified', 'PASSWORD', 'password'],
    accepts: (secret) => !isStopWord(secret) && !isReference(secret) && !/\s/.test(secret),
  },
  {
    id: 'wording',
    pattern:
      /((?<![\w-])(?:tokens?|secrets?|key(?:[ \t]?\d{1,2})?|credentials?|access|license|licence|pat|apikey|bearer|jwt)\\?["']?[ \t]{0,2}(?::[ \t]{0,2}|[ \t]{1,4}|=[ \t]{0,2}|is[ \t]{1,4})\\?["']?)([A-Za-z0-9_+/-]{24,512}={0,2})(?![\w.@/-])/gi,
    hints: ['oken', 'OKEN', 'ecret', 'ECRET', 'key', 'Key', 'KEY', 'redential', 'ccess', 'icen', 'pat', 'PAT', 'earer', 'jwt'],
    opening:
      /(?:token|secret|key|credential|access|licen[cs]e|pat|bearer|jwt)s?(?:[ \t]?\d{1,2})?\\?["']?[ \t]{0,2}(?:[:=]|[ \t]|is[ \t])[ \t]{0,4}\\?["']?[A-Za-z0-9_+/-]{24}/i,
    accepts: isGenerated,
  },
  {
    id: 'wording',
    pattern:
      /(<[\w:.-]{0,40}(?:passw(?:or)?d|secret|token|api-?key|passphrase|private-?key)[\w:.-]{0,40}(?:\s[^<>]{0,200})?>)([^<>\s][^<>\n]{0,1000})(?=<\/)/gi,
    hints: ['</'],
    accepts: (secret) => !isStopWord(secret) && !isReference(secret),
  },
  {
    id: 'wording',
    pattern:
      /(\bkey=\\?["'][\w.:-]{0,64}(?:passw|secret|token|api[_-]?key|credential)[\w.:-]{0,64}\\?["']\s{1,4}value=\\?["'])([^"'\\]{1,512})/gi,
    hints: ['value='],
    accepts: (secret) => !isStopWord(secret) && !isReference(secret),
  },
  {
    id: 'wording',
    pattern: /((?:[?&](?:code|key|auth|hash|sid|session|ticket)=)|(?<![\w-])auth=)([\w.~%+/-]{16,1024}={0,2})/gi,
    hints: ['code=', 'key=', 'auth=', 'hash=', 'sid=', 'session=', 'ticket='],
    accepts: (secret) => isRandom(secret) || (/[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d|=$/.test(secret)),
  },
  {
    id: 'wording',
    // YAML with the value on a line of its own.
    pattern:
      /(^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[ \t]{0,40}[\w.-]{0,64}(?:passw(?:or)?d|secret|token|api_?key|passphrase):[ \t]{0,8}\r?\n(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[ \t]{1,40})([^\s:"'-][^\s:"']{5,512})(?=[ \t]{0,8}(?:\r?\n|$))/gim,
    hints: [':\n', ':\r\n', ': \n'],
    accepts: isPassword,
  },
  {
    id: 'wording',
    pattern: /((?:password|passwd|secret|token|api_?key)(?:%22)?(?:%3[dDaA])(?:%20|%22)*)([\w.~-]{4,512})/gi,
    hints: ['%3D', '%3d', '%3A', '%3a'],
  },
  {
    id: 'command-line',
    pattern:
      /((?<![\w-])(?:mongo(?:sh|dump|restore)?|docker|podman|nerdctl|helm|crane|skopeo|oc|az|redis-cli|ldap\w{1,12}|etcdctl|wget|influx|rabbitmqctl|cqlsh|kinit|sqlcmd)\b[^\n]{0,300}?[ \t"'](?:-p|-P|-a|-w|--user|-u)[ =]{1,2}\\?["']?(?:[\w.-]{1,64}:)?)([^\s"'\\:-][^\s"'\\:]{5,255})/g,
    hints: [
      'mongo',
      'docker',
      'podman',
      'nerdctl',
      'helm',
      'crane',
      'skopeo',
      'redis-cli',
      'ldap',
      'etcdctl',
      'influx',
      'cqlsh',
      'sqlcmd',
      'az ',
      'oc ',
    ],
    opening: /[ \t"'](?:-[pPaw]|--user|-u)[ =]/,
    accepts: isPassword,
  },
  {
    id: 'dsn',
    pattern: /((?<![\w./@-])[\w.-]{1,64}:)([^\s@/:"'<>]{6,256})(?=@[\w.-]{1,253}:\d{2,5}(?!\d))/g,
    hints: ['@'],
    opening: /@[\w.-]{1,253}:\d\d/,
    accepts: isPassword,
  },
  {
    id: 'dsn',
    pattern:
      /((?:^|")(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[\w.*-]{1,253}:(?:\d{4,5}|\*):[\w*-]{1,64}:[\w.*-]{1,64}:)([^\s:"]{6,256})(?="|$)/gm,
    hints: [':'],
    opening: /:(?:\d{4,5}|\*):[\w*-]{1,64}:/,
    accepts: isPassword,
  },
  {
    id: 'webhook',
    pattern: /(https?:\/\/[^\s"'<>/]{0,253}(?:webhook|hooks?\.)[^\s"'<>/]{0,253}\/(?:[\w-]{1,24}\/){0,4})([\w@./-]{24,300})/gi,
    hints: ['hook'],
    opening: /https?:\/\/[^\s"'<>/]{0,253}hook/i,
    accepts: (secret) => /\d/.test(secret) && /[A-Za-z]/.test(secret),
  },
  {
    id: 'private-key',
    pattern: /("(?:d|p|q|dp|dq|qi|k)\\?"[ \t]{0,4}:[ \t]{0,4}\\?")([\w-]{20,1400})(?=\\?")/g,
    hints: ['kty'],
  },
];
