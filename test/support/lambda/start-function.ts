import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startRuntimeApi, type Outcome } from './runtime-api.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const bootstrap = join(root, 'build', 'lambda-ric', 'node_modules', 'aws-lambda-ric', 'index.mjs');
/** Where `npm run test:lambda` puts the unpacked archives. */
export const functionsFolder = join(root, 'build', 'lambda');

export interface RunningFunction {
  invoke(event: unknown): Promise<Outcome>;
  /** What the handler answered; rejects when it failed. */
  call(event: unknown): Promise<unknown>;
  /** SIGKILL, as when an instance is taken away; what it was working on fails. */
  kill(): Promise<void>;
}

/**
 * An instance of a function: its archive, unpacked, in the bootstrap that Lambda runs (aws-lambda-ric), against a Runtime API
 * on this machine.
 *
 * @param name of the folder in `functionsFolder` and of the handler's file
 */
export async function startFunction(name: string, env: Readonly<Record<string, string>>): Promise<RunningFunction> {
  if (!existsSync(bootstrap)) throw new Error('The bootstrap is not installed. Run "npm run test:lambda", which installs it.');
  const runtime = await startRuntimeApi();
  const child = startBootstrap(name, { ...env, AWS_LAMBDA_RUNTIME_API: runtime.address });
  const stderr = text(child.stderr!);
  child.stdout?.resume();
  const ended = once(child, 'exit').then(async () => runtime.abandon(`the instance ended: ${await stderr}`));
  return {
    invoke: (event) => runtime.invoke(event),
    async call(event) {
      const outcome = await runtime.invoke(event);
      if (outcome.kind === 'answered') return outcome.payload;
      throw new Error(`${name} failed: ${JSON.stringify(outcome.error)}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      await runtime.close();
    },
  };
}

function startBootstrap(name: string, env: Readonly<Record<string, string>>): ChildProcess {
  const task = join(functionsFolder, name);
  const own = {
    _HANDLER: `functions/${name}.handler`,
    LAMBDA_TASK_ROOT: task,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/05/03/[$LATEST]0123456789abcdef',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_EC2_METADATA_DISABLED: 'true',
    PATH: process.env['PATH'] ?? '',
  };
  // Nothing of this machine's environment: a function has what its template says.
  return spawn(process.execPath, [bootstrap], {
    cwd: task,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
