import type { Context, SQSEvent, SQSBatchResponse } from 'aws-lambda';
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda';
import { onTestFinished, vi } from 'vitest';
import { openCloud, type Cloud } from './open-cloud.ts';

export interface Handlers {
  readonly http: (event: LambdaEvent) => Promise<APIGatewayProxyResult>;
  readonly observationsCreated: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly scheduled: () => Promise<void>;
  readonly migrate: () => Promise<unknown>;
}

/** The handlers as a fresh instance of each function has them, in a cloud of their own. */
export async function openHandlers(
  env: Readonly<Record<string, string>> = {},
  options: { readonly migrated?: boolean } = {},
): Promise<{ readonly cloud: Cloud; readonly handlers: Handlers }> {
  const cloud = await openCloud(options);
  onTestFinished(() => cloud.close());
  for (const [name, value] of Object.entries({ ...cloud.env, ...env })) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.resetModules();
  const [http, observationsCreated, scheduled, migrate] = await Promise.all([
    import('../../../functions/handlers/http.ts'),
    import('../../../functions/handlers/observations-created.ts'),
    import('../../../functions/handlers/scheduled.ts'),
    import('../../../functions/handlers/migrate.ts'),
  ]);
  const context = {} as Context;
  return {
    cloud,
    handlers: {
      http: async (event) => http.handler(event, context),
      observationsCreated: observationsCreated.handler,
      scheduled: scheduled.handler,
      migrate: migrate.handler,
    },
  };
}
