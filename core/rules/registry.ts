import { admissionRejected } from './admission-rejected.ts';
import { containerStatusUnknown } from './container-status-unknown.ts';
import { crashLoop } from './crash-loop.ts';
import { createContainerConfigError } from './create-container-config-error.ts';
import { createContainerError } from './create-container-error.ts';
import { creationStalled } from './creation-stalled.ts';
import { deadlineExceeded } from './deadline-exceeded.ts';
import { errImageNeverPull } from './err-image-never-pull.ts';
import { evicted } from './evicted.ts';
import { failedCreatePodSandbox } from './failed-create-pod-sandbox.ts';
import { failedCreate } from './failed-create.ts';
import { failedMount } from './failed-mount.ts';
import { imagePullBackOff } from './image-pull-back-off.ts';
import { initContainerHangs } from './init-container-hangs.ts';
import { invalidImageName } from './invalid-image-name.ts';
import { jobFailed } from './job-failed.ts';
import { livenessProbeFailed } from './liveness-probe-failed.ts';
import { nodeLost } from './node-lost.ts';
import { oomKilled } from './oom-killed.ts';
import { pending } from './pending.ts';
import { podFailed } from './pod-failed.ts';
import { postStartHookError } from './post-start-hook-error.ts';
import { preempted } from './preempted.ts';
import { readinessProbeFailed } from './readiness-probe-failed.ts';
import type { Rule } from './rule.ts';
import { runContainerError } from './run-container-error.ts';
import { schedulingGated } from './scheduling-gated.ts';
import { startupProbeFailed } from './startup-probe-failed.ts';
import { stuckTerminating } from './stuck-terminating.ts';
import { unknownWaitingReason } from './unknown-waiting-reason.ts';

/** Every rule, in file-name order; a test compares this list with the directory. */
export const rules: readonly Rule[] = [
  admissionRejected,
  containerStatusUnknown,
  crashLoop,
  createContainerConfigError,
  createContainerError,
  creationStalled,
  deadlineExceeded,
  errImageNeverPull,
  evicted,
  failedCreatePodSandbox,
  failedCreate,
  failedMount,
  imagePullBackOff,
  initContainerHangs,
  invalidImageName,
  jobFailed,
  livenessProbeFailed,
  nodeLost,
  oomKilled,
  pending,
  podFailed,
  postStartHookError,
  preempted,
  readinessProbeFailed,
  runContainerError,
  schedulingGated,
  startupProbeFailed,
  stuckTerminating,
  unknownWaitingReason,
];
