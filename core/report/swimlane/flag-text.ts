import { visibleLine } from '../visible-text.ts';
import type { Line } from './swimlane.ts';

/** What stands at a line of the picture. */
export function flagText({ kind, label, revision }: Line): string {
  const named = revision === undefined ? '' : ` rev ${visibleLine(revision, 8)}`;
  if (kind === 'onset') return '▼ onset';
  if (kind === 'recovery') return label === 'recovered' ? '✓ recovered' : '■ ended';
  if (label === 'rollback') return `↩ rollback${named}`;
  if (kind === 'mitigation') return `◆ ${label === 'dependency-appeared' ? 'dependency' : label}${named}`;
  return revision === undefined ? '↑ rollout' : `↑${named}`;
}
