import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { collectCommand } from './commands/collect.ts';
import { demoCommand } from './commands/demo.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { doctorCommand } from './commands/doctor.ts';
import { draftCommand } from './commands/draft.ts';
import { explainCommand } from './commands/explain.ts';
import { getCommand } from './commands/get.ts';
import { importCommand } from './commands/import.ts';
import { keysCommand } from './commands/keys.ts';
import { lintCommand } from './commands/lint.ts';
import { manifestsCommand } from './commands/manifests.ts';
import { purgeCommand } from './commands/purge.ts';
import { reclassifyCommand } from './commands/reclassify.ts';
import { migrateCommand } from './commands/migrate.ts';
import { redriveCommand } from './commands/redrive.ts';
import { replayCommand } from './commands/replay.ts';
import { serveCommand } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { timelineCommand } from './commands/timeline.ts';
import { trendsCommand } from './commands/trends.ts';
import { upCommand } from './commands/up.ts';
import { version } from './version.ts';

/** The whole command line as a value; commands load what they need when they run. */
export function createProgram(): Command {
  const program = new Command('mortem')
    .description('The flight recorder of Kubernetes pods: keeps the evidence of every failure and writes the incident timeline.')
    .version(version)
    .showHelpAfterError('(add --help for usage and examples)')
    .exitOverride()
    .addHelpText('after', examples);
  const commands = [
    demoCommand,
    upCommand,
    serveCommand,
    collectCommand,
    diagnoseCommand,
    importCommand,
    replayCommand,
    getCommand,
    timelineCommand,
    draftCommand,
    lintCommand,
    explainCommand,
    trendsCommand,
    auditCommand,
    reclassifyCommand,
    keysCommand,
    redriveCommand,
    migrateCommand,
    purgeCommand,
    statusCommand,
    manifestsCommand,
    doctorCommand,
  ];
  for (const command of commands) program.addCommand(command().exitOverride());
  return program;
}

const examples = `
Examples:
  mortem demo                                            a recorded incident, end to end, no cluster needed
  mortem up                                              record the cluster of your kubeconfig on this machine
  kubectl get pod,events -A -o json | mortem diagnose -f -
  mortem get incidents -A
  mortem timeline deploy/payments-api -n shop
  mortem trends oomkilled --since 90d                    how often, at which limit, with which image
  mortem audit rollbacks deploy/payments-api -n shop     did the rollback help?

Exit codes: 0 done · 1 findings, only with --exit-code · 2 usage · 3 cannot reach or not allowed · 4 nothing matches · 5 coverage too low`;
