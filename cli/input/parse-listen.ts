import { MortemError } from '#core/errors.ts';
import { parsePort } from './parse-port.ts';

export interface ListenAddress {
  /** Undefined: all addresses of the machine. */
  readonly host?: string;
  readonly port: number;
}

/**
 * `:9464`, `127.0.0.1:9464` or `[::1]:9464`.
 *
 * @throws {MortemError} `usage`
 */
export function parseListen(text: string): ListenAddress {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):(\d+)$/.exec(text) ?? [];
  if (port === undefined) throw new MortemError('usage', `"${text}" is no address to listen on. Use :9464 or 127.0.0.1:9464.`);
  const host = bracketed ?? plain ?? '';
  return { port: parsePort(port), ...(host !== '' && { host }) };
}
