import { trendBuckets, trendGroupings, trendSubjects, type Trend } from '#core/trends/trend.ts';
import { trendNames } from './trend-names.ts';

interface TrendFormProps {
  readonly trend: Pick<Trend, 'of' | 'by' | 'bucket'>;
  readonly parameters: Readonly<Record<string, string>>;
}

const spans = ['24h', '7d', '30d', '90d', '365d'] as const;

/** A GET form: every trend is an address. */
export function TrendForm({ trend, parameters }: TrendFormProps) {
  const since = parameters['since'] ?? '30d';
  return (
    <>
      <nav class="tabs" aria-label="Trends">
        <ul>
          {trendSubjects.map((of) => (
            <li>
              <a href={`/trends/${of}`} {...(of === trend.of ? { 'aria-current': 'page' } : {})}>
                {trendNames[of]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form class="filters" method="get" action={`/trends/${trend.of}`} aria-label="Choose what to count">
        <Choice name="by" label="By" value={trend.by} options={trendGroupings} />
        <Choice name="bucket" label="Bucket" value={trend.bucket} options={trendBuckets} />
        <Choice name="since" label="Last" value={since} options={spans.some((span) => span === since) ? spans : [...spans, since]} />
        {(['cluster', 'namespace', 'workload'] as const).map((name) => (
          <label class="field">
            <span>{name[0]?.toUpperCase() + name.slice(1)}</span>
            <input
              type="text"
              name={name}
              value={parameters[name] ?? ''}
              placeholder={name === 'workload' ? 'deploy/api' : 'all'}
              maxlength={253}
            />
          </label>
        ))}
        <div class="filter-actions">
          <button type="submit">Show</button>
        </div>
      </form>
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
