/** Starts of this process that were made here. */
const mark = 'MORTEM_LEAN';

/**
 * V8 lets garbage pile up to many times of what is used, and glibc keeps what was freed: good for servers, and twice the memory for
 * a process that only passes things on. Both are set before a process starts only, so it starts anew in its place, with the same id.
 */
const flags = ['--max-semi-space-size=2', '--heap-growing-percent=10'];
const allocator = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Does not return where the process starts anew. Without `execve` (Windows, Node before 22.15) nothing happens. */
export function startLean(): void {
  const { env, execPath, execArgv, argv } = process;
  if (env[mark] !== undefined) return;
  process.execve?.(execPath, [execPath, ...flags, ...execArgv, ...argv.slice(1)], { ...allocator, ...definedIn(env), [mark]: '1' });
}

function definedIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
