import { isReference, isStopWord, isStrong } from './credential-value.ts';
import { tokenRules } from './token-rules.ts';
import { wordingRules } from './wording-rules.ts';

/**
 * One pattern. Its match is the secret, or, where it has two groups, the first is kept and the second is the secret.
 * Every quantifier is bounded or anchored at a token's edge, so that a pass over hostile text stays linear.
 */
export interface RedactionRule {
  readonly id: string;
  readonly pattern: RegExp;
  /** The text is searched only when it contains one of these: a plain search is ten times cheaper than a pattern. */
  readonly hints: readonly string[];
  /** Where the hints are as common as a colon: matches wherever `pattern` does, and seldom else. Either case, or as written. */
  readonly opening?: RegExp;
  readonly accepts?: (secret: string) => boolean;
}

/** Base64 of `user:password` against words such as "Authentication": case changes within a word, digits, padding. */
function isBase64(text: string): boolean {
  return text.length >= 8 && (/[0-9=]/.test(text) || (text.match(/[a-z][A-Z]/g)?.length ?? 0) > 1);
}

const authorization: readonly RedactionRule[] = [
  {
    id: 'authorization',
    pattern:
      /(authorization\\?["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}\[?\\?["']?(?:digest|aws4-hmac-sha256|hawk|oauth)[ \t]{1,4})([^\r\n"'\\]{4,})/gi,
    hints: ['uthorization', 'UTHORIZATION'],
  },
  {
    id: 'authorization',
    pattern:
      /(authorization\\?["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}\[?\\?["']?(?:bearer|basic|token|apikey|negotiate|key)[ \t]{1,4})([^\s"'\\,;\]]{3,})/gi,
    hints: ['uthorization', 'UTHORIZATION'],
    accepts: (secret) => !isStopWord(secret),
  },
  {
    id: 'authorization',
    pattern: /(authorization\\?["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}\[?\\?["']?)([^\s"'\\,;\]]{6,})/gi,
    hints: ['uthorization', 'UTHORIZATION'],
    accepts: isStrong,
  },
  {
    id: 'bearer',
    pattern: /((?<![\w-])bearer(?:[ \t]{1,4}|%20))([\w.~+/=:-]{12,})/gi,
    hints: ['earer ', 'EARER ', 'earer\t', 'earer%20'],
    accepts: (secret) => /\d/.test(secret),
  },
  {
    id: 'basic-auth',
    pattern: /((?<![\w-])basic[ \t]{1,4})([A-Za-z0-9+/]{8,}={0,2})/gi,
    hints: ['asic ', 'ASIC '],
    accepts: isBase64,
  },
  {
    id: 'docker-auth',
    pattern: /(["']auth\\?["'][ \t]{0,4}:[ \t]{0,4}\\?["'])([A-Za-z0-9+/]{8,}={0,2})/g,
    hints: ['auth"', "auth'", 'auth\\"'],
    accepts: isBase64,
  },
  {
    id: 'cookie',
    pattern: /((?:set-)?cookie2?\\?["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}\[?\\?["']?)([\w.$-]{1,128}=[^\r\n"'\]]*)/gi,
    hints: ['ookie', 'OOKIE'],
  },
];

