import { between, type Random } from './random.ts';

export const day = 86_400_000;
const minute = 60_000;

/** What runs from one rollout to the next, and when its container died of it. Times are whole seconds in epoch milliseconds. */
export interface Release {
  readonly at: number;
  readonly kind: 'rollout' | 'rollback' | 'retag';
  /** Stands for a tag and a digest: see `image-of.ts`. */
  readonly version: number;
  /** Where one tag is given away: the version that the tag is named after. */
  readonly tagOf?: number;
  readonly limitMi: number;
  readonly symptom?: 'OOMKilled' | 'CrashLoopBackOff' | 'ImagePullBackOff';
  readonly deaths: readonly number[];
}

/** What the audit must say of one release. */
export interface Verdict {
  readonly verdict: 'ended' | 'returned' | 'continued';
  readonly deaths: number;
  readonly quietSeconds: number;
}

export interface Story {
  readonly name: StoryName;
  readonly releases: readonly Release[];
  /** By the index of the release that was replaced. */
  readonly verdicts: Readonly<Record<number, Verdict>>;
  /** The change of the limit that ended a leak. */
  readonly fix?: { readonly at: number; readonly fromMi: number; readonly toMi: number };
}

export interface Year {
  readonly start: number;
  readonly end: number;
  /** Multiplies how often things die. */
  readonly rate: number;
  readonly random: Random;
}

export const storyNames = [
  'leak-fixed',
  'leak-grows',
  'bad-release',
  'decoy',
  'returned',
  'moved-tag',
  'steady',
  'no-image',
  'healthy',
] as const;
export type StoryName = (typeof storyNames)[number];

export function tellStory(name: StoryName, year: Year): Story {
  return { name, ...stories[name](year) };
}

type Told = Omit<Story, 'name'>;

