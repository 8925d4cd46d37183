/** A line without its code spans: a span ends at the next run of as many backticks as it began with. */
export function withoutCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map((match) => ({ at: match.index, length: match[0].length }));
  const partner = partners(runs);
  let text = '';
  let from = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    const closing = partner[index];
    const close = closing === undefined ? undefined : runs[closing];
    if (open === undefined || closing === undefined || close === undefined) continue;
    text += line.slice(from, open.at);
    from = close.at + close.length;
    index = closing;
  }
  return text + line.slice(from);
}

/** For each run the next one of the same length; found from the end, so that many backticks cost no more than few. */
function partners(runs: readonly { readonly length: number }[]): readonly (number | undefined)[] {
  const next: (number | undefined)[] = [];
  const last = new Map<number, number>();
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const length = runs[index]?.length ?? 0;
    next[index] = last.get(length);
    last.set(length, index);
  }
  return next;
}