/** Of an address, up to the sign that ends its user part. */
const userinfo = /:\/\/[^\s/"'<>]{1,769}@/;

const addresses: readonly RedactionRule[] = [
  {
    id: 'url-userinfo',
    pattern: /(:\/\/[^\s:@/"'<>\\[\]]{0,256}:)([^\s/"'<>]{1,512})(?=@)/g,
    hints: ['://'],
    opening: userinfo,
  },
  {
    id: 'url-userinfo',
    pattern: /(:\/\/)([^\s:@/"'<>\\?#[\]]{20,256})(?=@)/g,
    hints: ['://'],
    opening: userinfo,
  },
  {
    id: 'dsn',
    pattern: /((?<![\w./-])[\w.-]{1,64}:)([^\s@/]{1,256})(?=@(?:tcp|unix)\()/g,
    hints: ['@tcp(', '@unix('],
  },
  { id: 'dsn', pattern: /(jdbc:oracle:\w{1,8}:[^\s/@]{1,128}\/)([^\s@]{1,256})(?=@)/g, hints: ['jdbc:oracle:'] },
  {
    id: 'signed-url',
    pattern:
      /([?&](?:sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|googleaccessid)=)([^\s&"'<>]{16,})/gi,
    hints: ['sig=', 'ignature=', 'redential=', 'oken=', 'ccessId='],
  },
  {
    id: 'webhook',
    pattern: /((?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/)([\w/-]{20,200})/g,
    hints: ['hooks.slack.com', 'api/webhooks'],
  },
  {
    id: 'command-line',
    pattern: /(curl[^\n]{0,400}?[ "'](?:-u|--user|--proxy-user)[ =]{1,2}["']?[^\s:"']{1,128}:)([^\s"']{1,256})/g,
    hints: ['curl'],
  },
  {
    id: 'command-line',
    pattern: /((?:mysql|mysqldump|mysqladmin|mariadb|sshpass)[^\n]{0,200}? -p ?)(?<=sshpass -p |-p)([^\s"'-][^\s"']{2,255})/g,
    hints: ['mysql', 'mariadb', 'sshpass'],
    opening: / -p/,
  },
  {
    id: 'named-pair',
    pattern:
      /(name\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?[\w.-]{0,64}?(?:secret|token|passw|pwd|api_?key|credential|_pass|access_?key|private_?key)[\w.-]{0,64}\\?["']?[ \t]{0,4},?\s{0,4}(?:\d{4}-[\dT:.-]{12,30}Z )?\s{0,40}\\?["']?value\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?)([^"'\\\s,}]+)/gi,
    hints: ['value', 'Value', 'VALUE'],
    opening:
      /name\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?[\w.-]{0,64}?(?:secret|token|passw|pwd|api_?key|credential|_pass|access_?key|private_?key)/i,
    accepts: (secret) => !isStopWord(secret) && !isReference(secret),
  },
];

/** Credentials that carry their own name: a fixed prefix and a body of one alphabet. */
const prefixed: readonly RedactionRule[] = [
  { id: 'jwt', pattern: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{4,}(?:\.[\w-]*){0,3}/g, hints: ['eyJ'] },
  {
    id: 'aws-access-key',
    pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g,
    hints: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
  },
  { id: 'gcp', pattern: /(?<![A-Za-z0-9])(?:AIza[\w-]{35}|GOCSPX-[\w-]{28}|ya29\.[\w-]{20,512})/g, hints: ['AIza', 'GOCSPX-', 'ya29.'] },
  { id: 'azure', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g, hints: ['Q~'] },
  {
    id: 'github',
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})/g,
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  {
    id: 'gitlab',
    pattern: /(?<![A-Za-z0-9])(?:glpat|gldt|glrt|glcbt|glptt|glft|glsoat|glagent|glimt)-[\w.-]{20,255}/g,
    hints: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-', 'glimt-'],
  },
  { id: 'slack', pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs](?:\.xox[bp])?|xapp)-[A-Za-z0-9-]{10,255}/g, hints: ['xox', 'xapp-'] },
  {
    id: 'stripe',
    pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{20,255})/g,
    hints: ['k_live_', 'k_test_', 'whsec_'],
  },
  { id: 'npm', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g, hints: ['npm_'] },
  {
    id: 'service-token',
    pattern:
      /(?<![A-Za-z0-9])(?:pypi-AgE[\w-]{50,255}|dckr_[op]at_[\w-]{20,255}|hf_[A-Za-z0-9]{30,64}|sk-(?:ant-|proj-|svcacct-)?[\w-]{24,255}|SG\.[\w-]{16,32}\.[\w-]{32,64}|do[opr]_v1_[a-f0-9]{64}|hv[sbr]\.[\w-]{24,255}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|dapi[a-f0-9]{32}|lin_api_\w{32,64}|AGE-SECRET-KEY-1[A-Z0-9]{58}|\d{8,10}:AA[\w-]{33}|ATATT3[\w=-]{50,255})/g,
    hints: ['pypi-', 'dckr_', 'hf_', 'sk-', 'SG.', '_v1_', 'hvs.', 'hvb.', 'hvr.', 'shp', 'dapi', 'lin_api_', 'AGE-', ':AA', 'ATATT3'],
    opening:
      /pypi-AgE|dckr_[op]at_|hf_[A-Za-z0-9]{30}|sk-[\w-]{24}|SG\.[\w-]{16}|do[opr]_v1_|hv[sbr]\.[\w-]{24}|shp(?:at|ca|pa|ss)_|dapi[a-f0-9]{32}|lin_api_|AGE-SECRET-KEY|:AA[\w-]{33}|ATATT3/,
    accepts: (secret) => /\d/.test(secret),
  },
  { id: 'hash', pattern: /\$(?:2[abxy]|5|6|y|argon2id?)\$[\w./$=,+-]{20,200}/g, hints: ['$2', '$5$', '$6$', '$y$', '$argon2'] },
];

/** In this order: what names itself by its place in a header or an address, then by its own form. Named pairs come after these. */
export const redactionRules: readonly RedactionRule[] = [...authorization, ...addresses, ...prefixed, ...tokenRules, ...wordingRules];
