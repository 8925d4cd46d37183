import type { BlobStore, IncidentStore } from '#core/ports.ts';
import { createIncidentStore } from '../../../db/incident-store.ts';
import { openPostgres } from '../../../db/open-postgres.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { createS3BlobStore } from '../../../functions/adapters/s3-blob-store.ts';
import { systemClock } from '../../../functions/adapters/system-clock.ts';
import { postgresDatabase } from '../postgres-database.ts';
import { notificationOf } from '../s3/notification.ts';
import { clientOf } from '../s3/s3-target.ts';
import { startS3Server, type S3Server } from '../s3/start-s3-server.ts';
import { startSqsServer, type SqsServer } from '../sqs/start-sqs-server.ts';
import { TestQueue } from '../sqs/test-queue.ts';

/** What the functions find around them: a bucket that tells a queue, dead letters, PostgreSQL. */
export interface Cloud {
  readonly s3: S3Server;
  readonly sqs: SqsServer;
  readonly observations: TestQueue;
  readonly deadLetters: TestQueue;
  readonly store: IncidentStore;
  readonly blobs: BlobStore;
  readonly databaseUrl: string;
  /** The environment of every function. */
  readonly env: Readonly<Record<string, string>>;
  readonly keyOf: (cluster: string) => Promise<string>;
  close(): Promise<void>;
}

/** As in serverless.yml: what the functions themselves could not set aside. */
const maxReceiveCount = 20;

export async function openCloud({ migrated = true } = {}): Promise<Cloud> {
  const databaseUrl = await postgresDatabase({ migrated });
  const deadLetters = new TestQueue();
  const observations = new TestQueue({ maxReceiveCount, deadLetters });
  const s3 = await startS3Server({ onCreated: (object) => void observations.send(notificationOf(object)) });
  const sqs = await startSqsServer({ observations, 'dead-letters': deadLetters });
  const store = createIncidentStore(openPostgres({ url: databaseUrl, maxConnections: 2 }));
  return {
    s3,
    sqs,
    observations,
    deadLetters,
    store,
    blobs: createS3BlobStore({ client: clientOf(s3), bucket: s3.bucket, clock: systemClock }),
    databaseUrl,
    env: {
      AWS_REGION: s3.credentials.region,
      AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      S3_ENDPOINT: s3.endpoint,
      MORTEM_BUCKET: s3.bucket,
      MORTEM_DATABASE_URL: databaseUrl,
      MORTEM_QUEUE_URL: sqs.urlOf('observations'),
      MORTEM_DEAD_LETTER_URL: sqs.urlOf('dead-letters'),
      MORTEM_LOG_LEVEL: 'silent',
    },
    keyOf: (cluster) => createKey({ store, clock: systemClock }, cluster),
    async close() {
      await store.close();
      await sqs.close();
      await s3.close();
    },
  };
}
