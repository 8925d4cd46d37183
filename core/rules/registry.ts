import { crashLoop } from './crash-loop.ts';
import { createContainerConfigError } from './create-container-config-error.ts';
import { imagePullBackOff } from './image-pull-back-off.ts';
import { livenessProbeFailed } from './liveness-probe-failed.ts';
import { oomKilled } from './oom-killed.ts';
import { pending } from './pending.ts';
import type { Rule } from './rule.ts';
import { runContainerError } from './run-container-error.ts';
import { startupProbeFailed } from './startup-probe-failed.ts';

/** Every rule, in file-name order; a test compares this list with the directory. */
export const rules: readonly Rule[] = [
  crashLoop,
  createContainerConfigError,
  imagePullBackOff,
  livenessProbeFailed,
  oomKilled,
  pending,
  runContainerError,
  startupProbeFailed,
];
