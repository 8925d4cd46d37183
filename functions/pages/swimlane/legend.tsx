const states = [
  { state: 'waiting', words: 'waiting for its turn' },
  { state: 'starting', words: 'runs, not ready' },
  { state: 'ready', words: 'ready' },
  { state: 'failing', words: 'fails in the phase it names' },
  { state: 'stopping', words: 'stopping' },
] as const;

/** What the bars and signs mean, in words. It borrows the textures of the picture below it. */
export function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {states.map(({ state, words }) => (
        <li>
          <svg width="26" height="14" aria-hidden="true" focusable="false" class="swimlane">
            <g class={`seg seg-${state}`}>
              <rect
                x="1"
                width="24"
                y={state === 'stopping' ? 5 : state === 'waiting' ? 2 : 0}
                height={state === 'stopping' ? 4 : state === 'waiting' ? 10 : 14}
                {...(state === 'failing' || state === 'starting' ? { fill: `url(#state-${state})` } : {})}
              />
            </g>
          </svg>
          {words}
        </li>
      ))}
      <li>
        <span class="legend-sign legend-death">✕</span> a container died
      </li>
      <li>
        <span class="legend-sign legend-failure">▲</span> it could not go on
      </li>
      <li>
        <span class="legend-sign legend-band"></span> fewer replicas ready than wanted
      </li>
    </ul>
  );
}
