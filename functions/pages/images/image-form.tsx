interface ImageFormProps {
  readonly action: '/audit' | '/images';
  readonly parameters: Readonly<Record<string, string>>;
}

const fields = [
  { name: 'image', label: 'Image', placeholder: 'platform/api:2026-04-22 or sha256:…', wide: true },
  { name: 'workload', label: 'Workload', placeholder: 'deploy/api', wide: false },
  { name: 'cluster', label: 'Cluster', placeholder: 'all', wide: false },
  { name: 'namespace', label: 'Namespace', placeholder: 'all', wide: false },
] as const;

/** A GET form for both questions: what a rollback did, and what ran at a moment. */
export function ImageForm({ action, parameters }: ImageFormProps) {
  return (
    <>
      <nav class="tabs" aria-label="Images">
        <ul>
          <li>
            <a href="/audit" {...(action === '/audit' ? { 'aria-current': 'page' } : {})}>
              Rollback audit
            </a>
          </li>
          <li>
            <a href="/images" {...(action === '/images' ? { 'aria-current': 'page' } : {})}>
              What ran when
            </a>
          </li>
        </ul>
      </nav>
      <form class="filters" method="get" action={action} aria-label="Choose images">
        {fields.map(({ name, label, placeholder, wide }) => (
          <label class={wide ? 'field field-wide' : 'field'}>
            <span>{label}</span>
            <input type="text" name={name} value={parameters[name] ?? ''} placeholder={placeholder} maxlength={1200} />
          </label>
        ))}
        <label class="field">
          <span>{action === '/images' ? 'At, UTC' : 'Since'}</span>
          <input
            type="text"
            name={action === '/images' ? 'at' : 'since'}
            value={parameters[action === '/images' ? 'at' : 'since'] ?? ''}
            placeholder={action === '/images' ? '2026-05-03T14:05:00Z' : '90d'}
            maxlength={40}
          />
        </label>
        <div class="filter-actions">
          <button type="submit">Show</button>
        </div>
      </form>
    </>
  );
}
