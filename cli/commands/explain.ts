import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { openSource } from '../incident-source.ts';
import { printJson, printYaml } from '../output/print.ts';
import type { SourceOptions } from '../incident-source.ts';

interface ExplainOptions extends SourceOptions {
  readonly output?: string;
}

export function explainCommand(): Command {
  return new Command('explain')
    .argument('<id>', 'EV-… or INC-…, as printed in a timeline; any unique beginning will do')
    .description('print the record behind an evidence id and what the rules made of it, or an incident with its rules and evidence')
    .option('-o, --output <format>', 'yaml (default) or json')
    .option('--data <dir>', 'read the store in this folder (default: the one of "mortem up")')
    .option('--server <url>', 'ask a mortem server; its key is read from MORTEM_KEY')
    .addHelpText('after', '\nExamples:\n  mortem explain EV-f50411c5\n  mortem explain INC-03af7d19 -o json')
    .action(explain);
}

async function explain(id: string, options: ExplainOptions): Promise<void> {
  if (options.output !== undefined && !['yaml', 'json'].includes(options.output)) {
    throw new MortemError('usage', `"${options.output}" is no output format. Use yaml or json.`);
  }
  const source = await openSource(options, process.env);
  try {
    const found = /^inc-/i.test(id) ? await source.incident(id) : await source.explain(id);
    if (options.output === 'json') printJson(found);
    else printYaml(found);
  } finally {
    await source.close();
  }
}
