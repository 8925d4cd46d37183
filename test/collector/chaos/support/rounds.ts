/** Recordings that happened at the same time, merged, and how much faster than they were they are played. */
export interface Round {
  readonly recordings: readonly string[];
  readonly times: number;
}

/** The shortest last: a round is played to its end, also when the last kill that was asked for comes early in it. */
const rounds: readonly Round[] = [
  { recordings: ['s05-crash-missing-env', 's11-startup-probe-failing', 's19-init-crash', 's24-seed-story'], times: 8 },
  {
    recordings: ['s07-bad-command', 's09-liveness-kills-slow-boot', 's12-oom-main', 's21-job-backofflimit', 's27-exit-143-liveness'],
    times: 8,
  },
  { recordings: ['s08-volume-permission-denied', 's20-sidecar-crash', 's22-statefulset-crash', 's29-daemonset-crash'], times: 2 },
];

/** One after the other, for as long as somebody asks; a slow machine needs more of them for the same number of kills. */
export function* roundsFrom(seed: number): Generator<Round & { readonly seed: number }> {
  for (let number = 0; ; number++) {
    const round = rounds[number % rounds.length];
    if (round !== undefined) yield { ...round, seed: seed + number };
  }
}

/** The same seed draws the same moments and faults: `MORTEM_SEED` repeats a run that failed, or looks further. */
export function chaosSeed(): number {
  const asked = process.env['MORTEM_SEED'];
  const seed = asked === 'random' ? Math.floor(Math.random() * 1_000_000) : Number(asked ?? 1);
  say(`seed ${seed} (MORTEM_SEED=${seed} repeats it)`);
  return seed;
}

/** `MORTEM_KILLS` asks for more, or for fewer. */
export function killsAsked(usual: number): number {
  return Number(process.env['MORTEM_KILLS'] ?? usual);
}

/** Where the run stands: minutes without a word look like a hang. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
