import { accessLogStatus } from './access-log.ts';

/** What a line is within the text around it. */
export interface LineRole {
  /** Belongs to the statement of the line before. */
  readonly follows: boolean;
  /** Stands inside a trace, where lines are code and not messages. */
  readonly code: boolean;
  /** Steps in the chain of causes: 1 where an inner cause begins, -1 where an outer one does. */
  readonly step: -1 | 0 | 1;
}

/** `traceback` until the exception that closes it, `goroutine` until a blank line. */
type Mode = 'plain' | 'traceback' | 'goroutine';

type LineKind = 'blank' | 'indented' | 'traceback' | 'goroutine' | 'link' | 'text';

const innerCause = /^\s{0,8}(?:Caused by:|-{3}> |\[cause\]:)/;
/** Python prints the innermost exception first. */
const outerCause = /^The above exception was the direct cause/;
const link = /^(?:During handling of the above exception|Suppressed:|\.\.\. \d{1,5} more|--- End of|Stack ?trace:|[})\]])/i;
const traceback = /^\s{0,8}Traceback \(most recent call last\)/;
const goroutine = /^goroutine \d{1,10} \[/;
const frame = /^\s{1,40}(?:at \S|File "|from \S|\^|\.\.\. \d|\S{1,300}\.go:\d)/;
const phpFrame = /^#\d{1,4} /;
const source = /^\s{1,40}(?:throw|raise|return|await|yield|const|let|var|if|self\.|panic\()\b/;
const helpText = /^\s{1,12}-{1,2}[A-Za-z]/;
/** Words of the kubelet where a log should be, and of servers about one of their clients. */
const noise =
  /^unable to retrieve container logs for |^failed to try resolving symlinks in path |TLS handshake error from |, client: \S{1,64}, server: | \[Note\] /;
/** A session of a PostgreSQL server (its own process is number 1): what it refuses is a client's failure. */
const session =
  /^\d{4}-\d\d-\d\d [\d:.]{8,15} \w{1,6} \[(?:[2-9]|\d{2,10})\] (?:FATAL|ERROR|DETAIL|STATEMENT|HINT): {1,2}(?:password authentication|no pg_hba|[Rr]ole "|database "|relation "|column "|sorry, too many|remaining connection|the database system is|permission denied for|Connection matched)/;

/** Says nothing of its own: a stack frame, a source line, a help text, one request of an access log, a client's failure. */
export function isSilent(text: string): boolean {
  if (/^\s/.test(text) && (frame.test(text) || source.test(text) || helpText.test(text))) return true;
  return phpFrame.test(text) || noise.test(text) || session.test(text) || accessLogStatus(text) !== undefined;
}

function stepOf(text: string): LineRole['step'] {
  if (innerCause.test(text)) return 1;
  return outerCause.test(text) ? -1 : 0;
}

function kindOf(text: string): LineKind {
  if (text.trim() === '') return 'blank';
  if (goroutine.test(text)) return 'goroutine';
  if (traceback.test(text)) return 'traceback';
  if (innerCause.test(text) || outerCause.test(text) || link.test(text)) return 'link';
  return /^\s/.test(text) ? 'indented' : 'text';
}

function follows(kind: LineKind, mode: Mode, chained: boolean): boolean {
  if (kind === 'traceback') return chained || mode === 'traceback';
  return kind !== 'text' || mode !== 'plain';
}

function isCode(kind: LineKind, mode: Mode): boolean {
  return kind === 'goroutine' || mode === 'goroutine' || (kind === 'indented' && mode === 'traceback');
}

function nextMode(kind: LineKind, mode: Mode): Mode {
  if (kind === 'traceback' || kind === 'goroutine') return kind;
  const closed = (kind === 'text' && mode === 'traceback') || (kind === 'blank' && mode === 'goroutine');
  return closed ? 'plain' : mode;
}

/** Reads each line in the light of the traces and chains it stands in. */
export function lineRoles(lines: readonly string[]): readonly LineRole[] {
  const roles: LineRole[] = [];
  let mode: Mode = 'plain';
  let chained = false;
  for (const text of lines) {
    const kind = kindOf(text);
    roles.push({ follows: follows(kind, mode, chained), code: isCode(kind, mode), step: stepOf(text) });
    mode = nextMode(kind, mode);
    chained = kind === 'link' || (chained && kind === 'blank');
  }
  return roles;
}
