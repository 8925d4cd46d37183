import { hash } from 'node:crypto';

/** SHA-256 in hex, by the engine: a row for each record needs one. */
export function nodeHash(text: string): string {
  return hash('sha256', text, 'hex');
}
