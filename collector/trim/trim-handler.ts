import { redactCommand } from '#core/redact/redact-command.ts';
import type { Handler, Probe } from '#core/wire/container.ts';
import { redactKnown } from '#core/redact/redact-known.ts';
import { compact } from './compact.ts';
import { count, isObject, object, text, texts, word, type Json } from './read-field.ts';

/** A probe with its timing; undefined when none is configured. */
export function trimProbe(value: unknown): Probe | undefined {
  if (!isObject(value)) return undefined;
  return {
    ...trimHandler(value),
    ...compact({
      initialDelaySeconds: count(value.initialDelaySeconds),
      timeoutSeconds: count(value.timeoutSeconds),
      periodSeconds: count(value.periodSeconds),
      successThreshold: count(value.successThreshold),
      failureThreshold: count(value.failureThreshold),
      terminationGracePeriodSeconds: count(value.terminationGracePeriodSeconds),
    }),
  };
}

/** A lifecycle hook; undefined when none is configured. */
export function trimHook(value: unknown): Handler | undefined {
  return isObject(value) ? trimHandler(value) : undefined;
}

/** What a probe or hook does. Request headers may carry credentials and are never read. */
function trimHandler({ httpGet, tcpSocket, grpc, exec, sleep }: Json): Handler {
  const seconds = count(object(sleep).seconds);
  return compact({
    httpGet: isObject(httpGet) ? trimHttpGet(httpGet) : undefined,
    tcpSocket: isObject(tcpSocket) ? compact({ port: text(tcpSocket.port, 63) ?? '', host: word(tcpSocket.host, 253) }) : undefined,
    grpc: isObject(grpc) ? compact({ port: text(grpc.port, 63) ?? '', service: word(grpc.service, 253) }) : undefined,
    exec: isObject(exec) ? { command: trimCommand(exec.command, 64) ?? [] } : undefined,
    sleep: seconds === undefined ? undefined : { seconds },
  });
}

function trimHttpGet(raw: Json): NonNullable<Handler['httpGet']> {
  const path = word(raw.path, 2048);
  return compact({
    path: path === undefined ? undefined : redactKnown(path).text.slice(0, 2048),
    port: text(raw.port, 63) ?? '',
    scheme: word(raw.scheme, 8),
    host: word(raw.host, 253),
  });
}

/** Command, arguments and probe commands, without the credentials that people pass on the command line. */
export function trimCommand(value: unknown, items: number): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return redactCommand(texts(value, { items, length: 4096 }), redactKnown).command.map((element) => element.slice(0, 4096));
}
