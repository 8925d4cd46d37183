const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Numbers from 0 to below `below`, the same each time. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const draw = drawing(20_261_122);
const some = (length: number, alphabet = letters): string => Array.from({ length }, () => alphabet.charAt(draw(alphabet.length))).join('');
const hex = (length: number): string => some(length, '0123456789abcdef');
const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
const base64 = (length: number): string => Buffer.from(some(length)).toString('base64');
const number = (below: number): string => String(draw(below));
const pod = (): string => `payments-api-${hex(9)}-${some(5, 'bcdfghjklmnpqrstvwxz2456789')}`;

/** What applications really write, none of it a credential: each is a line, or several. */
export const cleanLines: readonly (() => string)[] = [
  () =>
    `{"level":"info","ts":"2026-11-22T11:03:56.706Z","msg":"request served","request_id":"${uuid()}","path":"/orders/${number(9999)}","status":200,"ms":${number(900)}}`,
  () => `{"trace_id":"${hex(32)}","span_id":"${hex(16)}","parent":"${hex(16)}","name":"SELECT orders","duration_ns":${number(1e9)}}`,
  () => `traceparent: 00-${hex(32)}-${hex(16)}-01`,
  () => `X-Amzn-Trace-Id: Root=1-${hex(8)}-${hex(24)};Parent=${hex(16)};Sampled=1`,
  () => `Pulled image registry.example.com/platform/api@sha256:${hex(64)} in ${number(9000)}ms`,
  () => `checksum sha256-${base64(32)} of main.${hex(8)}.js matches`,
  () => `commit ${hex(40)} (tag: v1.${number(20)}.${number(9)})`,
  () => `etag W/"${hex(8)}-${base64(20)}" last-modified Sun, 22 Nov 2026 11:03:56 GMT`,
  () => `message ${base64(18)} acked, cursor=${base64(24)}`,
  () => `S3 host id ${base64(57)} request id ${some(16, letters.slice(0, 26))}`,
  () => `intent pi_${some(24)} of customer cus_${some(14)} succeeded, event evt_${some(24)}`,
  () => `completion chatcmpl-${some(29)} took ${number(4000)} tokens, prompt_tokens=${number(2000)} max_tokens=4096`,
  () => `nanoid ${some(21)} ulid 01${some(24, '0123456789ABCDEFGHJKMNPQRSTVWXYZ')} ksuid ${some(27)}`,
  () =>
    `10.0.${number(255)}.${number(255)} - - [22/Nov/2026:11:03:56 +0000] "GET /v1/orders?page=${number(9)}&sort=created_at HTTP/1.1" 200 ${number(9000)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  () =>
    `SELECT o.id, o.primary_key, c.foreign_key FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.uuid = '${uuid()}' AND o.hash = '${hex(64)}' LIMIT ${number(99)}`,
  () => `INSERT INTO sessions_archive (id, cache_key, payload_sha1) VALUES (${number(1e6)}, 'orders:${number(1e6)}:v2', '${hex(40)}')`,
  () => `cache_key=orders:${number(1e6)}:${hex(8)} partition_key=${number(64)} sort_key=2026-11-22#${uuid()} routing_key=orders.created`,
  () =>
    `java.lang.IllegalStateException: pool is exhausted\n\tat com.example.orders.TokenBucketFilter.doFilter(TokenBucketFilter.java:${number(400)})\n\tat com.example.auth.PasswordEncoderFactory$$Lambda$${number(900)}/0x0000${hex(12)}.apply(Unknown Source)\n\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)`,
  () =>
    `Traceback (most recent call last):\n  File "/app/orders/secrets_manager.py", line ${number(400)}, in load\n    token = self.client.fetch(scope)\nKeyError: 'db_password'`,
  () =>
    `panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x${hex(6)}]\n\ngoroutine ${number(90)} [running]:\nmain.(*Server).authenticate(0xc000${hex(6)}, {0x${hex(6)}, 0x12})\n\t/src/auth/token.go:${number(400)} +0x1d`,
  () =>
    `TypeError: Cannot read properties of undefined (reading 'token')\n    at TokenService.verify (/app/dist/auth/token.service.js:${number(90)}:${number(90)})\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
  () =>
    `E1122 11:03:56.706189       1 reflector.go:${number(400)}] failed to list *v1.Secret: secrets is forbidden: User "system:serviceaccount:shop:api" cannot list resource "secrets"`,
  () =>
    `pod=${pod()} uid=${uuid()} node=ip-10-0-${number(255)}-${number(255)}.eu-west-1.compute.internal containerID=containerd://${hex(64)}`,
  () => `volume pvc-${uuid()} attached as /dev/nvme1n1, disk vol-0${hex(16)}`,
  () => `GET https://api.example.com/v2/items/${uuid()}?include=prices&locale=en-GB -> 304 in ${number(90)}ms`,
  () =>
    `kafka offset=${number(1e9)} key=order-${number(1e6)} partition=${number(64)} leader_epoch=${number(90)} group=payments-consumer-${hex(8)}`,
  () => `-----BEGIN CERTIFICATE-----\n${base64(48)}\n${base64(48)}\n-----END CERTIFICATE-----`,
  () => `tls: handshake with peer cert serial ${hex(40)} fingerprint ${Array.from({ length: 20 }, () => hex(2).toUpperCase()).join(':')}`,
  () => `migration 20261122110356_add_access_token_to_users.rb applied (${number(900)} ms)`,
  () => `user ${number(1e6)} changed password; password reset mail sent to user-${number(1e6)}`,
  () => `rate limit: 100 tokens/s, bucket holds ${number(100)} tokens; token expired at 2026-11-22T11:03:56Z`,
  () => `{"event":"login","user_id":${number(1e6)},"token_type":"Bearer","expires_in":3600,"scope":"orders:read orders:write"}`,
  () => `metric api_key_rotations_total{cluster="prod-eu-1"} ${number(90)}`,
  () => `memory rss=${number(900)}MB heap=${number(400)}MB gc=${number(90)}ms goroutines=${number(900)} key_count=${number(1e6)}`,
  () => `webhook delivered to https://hooks.example.com/orders in ${number(900)} ms`,
  () =>
    `com.example.Orders.V20261122.OrderCreatedEvent serialized schema_id=${number(900)} class=io.example.payments.internal.Retry2Handler3Impl4`,
];

/** About so many bytes of it. */
export function cleanLog(bytes: number): string {
  const lines: string[] = [];
  for (let length = 0; length < bytes;) {
    const line = (cleanLines[draw(cleanLines.length)] ?? (() => ''))();
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}
