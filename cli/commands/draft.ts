import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { DraftWish } from '#core/report/draft-incident.ts';
import { isTimezone } from '#core/report/local-time.ts';
import { updateDocument, type UpdateReport } from '#core/report/draft/update-document.ts';
import { joinParts } from '#core/report/targets/join-parts.ts';
import { isTarget, targets } from '#core/report/targets/target.ts';
import { openSource } from '../incident-source.ts';
import { newestIncident } from '../newest-incident.ts';
import { parseVersionNumber } from '../input/parse-version-number.ts';
import { formatVersions } from '../output/format-versions.ts';
import { printJson, printNote, printResult } from '../output/print.ts';
import { writeWhole } from '../output/write-whole.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface DraftOptions extends QueryOptions {
  readonly file?: string;
  readonly update?: boolean;
  readonly target?: string;
  readonly heading?: string;
  readonly timezone?: string;
  readonly versions?: boolean;
  readonly versionNumber?: string;
}

export function draftCommand(): Command {
  return withQueryOptions(new Command('draft'), 'md (default); json with --versions')
    .argument('<target>', 'deploy/NAME, sts/NAME, ds/NAME, job/NAME, cronjob/NAME, pod/NAME or INC-…')
    .description('write the post-mortem draft of the newest incident of a target')
    .option('-f, --file <path>', 'write it to this file, which must not exist')
    .option('--update', 'bring the generated parts of FILE up to date; what was edited by hand stays')
    .option('--target <name>', `${targets.join(', ')} (default: file with -f)`)
    .option('--heading <text>', 'what to call the contributing factors, for example "Root cause(s)"')
    .option('--timezone <zone>', 'a column with the times of this zone beside UTC, for example Europe/Berlin')
    .option('--versions', 'list what was stored of it, with the data each version was made from')
    .option('--version-number <n>', 'print a stored version word for word')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem draft deploy/payments-api -n shop\n  mortem draft INC-03af7d19 -f postmortem.md\n  mortem draft INC-03af7d19 -f postmortem.md --update\n  mortem draft INC-03af7d19 --target slack | curl -H "content-type: application/json" -d @- "$WEBHOOK"',
    )
    .action(draft);
}

async function draft(text: string, options: DraftOptions): Promise<void> {
  const wish = wishOf(options);
  const version = parseVersionNumber(options.versionNumber);
  const source = await openSource(options, process.env);
  try {
    const id = await newestIncident(source, text, options);
    if (options.versions === true) {
      const list = await source.versions(id, 'draft');
      if (options.output === 'json') return printJson(list);
      return printResult(formatVersions(list));
    }
    const parts = version === undefined ? await source.draft(id, wish) : [await source.version(id, 'draft', version)];
    if (options.file === undefined) return printResult(joinParts(parts));
    if (options.update === true) return await update(options.file, parts.join('\n'));
    await create(options.file, parts);
  } finally {
    await source.close();
  }
}

/** @throws {MortemError} `usage` */
function checkOutput(output: string | undefined, isList: boolean): void {
  if (output === undefined || output === 'md' || (isList && output === 'json')) return;
  throw new MortemError('usage', `"${output}" is no output format. Use md; json goes with --versions.`);
}

/** @throws {MortemError} `usage` for options that do not go together */
function wishOf({ output, file, update: updates, target, heading, timezone, versions }: DraftOptions): DraftWish {
  checkOutput(output, versions === true);
  if (updates === true && file === undefined) throw new MortemError('usage', 'Say which file to update: -f FILE --update.');
  const wanted = target ?? (file === undefined ? undefined : 'file');
  if (wanted !== undefined && !isTarget(wanted)) throw new MortemError('usage', `"${wanted}" is no target. Use ${targets.join(', ')}.`);
  if (updates === true && wanted === 'slack') throw new MortemError('usage', 'A message for Slack cannot be updated. Print it anew.');
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new MortemError('usage', `"${timezone}" is no time zone. Use a name like Europe/Berlin.`);
  }
  return {
    ...(wanted === undefined ? {} : { target: wanted }),
    ...(heading === undefined ? {} : { heading }),
    ...(timezone === undefined ? {} : { timezone }),
  };
}

/** Parts behind the first go beside it: `draft.md`, `draft.2.md`. */
async function create(path: string, parts: readonly string[]): Promise<void> {
  const files = parts.map((_, index) => (index === 0 ? path : path.replace(/(\.[^./]*)?$/, (suffix) => `.${index + 1}${suffix}`)));
  for (const file of files) {
    if ((await readOrNothing(file)) === undefined) continue;
    throw new MortemError('usage', `${file} exists. Say --update to replace only what nobody edited, or choose another name.`);
  }
  for (const [index, file] of files.entries()) await writeWhole(file, parts[index] ?? '');
  printNote(`Wrote ${files.join(' ')}`);
}

async function update(path: string, fresh: string): Promise<void> {
  const edited = await readOrNothing(path);
  if (edited === undefined) throw new MortemError('not-found', `There is no ${path} to update. Leave --update out to write it.`);
  const { text, report } = updateDocument(edited, fresh);
  if (text !== edited) await writeWhole(path, text);
  for (const line of describe(report)) printNote(line);
}

function describe(report: UpdateReport): readonly string[] {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Replaced', report.replaced],
    ['Unchanged', report.unchanged],
    ['Left, edited by hand', report.edited],
    ['Left, its marks are broken', report.broken],
    ['Left, nothing fresh to put there', report.obsolete],
    ['Not put in, since the file does not have it', report.missing],
  ];
  return lines.flatMap(([what, names]) => (names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]));
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new MortemError('usage', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}
