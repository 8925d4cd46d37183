import { plainMessage } from './plain-message.ts';

/** The frame of a volume error: which step failed, for which volumes, and the error itself. */
export interface MountMessage {
  /** `MountVolume.SetUp`, `AttachVolume.Attach`, `Multi-Attach`, …; absent in the kubelet's summary of all volumes. */
  readonly operation?: string;
  readonly volumes: readonly string[];
  readonly detail: string;
}

const operation =
  /\b((?:MountVolume|UnmountVolume|MapVolume|AttachVolume|UnmountDevice|NodeExpandVolume)(?:\.[A-Za-z]{1,40})?(?: [A-Za-z]{1,20})?(?: [A-Za-z]{1,20})?) failed for volume "([^"]{1,253})" ?: ?/;
const multiAttach = /\bMulti-Attach error for volume "([^"]{1,253})" ?/;
const unmounted = /\b(?:list of )?unmounted volumes=\[([^\]]{0,4096})\]/;
const failed = /\bfailed to process volumes=\[([^\]]{0,4096})\]/;
/** What stands before the error in the summary: its last list of volumes, or the older sentence without one. */
const summaryEnd = /\b(?:failed to process volumes|unattached volumes)=\[[^\]]{0,4096}\]: /;

function names(list: string): readonly string[] {
  return list.split(/[ ,]{1,2}/).filter((name) => name !== '');
}

/** Reads `FailedMount`, `FailedAttachVolume` and `FailedMapVolume`. `undefined` where no volume is named. */
export function parseMountMessage(message: string): MountMessage | undefined {
  const text = plainMessage(message);
  const multi = multiAttach.exec(text);
  if (multi !== null) {
    return { operation: 'Multi-Attach', volumes: [multi[1] ?? ''], detail: text.slice(multi.index + multi[0].length).trim() };
  }
  const step = operation.exec(text);
  if (step !== null) {
    return { operation: step[1] ?? '', volumes: [step[2] ?? ''], detail: text.slice(step.index + step[0].length).trim() };
  }
  const summary = unmounted.exec(text);
  if (summary === null) return undefined;
  const unprocessed = names(failed.exec(text)?.[1] ?? '');
  const end = summaryEnd.exec(text.slice(summary.index));
  return {
    volumes: unprocessed.length > 0 ? unprocessed : names(summary[1] ?? ''),
    detail: end === null ? '' : text.slice(summary.index + end.index + end[0].length).trim(),
  };
}
