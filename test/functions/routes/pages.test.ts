import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { pod } from '../../support/build-observations.ts';
import { openApp } from '../../support/open-app.ts';

const hostile = '<script>alert(1)</script>';
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function open() {
  const { deps, save } = await openApp();
  const subject = incident({ workload: { kind: 'Deployment', name: `api"${hostile}` }, namespace: `shop${hostile}` });
  await save(subject, [timeline({ markdown: `# Timeline\n\n| a | b |\n${hostile} & "quoted"\n` })], [pod(1)]);
  return { app: createApp(deps), id: subject.id };
}

test('the list links every incident', async () => {
  const { app, id } = await open();
  const response = await app.request('/incidents');
  const html = await response.text();
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).toContain(`<a href="/incidents/${id}">${id}</a>`);
  expect(html).toContain('CrashLoopBackOff');
  expect((await app.request('/')).headers.get('location')).toBe('/incidents');
});

test('the page of an incident shows its timeline as it is written', async () => {
  const { app, id } = await open();
  const html = await (await app.request(`/incidents/${id}`)).text();
  expect(html).toContain('<pre># Timeline\n\n| a | b |\n&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;\n</pre>');
  expect(html).toContain(`<a href="/v1/incidents/${id}/timeline.md">`);
});

test.each(['/incidents', '/incidents/INC-1111111111111111'])(
  '%s carries untrusted text as text, and forbids scripts besides',
  async (path) => {
    const { app } = await open();
    const response = await app.request(path);
    const html = await response.text();
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    expect(response.headers.get('content-security-policy')).toBe(policy);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  },
);

test('an empty store has a page too', async () => {
  const { deps } = await openApp();
  expect(await (await createApp(deps).request('/incidents')).text()).toContain('No incident is known.');
});

test('the stylesheet is served from here', async () => {
  const { app } = await open();
  const response = await app.request('/style.css');
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await response.text()).toContain('font:');
});

test('an unknown incident is a problem, not a page', async () => {
  const { app } = await open();
  const response = await app.request('/incidents/INC-9');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ detail: 'There is no incident "INC-9". List them with "mortem get incidents".' });
});
