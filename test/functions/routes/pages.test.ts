import { describe, expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { stylesheet } from '../../../functions/assets/assets.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { rebuildWorkloads } from '../../../functions/usecases/rebuild-workloads.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { container, deployment, ended, imageID, pod, replicaSet } from '../../support/build-observations.ts';
import { openApp } from '../../support/open-app.ts';

const hostile = '<script>alert(1)</script>';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const crash = container({
  restartCount: 1,
  imageID,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: ended('containerd://1', 1, 5, 10),
});
const records = [deployment(0), replicaSet(0), pod(1, { containers: [container({ imageID })] }), pod(12, { containers: [crash] })];

/** An incident that the records make, as the server builds it. */
async function open({ openReads = true } = {}) {
  const { deps } = await openApp({ openReads });
  const { touched } = await deps.store.indexObservations('test', records);
  await rebuildWorkloads(deps, touched);
  const [found] = await deps.store.incidents({});
  return { app: createApp(deps), id: found!.id, deps };
}

/** An incident whose records are gone, and whose every word is hostile. */
async function openStored() {
  const { deps, save } = await openApp();
  const subject = incident({
    workload: { kind: 'Deployment', name: `api"${hostile}` },
    namespace: `shop${hostile}`,
    status: 'ended',
    settled: true,
  });
  await save(
    subject,
    [
      timeline({
        markdown: `# Timeline\n\n| a | b |\n|---|---|\n| ${hostile} | \`${hostile}\` |\n\n[x](javascript:alert(1)) ![x](http://evil.example/x.png)\n`,
      }),
    ],
    [pod(1)],
  );
  return { app: createApp(deps), id: subject.id };
}

const html = { accept: 'text/html' };

test('the list links every incident, newest first, and keeps its filter', async () => {
  const { app, id } = await open();
  const response = await app.request('/incidents?status=open&text=api');
  const page = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect(page).toMatch(/^<!doctype html><html lang="en">/);
  expect(page).toContain(`href="/incidents/${id}"`);
  expect(page).toContain('<option value="open" selected="">open</option>');
  expect(page).toContain('name="text" value="api"');
  expect((await app.request('/')).headers.get('location')).toBe('/incidents');
  expect(await (await app.request('/incidents?status=ended')).text()).toContain('No incident matches.');
  expect(await (await app.request('/incidents?since=yesterday&status=closed')).text()).toContain(
    'Since is a time like 2026-05-03T14:00:00Z, or a span like 24h or 7d.',
  );
});

test('fifty incidents a page, and a link to the older ones', async () => {
  const { deps, save } = await openApp();
  const many = Array.from({ length: 51 }, (_, index) =>
    incident({ id: `INC-${String(index).padStart(16, '0')}`, onsetAt: new Date(Date.UTC(2026, 4, 3, 0, index)).toISOString() }),
  );
  const { touched } = await deps.store.indexObservations('test', [pod(1)]);
  for (const workload of touched)
    await deps.store.saveIncidents(
      workload,
      many.map((item) => ({ incident: item, documents: [] })),
      1,
    );
  await save(many[0]!, [], []);
  const app = createApp(deps);
  const first = await (await app.request('/incidents?cluster=test')).text();
  const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&');
  expect(next).toMatch(/^\/incidents\?cluster=test&cursor=[\w-]+$/);
  const second = await (await app.request(next!)).text();
  expect(second).toContain(many[0]!.id);
  expect(second).not.toContain('rel="next"');
});

test('every page answers, and forbids all but its own files', async () => {
  const { app, id } = await open();
  const paths = [
    '/incidents',
    `/incidents/${id}`,
    `/incidents/${id}/timeline`,
    `/incidents/${id}/draft`,
    '/pods/test/pod-1',
    '/status',
    '/login',
  ];
  for (const path of paths) {
    const response = await app.request(path);
    expect([path, response.status, response.headers.get('content-security-policy')]).toEqual([path, 200, policy]);
    const page = await response.text();
    expect(page).not.toMatch(/ style=|<style|onclick|<script(?! type="module" src="\/assets\/)/);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
  }
});

test('an incident says what failed, in which phase, on which image, and what to check first', async () => {
  const { app, id } = await open();
  const page = await (await app.request(`/incidents/${id}`)).text();
  expect(page).toContain('<strong>startup</strong> with <strong class="symptom">CrashLoopBackOff</strong>');
  expect(page).toContain('<span class="image-tag">1.4.2</span>');
  expect(page).toContain('Check first:');
  expect(page).toContain('kubectl logs api-7d9f-abcde -n shop -c app --previous');
  expect(page).toMatch(
    /<svg [^>]*role="img"[^>]*aria-labelledby="swimlane-title swimlane-desc"[^>]*><title id="swimlane-title">Pods of api over time<\/title><desc id="swimlane-desc">/,
  );
  expect(page).toContain('href="/pods/test/pod-1"');
});

test('documents are the same words as page and as Markdown, and the picture is a file of its own', async () => {
  const { app, id } = await open();
  const markdown = await app.request(`/incidents/${id}/timeline.md`);
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect((await app.request(`/incidents/${id}/timeline.md`, { headers: html })).headers.get('content-type')).toBe(
    'text/plain; charset=utf-8',
  );
  const page = await (await app.request(`/incidents/${id}/timeline`)).text();
  for (const [, title] of (await markdown.text()).matchAll(/^## (.+)$/gm)) expect(page).toContain(`>${title}</h2>`);
  expect(await (await app.request(`/incidents/${id}/draft`)).text()).toContain('<mark class="todo">TODO(human)</mark>');
  const svg = await app.request(`/incidents/${id}/swimlane.svg`);
  expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(svg.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(await svg.text()).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="1200"/,
  );
  expect(await (await app.request(`/incidents/${id}/incident.json`)).json()).toMatchObject({ id });
});

test('an incident outlives its records: what was concluded stays, its timeline from the store', async () => {
  const { app, id } = await openStored();
  const page = await (await app.request(`/incidents/${id}`)).text();
  expect(page).toContain('Its records are no longer kept.');
  expect((await app.request(`/incidents/${id}/swimlane.svg`)).status).toBe(404);
  const document = await (await app.request(`/incidents/${id}/timeline`)).text();
  expect(document).toContain('<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>');
  expect(document).not.toMatch(/javascript:|evil\.example|<img src="http|<script>/);
  for (const text of [page, await (await app.request('/incidents')).text()]) {
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  }
});

test('evidence shows its record and the incident that cites it', async () => {
  const { app, id, deps } = await open();
  const [evidenceId] = (await deps.store.incident(id))!.chapters[0]!.evidence;
  const page = await (await app.request(`/evidence/${evidenceId}`)).text();
  expect(page).toContain(`href="/incidents/${id}"`);
  expect(page).toContain('&quot;restartCount&quot;: 1');
  expect(page).toContain('href="/pods/test/pod-1"');
  expect(await (await app.request(`/evidence/${evidenceId}.json`)).json()).toMatchObject({ kind: 'EvidenceList', items: [{ evidenceId }] });
});

test('an empty store has pages too', async () => {
  const { deps } = await openApp();
  const app = createApp(deps);
  expect(await (await app.request('/incidents')).text()).toContain('No incident is known.');
  expect(await (await app.request('/status')).text()).toContain('No cluster sends records yet.');
});

test('assets are kept for ever under a name that changes with them', async () => {
  const { app } = await open();
  const response = await app.request(stylesheet.path);
  expect(stylesheet.path).toMatch(/^\/assets\/mortem\.[0-9a-f]{12}\.css$/);
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await response.text()).toBe(stylesheet.body);
});

describe('faults', () => {
  test('are pages for browsers and problems for scripts', async () => {
    const { app } = await open();
    const page = await app.request('/incidents/INC-9', { headers: html });
    expect([page.status, page.headers.get('content-type'), page.headers.get('content-security-policy')]).toEqual([
      404,
      'text/html; charset=UTF-8',
      policy,
    ]);
    expect(await page.text()).toContain('There is no incident &quot;INC-9&quot;.');
    const problem = await app.request('/incidents/INC-9');
    expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await problem.json()).toMatchObject({ detail: 'There is no incident "INC-9". List them with "mortem get incidents".' });
    expect((await app.request('/pods/test/no-such', { headers: html })).status).toBe(404);
    expect((await app.request('/evidence/what', { headers: html })).status).toBe(400);
    const nowhere = await app.request('/nowhere', { headers: html });
    expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8']);
    expect(await nowhere.text()).toContain('Nothing is served under GET /nowhere.');
    for (const [path, headers] of [
      ['/nowhere', {}],
      ['/v1/nowhere', html],
    ] as const) {
      expect((await app.request(path, { headers })).headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

describe('where reads are not open', () => {
  const origin = { origin: 'http://localhost', 'content-type': 'application/x-www-form-urlencoded' };

  async function openClosed() {
    const { app, deps, id } = await open({ openReads: false });
    const login = (key: string, next = '/incidents') => {
      const body = new URLSearchParams({ key, next }).toString();
      return app.request('/login', { method: 'POST', headers: { ...origin, 'content-length': String(body.length) }, body });
    };
    return { app, deps, id, login };
  }

  test('every page asks to sign in first, and only the form and the assets do not', async () => {
    const { app, id } = await openClosed();
    for (const path of [
      '/incidents?status=open',
      `/incidents/${id}`,
      `/incidents/${id}/draft.md`,
      '/pods/test/pod-1',
      '/evidence/EV-0123',
      '/status',
    ]) {
      expect((await app.request(path)).status).toBe(401);
      const response = await app.request(path, { headers: html });
      expect([response.status, response.headers.get('location')]).toEqual([303, `/login?next=${encodeURIComponent(path)}`]);
    }
    expect((await app.request('/login')).status).toBe(200);
    expect((await app.request(stylesheet.path)).status).toBe(200);
  });

  test('a key that reads starts a session that no script and no other site can use', async () => {
    const { app, deps, login } = await openClosed();
    const key = await createKey(deps, 'test', ['read']);
    const response = await login(key, '/status');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/status']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^mortem_session=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(key);
    const session = { cookie: cookie.split(';')[0]! };
    const page = await app.request('/incidents', { headers: session });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Sign out');
    expect((await app.request('/incidents', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    const out = await app.request('/logout', { method: 'POST', headers: { ...origin, ...session } });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('mortem_session=; Max-Age=0')]);
  });

  test('over TLS the cookie is never sent without it', async () => {
    const { app, deps } = await openClosed();
    const body = new URLSearchParams({ key: await createKey(deps, 'test', ['read']) }).toString();
    const headers = { ...origin, origin: 'https://mortem.example', 'content-length': String(body.length) };
    const response = await app.request('https://mortem.example/login', { method: 'POST', headers, body });
    expect(response.headers.get('set-cookie')).toContain('; Secure;');
  });

  test('a revoked key ends its sessions', async () => {
    const { app, deps, login } = await openClosed();
    const cookie = (await login(await createKey(deps, 'test', ['read']))).headers.get('set-cookie')!.split(';')[0]!;
    const [stored] = await deps.store.apiKeys();
    await deps.store.revokeKey(stored!.keyHash, 1);
    expect((await app.request('/incidents', { headers: { cookie } })).status).toBe(401);
  });

  test('a session sees the clusters of its key and no others', async () => {
    const { app, deps, id, login } = await openClosed();
    const cookie = (await login(await createKey(deps, 'elsewhere', ['read']))).headers.get('set-cookie')!.split(';')[0]!;
    const get = (path: string) => app.request(path, { headers: { cookie } });
    expect(await (await get('/incidents')).text()).toContain('No incident is known.');
    expect(await (await get('/status')).text()).toContain('No cluster sends records yet.');
    expect((await get(`/incidents/${id}`)).status).toBe(404);
    expect((await get('/pods/test/pod-1')).status).toBe(404);
  });

  test.each([
    ['a wrong key', 'mk_wrong', 401],
    ['no key', '', 401],
    ['a whole sentence', 'this is not a key', 401],
  ])('%s is told so and starts nothing', async (_, key, status) => {
    const { login } = await openClosed();
    const response = await login(key);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null]);
    expect(await response.text()).toContain('role="alert"');
  });

  test('a key that only writes reads no page', async () => {
    const { deps, login } = await openClosed();
    expect((await login(await createKey(deps, 'test', ['write']))).status).toBe(403);
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'the form leads nowhere else: %s',
    async (next) => {
      const { deps, login } = await openClosed();
      expect((await login(await createKey(deps, 'test', ['read']), next)).headers.get('location')).toBe('/incidents');
    },
  );

  test('another site cannot post the form, and nobody posts a book', async () => {
    const { app } = await openClosed();
    const foreign = { ...origin, origin: 'https://evil.example' };
    expect((await app.request('/login', { method: 'POST', headers: { ...foreign, 'content-length': '5' }, body: 'key=x' })).status).toBe(
      403,
    );
    expect((await app.request('/logout', { method: 'POST', headers: foreign })).status).toBe(403);
    const body = `key=${'x'.repeat(20_000)}`;
    expect(
      (await app.request('/login', { method: 'POST', headers: { ...origin, 'content-length': String(body.length) }, body })).status,
    ).toBe(413);
  });

  test('a forged or foreign session is no session', async () => {
    const { app } = await openClosed();
    for (const token of ['x', 'eyJhbGciOiJub25lIn0.e30.', 'a.b.c.d.e']) {
      expect((await app.request('/incidents', { headers: { cookie: `mortem_session=${token}` } })).status).toBe(401);
    }
  });
});
