import { handle } from 'hono/aws-lambda';
import { createApp } from '../app.ts';
import { composeLambda } from '../compose-lambda.ts';
import { loadSettings } from '../config.ts';
import { restoreAuthorization } from './restore-authorization.ts';

type Handler = ReturnType<typeof handle>;

let composed: Handler | undefined;

/** HTTP API and Function URL events. Composed at the first request, so that a wrong configuration is an answer, not a lost start. */
export const handler: Handler = (event, context) => {
  composed ??= handle(createApp(composeLambda(loadSettings(process.env))));
  return composed(restoreAuthorization(event), context);
};
