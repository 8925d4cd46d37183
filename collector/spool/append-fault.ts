/** Why a line was not taken, and the line: while the disk is waited for nobody else holds it. */
export class AppendFault extends Error {
  readonly line: string;

  constructor(line: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'AppendFault';
    this.line = line;
  }
}
