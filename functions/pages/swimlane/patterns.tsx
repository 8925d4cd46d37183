/** A texture for each state, so that none is told by colour alone. */
export function Patterns() {
  return (
    <defs>
      <pattern id="state-failing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="fill-failing" width="6" height="6" />
        <rect class="fill-failing-line" width="2" height="6" />
      </pattern>
      <pattern id="state-starting" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect class="fill-starting" width="5" height="5" />
        <circle class="fill-starting-dot" cx="2.5" cy="2.5" r="1" />
      </pattern>
    </defs>
  );
}
