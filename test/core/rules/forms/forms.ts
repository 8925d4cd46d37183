/** Objects of one look at a cluster. */
export type Look = readonly unknown[];

/** Cases of one rule beyond the recordings. */
export interface Forms {
  /** Old and new wording, other runtimes: the rule finds something. */
  readonly found: Readonly<Record<string, Look>>;
  /** What looks much like it and is not: the rule finds nothing. */
  readonly lookAlikes: Readonly<Record<string, Look>>;
}

export const created = '2026-05-03T14:00:00Z';

/** RFC 3339, minutes and seconds after the creation. */
export function after(minutes: number, seconds = 0): string {
  return new Date(Date.parse(created) + minutes * 60_000 + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** An event that nobody cares for, which only shows that it is later. */
export function later(minutes: number): unknown {
  return {
    kind: 'Event',
    metadata: { name: 'later', namespace: 'default' },
    involvedObject: { kind: 'ConfigMap', name: 'other', namespace: 'default' },
    reason: 'Later',
    message: '',
    lastTimestamp: after(minutes),
  };
}
