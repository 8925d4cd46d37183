import { loadRecording } from '../../../../replay/load-recording.ts';
import { startReplay } from '../../../../replay/play.ts';
import { recordedNow, type Pace } from './fast-clock.ts';

// A replayed API server in a process of its own, to be killed: at any moment it is as one that was started again then.
export interface ApiOrder {
  readonly port: number;
  readonly pace: Pace;
}

const recordings = await Promise.all(process.argv.slice(2).map((dir) => loadRecording(dir)));

async function serve({ port, pace }: ApiOrder): Promise<void> {
  const replay = await startReplay({ recordings, pace: { times: pace.times }, port, restartedAt: recordedNow(pace) });
  process.once('SIGTERM', () => void replay.shutDown().then(() => process.exit(0)));
  process.send?.('serving');
  await replay.play();
}

process.once('message', (order: ApiOrder) => void serve(order));
process.send?.('started');
