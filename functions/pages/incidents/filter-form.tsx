import { symptoms } from '#core/incident/vocabulary.ts';
import type { IncidentFilter } from './incident-filter.ts';
import { sinceChoices } from './incident-filter.ts';

interface FilterFormProps {
  readonly filter: IncidentFilter;
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
}

/** A GET form: every filtered list is an address that can be sent to a colleague. */
export function FilterForm({ filter, clusters, namespaces }: FilterFormProps) {
  const known: readonly string[] = sinceChoices.map(({ value }) => value);
  return (
    <form class="filters" method="get" action="/incidents" role="search" aria-label="Filter incidents">
      <label class="field field-wide">
        <span>Search</span>
        <input type="search" name="text" value={filter.text} placeholder="workload, image, cause …" maxlength={253} />
      </label>
      <Choice name="status" label="Status" value={filter.status} options={['open', 'recovered', 'ended']} any="any" />
      <Choice name="symptom" label="Symptom" value={filter.symptom} options={symptoms} any="any" />
      <label class="field">
        <span>Since</span>
        <select name="since">
          <option value="" selected={filter.since === ''}>
            any time
          </option>
          {sinceChoices.map(({ value, label }) => (
            <option value={value} selected={value === filter.since}>
              {label}
            </option>
          ))}
          {filter.since !== '' && !known.includes(filter.since) ? (
            <option value={filter.since} selected>
              {filter.since}
            </option>
          ) : null}
        </select>
      </label>
      <Suggested name="cluster" label="Cluster" value={filter.cluster} options={clusters} />
      <Suggested name="namespace" label="Namespace" value={filter.namespace} options={namespaces} />
      <div class="filter-actions">
        <button type="submit">Filter</button>
        <a class="button quiet" href="/incidents">
          Clear
        </a>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
}

function Choice({ name, label, value, options, any }: ChoiceProps & { readonly any: string }) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        <option value="" selected={value === ''}>
          {any}
        </option>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Free text with the names at hand: a fleet has more of them than a list should. */
function Suggested({ name, label, value, options }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input type="text" name={name} value={value} list={`${name}-names`} maxlength={253} placeholder="all" autocomplete="off" />
      <datalist id={`${name}-names`}>
        {options.map((option) => (
          <option value={option}></option>
        ))}
      </datalist>
    </label>
  );
}
