/** What a process says of where it listens. */
export interface ListeningPorts {
  /** Ports it says it accepts connections on. */
  readonly ports: ReadonlySet<string>;
  /** Those of them bound to the loopback address alone, which no kubelet reaches. */
  readonly loopbackOnly: ReadonlySet<string>;
}

const says =
  /\b(?:listen(?:ing|s)?|serving|bound to|accepting (?:connections|requests)|(?:server|service|app(?:lication)?|http|https|grpc|tomcat|jetty|netty|undertow|uvicorn|puma|kestrel|worker)\b[^\n]{0,40}\b(?:started|running|ready|available|up)|(?:started|running|ready|available|up)\b[^\n]{0,40}\b(?:on|at|port))\b/i;
/** Ports of others, and of doors that no health probe knocks at. */
const aboutSomethingElse =
  /\b(?:connect(?:ing|ed|s)?|upstream|dial(?:ing)?|forward(?:ing)?|retry(?:ing)?|wait(?:ing)?|refused|failed|error|metrics?|prometheus|pprof|debug(?:ger)?|admin|management|actuator|jmx)\b/i;
const clockTime = /\d{1,4}(?:[-/]\d{1,2}){2}|\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?/g;
const addressAndPort = /(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])?:(\d{2,5})\b/g;
const portWord = /\bport(?:\(s\)|s)?["']?\s{0,2}[:=]?\s{0,2}["']?(\d{2,5})\b/gi;
const portAfterOn = /\bon (\d{3,5})\b/gi;

const tailCharacters = 20_000;

/** Reads the ports a process says it listens on, from the end of its own log. */
export function listeningPorts(log: string): ListeningPorts {
  const ports = new Set<string>();
  const loopback = new Set<string>();
  const reachable = new Set<string>();
  for (const line of log.slice(-tailCharacters).split('\n')) {
    const text = line.slice(0, 500);
    if (!says.test(text) || aboutSomethingElse.test(text)) continue;
    for (const { port, local } of portsIn(text.replace(clockTime, ' '))) {
      ports.add(port);
      (local ? loopback : reachable).add(port);
    }
  }
  return { ports, loopbackOnly: loopback.difference(reachable) };
}

function portsIn(text: string): readonly { readonly port: string; readonly local: boolean }[] {
  const addresses = [...text.matchAll(addressAndPort)].map(([, local, port = '']) => ({ port, local: local !== undefined }));
  const named = [...text.matchAll(portWord), ...text.matchAll(portAfterOn)].map(([, port = '']) => ({ port, local: false }));
  const local = addresses.some((address) => address.local);
  // `Serving on 127.0.0.1 port 8000` names the address once for the line.
  const all = [...addresses, ...named.map((item) => ({ ...item, local: local || /\b127\.0\.0\.1\b/.test(text) }))];
  return all.filter(({ port }) => Number(port) >= 80 && Number(port) <= 65_535);
}
