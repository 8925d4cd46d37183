import { marker } from './marker.ts';

const ruleId = 'secret-object';
const jsonData = /(\\*)"(?:data|stringData)\1"[ \t]{0,4}:[ \t]{0,4}\{([^{}]{0,200000})\}/g;
const jsonValue = /(:[ \t]{0,4}\\*")([^"\\]{1,100000})(?=\\*")/g;
const stamp = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?/;
const yamlSection = /^([ \t]*)(?:- )?(data|stringData):\s*$/;
const yamlValue = /^([ \t]*[\w.-]{1,253}:[ \t]*)(\S.*)$/;
const otherKind = /^[ \t]*(?:---|(?:- )?kind:(?! *Secret\b))/;

/** What stands under `data` and `stringData` of a Secret that somebody printed, in JSON, quoted JSON or YAML. Keys stay. */
export function redactSecretObjects(text: string, count: (rule: string) => void): string {
  if (!text.includes('Secret') || !/ata\\*"?:|ata\\*"? {1,4}:/.test(text)) return text;
  const withoutJson = /\\*"kind\\*"\s{0,4}:\s{0,4}\\*"Secret/.test(text) ? redactJson(text, count) : text;
  return /kind: *Secret\b/.test(withoutJson) ? redactYaml(withoutJson, count) : withoutJson;
}

function redactJson(text: string, count: (rule: string) => void): string {
  return text.replace(jsonData, (object: string) =>
    object.replace(jsonValue, (match: string, kept: string, value: string) => {
      if (value.startsWith('[REDACTED:')) return match;
      count(ruleId);
      return kept + marker(ruleId);
    }),
  );
}

/** A Secret's data may stand before or after its kind: every section of a text that prints one is taken, those of other kinds aside. */
function redactYaml(text: string, count: (rule: string) => void): string {
  let section: number | undefined;
  let isOther = false;
  const lines = text.split('\n').map((line) => {
    const lead = stamp.exec(line)?.[0] ?? '';
    const body = line.slice(lead.length);
    if (otherKind.test(body)) isOther = !body.trimStart().startsWith('---');
    else if (/^[ \t]*(?:- )?kind: *Secret\b/.test(body)) isOther = false;
    const opened = yamlSection.exec(body);
    if (opened !== null) {
      section = isOther ? undefined : (opened[1]?.length ?? 0);
      return line;
    }
    const indent = /^[ \t]*/.exec(body)?.[0].length ?? 0;
    if (section === undefined || body.trim() === '') return line;
    if (indent <= section) section = undefined;
    return section === undefined ? line : lead + maskValue(body, indent, count);
  });
  return lines.join('\n');
}

/** Of `key: value` the value, of a line of a block scalar all but its indent. */
function maskValue(body: string, indent: number, count: (rule: string) => void): string {
  const [, key = ' '.repeat(indent), value = body.trim()] = yamlValue.exec(body) ?? [];
  if (/^(?:\[REDACTED:|[|>][+-]?\d?$)/.test(value)) return body;
  count(ruleId);
  return `${key}${marker(ruleId)}`;
}
