import type { z } from 'zod';
import { maxLineBytes } from './sizes.ts';
import { observation, type Observation } from './observation.ts';
import { compilePlain } from './read-plain.ts';

export type ParsedLine =
  | {
      readonly ok: true;
      readonly observation: Observation;
      /** Of the observation and all that it holds, where the line has no others; left out where the schema dropped something. */
      readonly fields?: number;
    }
  | { readonly ok: false; readonly reason: string };

const readPlain = compilePlain(observation);

/** One line of NDJSON to an observation, or a sentence that says what is wrong with it and nothing of its content. */
export function parseLine(line: string): ParsedLine {
  if (line.length > maxLineBytes) return reject(`line is longer than ${maxLineBytes} characters`);
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return reject('line is not valid JSON');
  }
  const plain = readPlain(json);
  if (plain !== undefined) return { ok: true, observation: plain.value, fields: plain.fields };
  const parsed = observation.safeParse(line.includes('null') ? withoutNulls(json) : json);
  return parsed.success ? { ok: true, observation: parsed.data } : reject(describe(parsed.error.issues, json));
}

function reject(reason: string): ParsedLine {
  return { ok: false, reason };
}

/** Absent and null mean the same on this wire. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, field]) => (field === null ? [] : [[key, withoutNulls(field)]])));
}

function describe(issues: readonly z.core.$ZodIssue[], json: unknown): string {
  const [first] = issues;
  if (first === undefined) return 'line does not match observations/v1';
  if (first.code === 'invalid_union') return `unknown kind ${JSON.stringify(kindOf(json)).slice(0, 80)}`;
  const path = first.path.join('.').slice(0, 200);
  return path === '' ? first.message : `${path}: ${first.message}`;
}

function kindOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'kind' in json ? json.kind : null;
}
