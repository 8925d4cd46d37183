import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import { checkClusterName } from './batch/cluster-name.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1, 'must hold a key') });
const address = z.url({ error: 'is an https address' }).refine((url) => isSafe(new URL(url)), { error: 'is an https address' });

const trustedIssuer = z.strictObject({
  /** The one cluster whose API server signs these tokens. */
  cluster: z.string().refine(isClusterName, { error: 'is no name of a cluster' }),
  /** `iss` of the tokens, as `--service-account-issuer` of the API server says. */
  issuer: z.string().min(1),
  /** `aud` that a token must carry: one made for something else is not for mortem. */
  audience: z.string().min(1),
  /** Where the issuer publishes its keys, or the keys themselves for an issuer that cannot be reached from here. */
  jwks: z.union([address, keySet], { error: 'is the address of a key set, or {"keys": […]}' }),
  /** `system:serviceaccount:<namespace>:<name>`, exactly. */
  subjects: z.array(z.string().regex(/^system:serviceaccount:[^:]+:[^:]+$/, 'is system:serviceaccount:NAMESPACE:NAME')).min(1),
  scopes: z
    .array(z.enum(['read', 'write']))
    .min(1)
    .default(['write']),
});

/** Whose ServiceAccount tokens are believed, and for which cluster. */
export type TrustedIssuer = z.output<typeof trustedIssuer>;

/**
 * The list of trusted issuers.
 *
 * @param source JSON, or the path of a file with it
 * @throws {MortemError} `usage`, naming everything that is wrong
 */
export function loadTrust(source: string): readonly TrustedIssuer[] {
  const parsed = z.array(trustedIssuer).safeParse(readJson(source));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new MortemError('usage', `The list of trusted issuers is not right: ${faults.join('; ')}.`);
}

function readJson(source: string): unknown {
  const isFile = !/^\s*\[/.test(source);
  if (isFile && !existsSync(source)) throw new MortemError('usage', `The list of trusted issuers is not there: ${source}.`);
  try {
    return JSON.parse(isFile ? readFileSync(source, 'utf8') : source);
  } catch (cause) {
    throw new MortemError('usage', 'The list of trusted issuers is not valid JSON.', { cause });
  }
}

function isClusterName(name: string): boolean {
  try {
    checkClusterName(name);
    return true;
  } catch {
    return false;
  }
}

/** Keys that anybody on the way could replace would be worth nothing. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));
}
