/** One figure beside the floor that was measured in the same run. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
  /** value / floor. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}

/** A figure that should reach at least a part of its floor. */
export function throughput(
  name: string,
  unit: string,
  measured: { readonly value: number; readonly floor: number },
  atLeast: number,
): BenchResult {
  const ratio = measured.value / measured.floor;
  return {
    name,
    unit,
    value: Math.round(measured.value),
    floor: Math.round(measured.floor),
    ratio: Number(ratio.toFixed(3)),
    goal: `>= ${atLeast.toFixed(2)} of floor`,
    met: ratio >= atLeast,
  };
}

/** A figure that may be at most so many times its floor. */
export function cost(
  name: string,
  unit: string,
  measured: { readonly value: number; readonly floor: number },
  atMost: number,
): BenchResult {
  const ratio = measured.value / measured.floor;
  return {
    name,
    unit,
    value: Number(measured.value.toPrecision(3)),
    floor: Number(measured.floor.toPrecision(3)),
    ratio: Number(ratio.toFixed(3)),
    goal: `<= ${atMost} of floor`,
    met: ratio <= atMost,
  };
}

/** A figure with a limit of its own; the floor says how much of it nobody could save. */
export function ceiling(
  name: string,
  unit: string,
  measured: { readonly value: number; readonly floor: number },
  atMost: number,
): BenchResult {
  const { ratio, value, floor } = cost(name, unit, measured, atMost);
  return { name, unit, value, floor, ratio, goal: `<= ${atMost} ${unit}`, met: measured.value <= atMost };
}

export function printResults(results: readonly BenchResult[], asJson: boolean): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ results })}\n`);
    return;
  }
  for (const { name, value, unit, floor, ratio, goal, met } of results) {
    process.stdout.write(`${name}: ${value} ${unit} · floor ${floor} · ratio ${ratio} · goal ${goal} · ${met ? 'met' : 'NOT met'}\n`);
  }
}

/** Of several rounds of the same figures, each figure in its worst round. */
export function worstOf(rounds: readonly (readonly BenchResult[])[]): readonly BenchResult[] {
  const [first = []] = rounds;
  return first.map((result, index) => rounds.reduce((worst, round) => worseOf(round[index], worst) ?? worst, result));
}

function worseOf(result: BenchResult | undefined, worst: BenchResult): BenchResult | undefined {
  if (result === undefined) return undefined;
  const worse = result.goal.startsWith('<=') ? result.ratio > worst.ratio : result.ratio < worst.ratio;
  return worse ? result : undefined;
}
