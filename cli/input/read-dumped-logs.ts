const start = /^==== START logs for container (\S+) of pod (\S+)\/(\S+) ====$/;
const end = /^==== END logs for container (\S+) of pod (\S+)\/(\S+) ====$/;

export interface DumpedLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly text: string;
}

/** The logs of one `logs.txt` of `kubectl cluster-info dump`: one part a container, each the current instance's. */
export function readDumpedLogs(text: string): readonly DumpedLog[] {
  const logs: DumpedLog[] = [];
  let open: { namespace: string; pod: string; container: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, container, namespace, pod] = start.exec(line) ?? [];
    if (container !== undefined && namespace !== undefined && pod !== undefined) open = { namespace, pod, container, lines: [] };
    else if (open !== undefined && end.test(line)) {
      logs.push({
        namespace: open.namespace,
        pod: open.pod,
        container: open.container,
        text: open.lines.map((item) => `${item}\n`).join(''),
      });
      open = undefined;
    } else open?.lines.push(line);
  }
  return logs;
}
