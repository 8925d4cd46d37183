import type { TrendSubject } from '#core/trends/trend.ts';

/** What each trend counts, for people. */
export const trendNames: Readonly<Record<TrendSubject, string>> = {
  oomkilled: 'OOM kills',
  memory: 'Memory deaths',
  restarts: 'Restarts',
  'image-pull': 'Image pulls that failed',
  pending: 'Pods that waited',
};