const stories: Readonly<Record<StoryName, (year: Year) => Told>> = {
  /** Killed many times a day until the limit is raised, and never after. */
  'leak-fixed'({ start, end, rate, random }) {
    const fixedAt = someDay(random, end - 80 * day, end - 20 * day);
    const from = Math.max(start + day, fixedAt - between(random, 30, 60) * day);
    const deaths = spread(random, from, fixedAt, 14 * rate);
    return {
      releases: [
        { at: start, kind: 'rollout', version: 1, limitMi: 512, symptom: 'OOMKilled', deaths },
        { at: fixedAt, kind: 'rollout', version: 1, limitMi: 768, deaths: [] },
      ],
      verdicts: { 0: { verdict: 'ended', deaths: deaths.length, quietSeconds: (end - fixedAt) / 1000 } },
      fix: { at: fixedAt, fromMi: 512, toMi: 768 },
    };
  },
  /** Twice as often in the second half of the last 90 days. */
  'leak-grows'({ start, end, rate, random }) {
    const deaths = [...spread(random, end - 88 * day, end - 45 * day, 6 * rate), ...spread(random, end - 44 * day, end - day, 18 * rate)];
    return { releases: [{ at: start, kind: 'rollout', version: 1, limitMi: 256, symptom: 'OOMKilled', deaths }], verdicts: {} };
  },
  /** A release that is killed within seconds, taken back within the hour. */
  'bad-release'(year) {
    const { start, end, random } = year;
    const at = someDay(random, end - 85 * day, end - 5 * day);
    const [bad, back] = badRelease(year, at);
    return {
      releases: [first(start), bad, back],
      verdicts: { 1: { verdict: 'ended', deaths: bad.deaths.length, quietSeconds: (end - back.at) / 1000 } },
    };
  },
  /** Taken back as well, but it was not the release: it goes on dying. */
  decoy(year) {
    const { start, end, rate, random } = year;
    const at = someDay(random, end - 85 * day, end - 30 * day);
    const [bad, back] = badRelease(year, at);
    const again = back.at + 5 * minute;
    const deaths = [again, ...spread(random, back.at + day, end - day, 10 * rate)];
    return {
      releases: [first(start), bad, { ...back, symptom: 'OOMKilled', deaths }],
      verdicts: { 1: { verdict: 'continued', deaths: bad.deaths.length, quietSeconds: 300 } },
    };
  },
  /** Quiet for two days after the rollback, and then again. */
  returned(year) {
    const { start, end, rate, random } = year;
    const at = someDay(random, end - 85 * day, end - 30 * day);
    const [bad, back] = badRelease(year, at);
    const again = back.at + 2 * day;
    const deaths = [again, ...spread(random, again + day, end - day, 4 * rate)];
    return {
      releases: [first(start), bad, { ...back, symptom: 'OOMKilled', deaths }],
      verdicts: { 1: { verdict: 'returned', deaths: bad.deaths.length, quietSeconds: (2 * day) / 1000 } },
    };
  },
  /** The tag is given to another artefact, which crashes; the next release has a tag of its own. */
  'moved-tag'({ start, end, random }) {
    const at = someDay(random, end - 85 * day, end - 30 * day);
    const deaths = Array.from({ length: 20 }, (_, index) => at + (index + 1) * 5 * minute);
    const fixedAt = at + 6 * 3_600_000;
    return {
      releases: [
        first(start),
        { at, kind: 'retag', version: 2, tagOf: 1, limitMi: 256, symptom: 'CrashLoopBackOff', deaths },
        { at: fixedAt, kind: 'rollout', version: 3, limitMi: 256, deaths: [] },
      ],
      verdicts: { 1: { verdict: 'ended', deaths: 20, quietSeconds: (end - fixedAt) / 1000 } },
    };
  },
  /** Crashes a few times a day, all the year, whatever is released. */
  steady({ start, end, rate, random }) {
    const releases = Array.from({ length: 12 }, (_, month): Release => {
      const at = start + Math.floor(month * ((end - start) / 12 / 1000)) * 1000;
      const until = month === 11 ? end : start + Math.floor((month + 1) * ((end - start) / 12 / 1000)) * 1000;
      return {
        at,
        kind: 'rollout',
        version: month + 1,
        limitMi: 256,
        symptom: 'CrashLoopBackOff',
        deaths: spread(random, at + 7_200_000, until, 4 * rate),
      };
    });
    return { releases, verdicts: {} };
  },
  /** A tag that does not exist, corrected after twenty minutes. */
  'no-image'({ start, end, random }) {
    const at = someDay(random, end - 85 * day, end - 5 * day);
    const fixedAt = at + 20 * minute;
    return {
      releases: [
        first(start),
        { at, kind: 'rollout', version: 2, limitMi: 256, symptom: 'ImagePullBackOff', deaths: [] },
        { at: fixedAt, kind: 'rollout', version: 3, limitMi: 256, deaths: [] },
      ],
      verdicts: { 1: { verdict: 'ended', deaths: 0, quietSeconds: (end - fixedAt) / 1000 } },
    };
  },
  healthy({ start, end }) {
    const months = Math.max(1, Math.floor((end - start) / (30 * day)));
    return {
      releases: Array.from({ length: months }, (_, month) => ({ ...first(start + month * 30 * day), version: month + 1 })),
      verdicts: {},
    };
  },
};

function first(at: number): Release {
  return { at, kind: 'rollout', version: 1, limitMi: 256, deaths: [] };
}

function badRelease({ random }: Year, at: number): readonly [Release, Release] {
  const count = between(random, 3, 12);
  const deaths = Array.from({ length: count }, (_, index) => at + 8_000 + index * 30_000);
  const back = at + 15 * minute;
  return [
    { at, kind: 'rollout', version: 2, limitMi: 256, symptom: 'OOMKilled', deaths },
    { at: back, kind: 'rollback', version: 1, limitMi: 256, deaths: [] },
  ];
}

/** Noon of some day. */
function someDay(random: Random, from: number, to: number): number {
  return Math.floor((from + random() * (to - from)) / day) * day + day / 2;
}

/** About so many a day, none of them at the same second. */
function spread(random: Random, from: number, to: number, perDay: number): readonly number[] {
  const count = Math.max(1, Math.floor(((to - from) / day) * perDay));
  const gap = (to - from) / count;
  const times = Array.from({ length: count }, (_, index) => Math.floor((from + (index + random() * 0.9) * gap) / 1000) * 1000);
  return [...new Set(times)];
}
