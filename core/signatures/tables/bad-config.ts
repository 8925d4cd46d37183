import type { SignatureTable } from '../log-signature.ts';

/** The configuration is there, and the process refuses it. */
export const badConfig: SignatureTable = {
  cause: 'bad-config',
  signatures: [
    {
      text: '[emerg]',
      pattern: /\[emerg\].{0,40} (?:unknown directive|unexpected|invalid|directive|duplicate|".{1,80}" directive|no |could not|the )/,
    },
    { text: 'configuration file', pattern: /configuration file .{1,200} test failed/ },
    { text: 'config', pattern: /\b(?:[Ii]nvalid|[Bb]ad|[Mm]alformed) config(?:uration)?\b/ },
    {
      text: 'config',
      pattern:
        /\b(?:[Ff]ailed|[Ee]rror|[Uu]nable|could not|cannot|can't) (?:to )?(?:load|loading|parse|parsing|read|reading|decode|decoding|unmarshal|validate|validating|initializing|adapting) (?:the )?(?:\S{1,60} )?config/,
    },
    {
      text: 'config',
      pattern: /\b[Cc]onfig(?:uration)?(?: file)? (?:error|validation (?:error|failed)|parse error|is invalid|is not valid)\b/,
    },
    { text: 'configerror' },
    { text: 'configexception' },
    { text: 'fatal config file error' },
    { text: 'fatal errors found in configuration' },
    { text: 'invalid environment variable' },
    { text: 'bootstrap checks failed' },
    { text: 'bootstrap check failure' },
    { text: 'syntax error on line', pattern: /AH00526: Syntax error on line/ },
    { text: 'unknown variable', pattern: /unknown variable '[^']{1,200}'/ },
    { text: 'envconfig.process: assigning' },
    { text: 'env: parse error on field' },
    { text: 'scannererror', pattern: /yaml\.scanner\.ScannerError/ },
    { text: 'parsererror', pattern: /yaml\.parser\.ParserError/ },
    { text: 'yamlexception' },
    { text: 'yaml: ', pattern: /\byaml: (?:line \d|unmarshal errors|mapping values|did not find|found )/ },
    { text: 'toml', pattern: /\b(?:toml: line|TOML parse error|TOMLDecodeError)\b/ },
    { text: 'exists but is not empty', pattern: /directory "[^"]{1,300}" exists but is not empty/ },
    { text: 'which is not compatible', pattern: /initialized by PostgreSQL version .{1,60} which is not compatible/ },
    { text: 'format of the initialization string does not conform' },
  ],
};
