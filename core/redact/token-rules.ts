import type { RedactionRule } from './redaction-rules.ts';

/** Letters of both cases and several digits: what a generator makes, and no word, name or digest. */
export function isRandom(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;
}

/** Tokens of services that name themselves: a fixed beginning and a body of one alphabet, some beginnings to a pattern. */
export const tokenRules: readonly RedactionRule[] = [
  {
    id: 'service-token',
    pattern:
      /(?<![A-Za-z0-9])(?:sq0(?:atp|csp|idp)-[\w-]{22,60}|EAAA[\w-]{56,80}|key-[a-f0-9]{32}|[a-f0-9]{32}-us\d{1,2}|SK[a-f0-9]{32}|access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}|NR(?:AK|JS|II|BR)-[A-Z0-9]{20,40}|[a-f0-9]{36}(?:FFFF)?NRAL)(?![A-Za-z0-9])/g,
    hints: ['sq0', 'EAAA', 'key-', '-us', 'SK', 'access_token$', 'NR'],
    opening: /sq0(?:atp|csp|idp)-|EAAA[\w-]{56}|key-[a-f0-9]{32}|[a-f0-9]-us\d|SK[a-f0-9]{32}|access_token\$|NR(?:AK|JS|II|BR)-|NRAL/,
  },
  {
    id: 'service-token',
    pattern:
      /(?<![A-Za-z0-9])(?:secret_[A-Za-z0-9]{40,50}|ntn_[A-Za-z0-9]{40,60}|pat[A-Za-z0-9]{14}\.[a-f0-9]{64}|[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}|ATBB[A-Za-z0-9]{24,60}|ATCTT3[\w=-]{50,255}|rubygems_[a-f0-9]{48}|oy2[a-z0-9]{43}|r8_[A-Za-z0-9]{37,40}|pplx-[A-Za-z0-9]{40,64}|xai-[A-Za-z0-9]{60,100}|gsk_[A-Za-z0-9]{40,64})(?![A-Za-z0-9])/g,
    hints: ['secret_', 'ntn_', 'pat', '.atlasv1.', 'ATBB', 'ATCTT3', 'rubygems_', 'oy2', 'r8_', 'pplx-', 'xai-', 'gsk_'],
    opening:
      /secret_[A-Za-z0-9]{40}|ntn_[A-Za-z0-9]{40}|pat[A-Za-z0-9]{14}\.|\.atlasv1\.|ATBB[A-Za-z0-9]{24}|ATCTT3|rubygems_|oy2[a-z0-9]{43}|r8_[A-Za-z0-9]{37}|pplx-|xai-|gsk_/,
  },
  {
    id: 'service-token',
    pattern:
      /(?<![A-Za-z0-9])(?:sbp_[a-f0-9]{40}|pscale_(?:pw|tkn|oauth)_[\w.=-]{32,64}|dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,60}|f[mo][12]_[\w,=+/-]{32,600}|dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}|pul-[a-f0-9]{40}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|figd_[\w-]{38,60}|sq[pua]_[a-f0-9]{40}|AKCp[A-Za-z0-9]{60,80}|EAA[A-Za-z0-9]{60,300}|IGQV[\w-]{50,300}|EZ[AT]K[A-Za-z0-9]{54}|gl(?:c|sa)_[\w=+/]{32,300}|lin_(?:oauth|wh)_\w{32,64})(?![A-Za-z0-9])/g,
    hints: [
      'sbp_',
      'pscale_',
      'dp.',
      'fo1_',
      'fm1_',
      'fm2_',
      'dt0',
      'pul-',
      'PMAK-',
      'figd_',
      'sqp_',
      'squ_',
      'sqa_',
      'AKCp',
      'EAA',
      'IGQV',
      'EZ',
      'glc_',
      'glsa_',
      'lin_',
    ],
    opening:
      /sbp_[a-f0-9]{40}|pscale_|dp\.(?:pt|st|ct|sa|scim|audit)\.|f[mo][12]_|dt0[a-z]\d\d\.|pul-[a-f0-9]{40}|PMAK-|figd_|sq[pua]_[a-f0-9]{40}|AKCp|EAA[A-Za-z0-9]{60}|IGQV|EZ[AT]K|gl(?:c|sa)_|lin_(?:oauth|wh)_/,
  },
  {
    id: 'service-token',
    pattern:
      /(?<![A-Za-z0-9])(?:1\/\/0[\w-]{40,255}|AAAA[\w-]{7}:APA91b[\w-]{100,255}|A{20,24}[\w%]{60,200}|LTAI[A-Za-z0-9]{16,24}|AKID[A-Za-z0-9]{32}|ABSK[A-Za-z0-9+/]{80,200}={0,2}|cio[A-Za-z0-9]{32}|dG9rO[A-Za-z0-9+/]{50,64}={0,2}|(?:sdk|mob|api)-[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,40})(?![A-Za-z0-9])/g,
    hints: ['1//0', ':APA91b', 'AAAAAAAAAA', 'LTAI', 'AKID', 'ABSK', 'cio', 'dG9rO', 'sdk-', 'mob-', 'api-', '.'],
    opening:
      /1\/\/0[\w-]{40}|:APA91b|AAAAAAAAAA|LTAI[A-Za-z0-9]{16}|AKID[A-Za-z0-9]{32}|ABSK|cio[A-Za-z0-9]{32}|dG9rO|(?:sdk|mob|api)-[a-f0-9]{8}-[a-f0-9]{4}-4|\.[\w-]{6,7}\.[\w-]{27}/,
    accepts: (secret) => /^(?:sdk|mob|api)-/.test(secret) || isRandom(secret),
  },
  { id: 'service-token', pattern: /(?<![A-Za-z0-9])(?:bot)?(\d{8,10}:)(AA[\w-]{33})/g, hints: [':AA'] },
  { id: 'service-token', pattern: /((?<![A-Za-z0-9])SSWS[ \t]{1,4})([\w-]{30,60})/g, hints: ['SSWS'] },
  {
    id: 'service-token',
    pattern: /(?<![a-z0-9.-])([a-z0-9]{6}\.)([a-z0-9]{16})(?![a-z0-9.-])/g,
    hints: ['token', 'kubeadm'],
    accepts: (secret) => /\d/.test(secret),
  },
  {
    // What no table knows yet: a short name, a separator, and a long body that only a generator makes.
    id: 'generated',
    pattern: /(?<![\w./@+-])[A-Za-z][A-Za-z0-9]{0,11}[_-](?:[a-z0-9]{1,10}[_-]){0,3}[A-Za-z0-9]{32,255}(?![\w./@+-])/g,
    hints: ['_', '-'],
    opening: /[_-][A-Za-z0-9]{32}/,
    accepts: (secret) =>
      !/^(?:sha\d{1,3}|md5|blake\w{0,4}|b3)[_-]/i.test(secret) && isRandom(secret.slice(secret.search(/[_-][A-Za-z0-9]{32,}$/) + 1)),
  },
  {
    id: 'hash',
    pattern:
      /(?:\$(?:apr1|1|7|sha1|md5)\$[\w./$=,+-]{20,200}|(?:pbkdf2|scrypt|argon2)[\w:]{0,32}\$[\w./$=,+-]{30,250}|\{S?SHA\d{0,3}\}[A-Za-z0-9+/]{20,120}={0,2})/g,
    hints: ['$apr1$', '$1$', '$7$', '$sha1$', '$md5$', 'pbkdf2', 'scrypt', 'argon2', '{SSHA', '{SHA'],
  },
];
