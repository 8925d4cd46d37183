const letters = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zLkJhGfDsA';

/** A made-up credential where an application would print it. `secret` is what must be nowhere. */
export interface PlantedFormat {
  readonly format: string;
  readonly text: string;
  readonly secret: string;
}

/** Each call draws other letters, so that a secret that is found says which one it is. */
let drawn = 0;
function body(length: number, alphabet = letters): string {
  drawn += 1;
  const seed = drawn;
  return Array.from({ length }, (_, index) =>
    alphabet.charAt((index * 7 + seed * 13 + (index >> 3) * seed + (seed >> 3) * index * 3) % alphabet.length),
  ).join('');
}
const hex = (length: number): string => body(length, '0123456789abcdef');
const upper = (length: number): string => body(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const base64 = (length: number): string => body(length, `${letters}+/`);
/** Put together here, so that no scanner takes this file for a leak. */
const begins = (...parts: readonly string[]): string => parts.join('');
const pem = (kind: string, content: string): string =>
  `-----BEGIN ${kind}${begins('PRIVATE', ' KEY')}-----\n${content}\n-----END ${kind}${begins('PRIVATE', ' KEY')}-----`;

function planted(format: string, secret: string, text: (secret: string) => string): PlantedFormat {
  return { format, secret, text: text(secret) };
}

/** Cloud keys, tokens of services, headers, addresses, dumps, files: one of each. */
export const plantedFormats: readonly PlantedFormat[] = [
  planted('AWS access key id', begins('AK', 'IA') + upper(16), (s) => `key ${s} is not authorized`),
  planted('AWS secret key in a profile', base64(40), (s) => `[default]\naws_secret_access_key = ${s}`),
  planted('AWS session token', base64(120), (s) => `{"SessionToken": "${s}"}`),
  planted('S3 signature', hex(64), (s) => `GET https://b.s3.amazonaws.com/k?X-Amz-Signature=${s}&x=1`),
  planted('Google API key', begins('AI', 'za') + body(35), (s) => `maps ${s}`),
  planted('Google OAuth secret', begins('GOC', 'SPX-') + body(28), (s) => `oauth ${s}`),
  planted('Google refresh token', begins('1//', '0') + body(60), (s) => `refreshing ${s}`),
  planted('Azure storage key', base64(86), (s) => `AccountName=x;AccountKey=${s}==;EndpointSuffix=core`),
  planted('Azure SAS', body(43), (s) => `https://acc.blob.core.windows.net/c?sv=2024&sig=${s}%3D&se=2026`),
  planted('Azure client secret', body(40), (s) => `AZURE_CLIENT_SECRET=${s}`),
  planted('Alibaba key id', begins('LT', 'AI') + body(20), (s) => `aliyun ${s}`),
  planted('DigitalOcean token', hex(64), (s) => `${begins('dop', '_v1_')}${s}`),
  planted('GitHub token', begins('gh', 'p_') + body(36), (s) => `remote: ${s}`),
  planted('GitHub fine-grained token', begins('github', '_pat_') + body(60), (s) => `using ${s}`),
  planted('GitLab token', begins('gl', 'pat-') + body(20), (s) => `${s} is revoked`),
  planted('Bitbucket token', begins('ATB', 'B') + body(32), (s) => `clone with ${s}`),
  planted('Slack token', `${begins('xo', 'xb-')}1234567890-${body(24)}`, (s) => `posting with ${s}`),
  planted('Slack webhook', body(24), (s) => `https://hooks.slack.com/services/T00000000/B00000000/${s}`),
  planted('Stripe key', begins('sk', '_live_') + body(24), (s) => `charge with ${s}`),
  planted('npm token', begins('np', 'm_') + body(36), (s) => `publishing with ${s}`),
  planted('PyPI token', body(60), (s) => `${begins('pypi', '-AgE')}IcHlwaS5vcmc${s}`),
  planted('RubyGems key', hex(48), (s) => `${begins('ruby', 'gems_')}${s}`),
  planted('SendGrid key', body(43), (s) => `${begins('S', 'G.')}${body(22)}.${s}`),
  planted('Twilio key', begins('S', 'K') + hex(32), (s) => `twilio ${s}`),
  planted('Mailgun key', begins('key', '-') + hex(32), (s) => `mailgun ${s}`),
  planted('Square token', body(22), (s) => `${begins('sq0', 'atp-')}${s}`),
  planted('Shopify token', hex(32), (s) => `${begins('shp', 'at_')}${s}`),
  planted('Vault token', body(90), (s) => `${begins('hv', 's.')}${s}`),
  planted('Terraform Cloud token', body(60), (s) => `${body(14)}.atlasv1.${s}`),
  planted('Databricks token', hex(32), (s) => `${begins('da', 'pi')}${s}`),
  planted('Grafana token', body(32), (s) => `${begins('gl', 'sa_')}${s}_${hex(8)}`),
  planted('New Relic key', upper(27), (s) => `${begins('NR', 'AK-')}${s}`),
  planted('Hugging Face token', body(34), (s) => `${begins('h', 'f_')}${s}`),
  planted('OpenAI key', body(48), (s) => `${begins('sk', '-proj-')}${s}`),
  planted('Telegram bot', body(33), (s) => `https://api.telegram.org/bot123456789:AA${s}/getMe`),
  planted('a service that nobody knows', body(40), (s) => `calling with zyx_live_${s}`),
  planted('JSON web token', body(40), (s) => `session ${begins('ey', 'J')}${body(20)}.${begins('ey', 'J')}${body(30)}.${s}`),
  planted('Authorization header', body(30), (s) => `"Authorization":["Bearer ${s}"]`),
  planted('X-Api-Key header', hex(32), (s) => `"x-api-key":["${s}"]`),
  planted('cookie', hex(32), (s) => `> Cookie: session=${s}; theme=dark`),
  planted('URL with a password', body(12), (s) => `dial postgres://app:${s}@10.0.0.5:5432/shop failed`),
  planted('MongoDB URL', body(12), (s) => `mongodb+srv://app:${s}@c0.example.net/db`),
  planted('MySQL DSN', body(12), (s) => `open shop:${s}@tcp(db:3306)/shop`),
  planted('connection string', body(12), (s) => `Server=db;User Id=sa;Password=${s};Encrypt=true`),
  planted('environment dump', body(12), (s) => `PATH=/usr/bin HOME=/root DB_PASSWORD=${s} LANG=C`),
  planted('environment lines', body(12), (s) => `HOME=/root\nSMTP_PASS=${s}\nLANG=C`),
  planted('Python environ', body(20), (s) => `environ({'PATH': '/usr', 'SECRET_KEY': '${s}'})`),
  planted('JSON', body(12), (s) => `{"user":"app","db_password":"${s}"}`),
  planted('JSON over lines', body(12), (s) => `{\n  "password":\n    "${s}"\n}`),
  planted('quoted JSON', body(20), (s) => `msg="{\\"api_key\\":\\"${s}\\"}"`),
  planted('YAML', body(12), (s) => `  clientSecret: ${s}`),
  planted('YAML block', body(40), (s) => `token: |\n  ${s}\nnext: 1`),
  planted('YAML in a JSON line', body(14), (s) => JSON.stringify({ level: 'info', msg: `config:\n  password: >-\n    ${s}\n  port: 1` })),
  planted('a printed Secret', base64(24), (s) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  plain: ${s}`),
  planted('XML', body(12), (s) => `<db><password>${s}</password></db>`),
  planted('SQL', body(12), (s) => `CREATE USER app IDENTIFIED BY '${s}'`),
  planted('a sentence', body(12), (s) => `login with password "${s}" failed`),
  planted('command line', body(12), (s) => `curl -s -u admin:${s} https://example.com`),
  planted('private key', base64(64), (s) => pem('RSA ', `${s}\n${base64(44)}`)),
  planted('private key in JSON', base64(64), (s) => JSON.stringify({ private_key: pem('', s) })),
  planted('private key without an end', base64(64), (s) => `-----BEGIN EC ${begins('PRIVATE', ' KEY')}-----\n${s}`),
  planted('password hash', body(53), (s) => `user $2b$12$${s}`),
];
