import { handle } from 'hono/aws-lambda';
import { createApp } from '../app.ts';
import { compose } from '../compose.ts';
import { loadConfig } from '../config.ts';

type Handler = ReturnType<typeof handle>;

let composed: Handler | undefined;

/** HTTP API and Function URL events. Composed at the first request, so that a wrong configuration is an answer, not a lost start. */
export const handler: Handler = (event, context) => {
  composed ??= handle(createApp(compose(loadConfig(process.env))));
  return composed(event, context);
};
