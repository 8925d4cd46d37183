import type { SignatureTable } from '../log-signature.ts';

/** Somebody can live without the value, and says so. */
const harmless = /default|fall(?:ing|s)? ?back|\busing\b|ignor|skipp|optional|assum|disabl/i;

/** A setting that is not there, in the words that programs of any language use for it. */
export const missingConfigPlain: SignatureTable = {
  cause: 'missing-config',
  signatures: [
    {
      text: 'missing',
      pattern:
        /\b[Mm]issing (?:required |mandatory )?(?:env(?:ironment)?[ -]?(?:var(?:iable)?s?)?\b|config(?:uration)? (?:value|key|option|setting|variable|property)|(?:setting|parameter|property|secret|credential)s?\b|configuration ")/,
      unless: harmless,
    },
    {
      text: 'missing required',
      pattern: /\b[Mm]issing required (?:config|setting|option|field|value|secret|credential|propert|parameter)/,
      unless: harmless,
    },
    { text: 'missing', pattern: /\b[Mm]issing:? (?:required )?["'`$]{0,2}[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}/, unless: harmless },
    {
      text: 'environment variable',
      pattern:
        /environment variables? .{0,120}\b(?:not set|not found|missing|not defined|undefined|required|must be set|not provided|empty|unset|not present|not specified)\b/i,
      unless: harmless,
    },
    { text: 'environment variable', pattern: /(?:required|missing|no|undefined|unset) environment variable/i, unless: harmless },
    {
      text: 'environment variable',
      pattern: /(?:[Mm]ust|[Pp]lease|need to|have to|should) (?:set|define|provide|specify|export) .{0,80}environment variable/,
      unless: harmless,
    },
    {
      text: 'env',
      pattern:
        /\b[Ee][Nn][Vv] (?:[Vv]ar(?:s|iable)? )?["'`]?[A-Z][A-Z0-9_]{2,60}["'`]? .{0,20}(?:not set|missing|required|not found|not defined|unset)\b/,
      unless: harmless,
    },
    {
      text: '_',
      pattern:
        /\b[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}["'`]?:? (?:env(?:ironment)? var(?:iable)? )?(?:is |was |are |must be |cannot be |can't be |has )?(?:a )?(?:required|missing|unset|undefined|empty|blank|not (?:been )?(?:set|defined|provided|specified|configured)|set (?:but|to a non-empty))\b/,
      unless: harmless,
    },
    {
      text: '_',
      pattern: /\b[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}["'`]? must be (?:set|provided|defined|specified)\b/,
      unless: harmless,
    },
    {
      text: '_',
      pattern:
        /(?:[Mm]ust|[Pp]lease|need to|have to|should) (?:set|define|provide|specify|export) (?:the |an? )?["'`$]?[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}/,
      unless: harmless,
    },
    {
      text: ' is ',
      pattern:
        /\b(?:Error|error|FATAL|fatal|panic): ["'`]?[A-Z][A-Z0-9]{2,40}["'`]? is (?:required|not set|not defined|missing|undefined)\b/,
      unless: harmless,
    },
    {
      text: 'no ',
      pattern:
        /\b[Nn]o (?:value (?:found |given |set )?for )?["'`]?[A-Z][A-Z0-9]{0,30}_[A-Z][A-Z0-9_]{0,60}["'`]? .{0,40}(?:found in (?:the )?(?:process\.)?(?:env|config|secret)|set\b|given\b|provided\b|specified\b|configured\b|defined\b)/,
      unless: harmless,
    },
    { text: 'is required', pattern: /"[A-Z][A-Z0-9_]{2,60}" is required/ },
    {
      text: 'config',
      pattern:
        /\bconfig(?:uration)? (?:key|value|option|property|setting|parameter) .{0,80} (?:is |was )?(?:missing|not set|required|undefined|empty|not found)\b/i,
      unless: harmless,
    },
  ],
};
