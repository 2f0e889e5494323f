import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { pageAnswer } from '../../src/api/page.ts';
import { PAGE_FILES, type PageFile } from '../../src/page-files.ts';

const documents = new URL('../../console/documents/', import.meta.url);
const index = await readFile(new URL('index.html', documents));
const settings = { LOGIN_ENDPOINT: 'https://login.microsoftonline.com', SIGN_IN_METADATA: undefined };

/** The page as the package has it. */
const FILES: Partial<Record<PageFile, { readonly plain: Buffer; readonly brotli?: Buffer }>> = {
  'index.html': { plain: index },
  'app.js': { plain: Buffer.from('let page;'), brotli: Buffer.from('small') },
  'icon.svg': { plain: Buffer.from('<svg/>') },
  'signed-in.html': { plain: Buffer.from('<!doctype html>') },
};

const ask = (path: string, more: { ifNoneMatch?: string; takesBrotli?: boolean } = {}, files = FILES) =>
  pageAnswer(
    { path, ifNoneMatch: null, takesBrotli: false, ...more },
    settings,
    randomUUID,
    async (name) => files[name],
  );
const policyOf = (headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    (headers['content-security-policy'] ?? '').split('; ').map((each) => {
      const [name = '', ...values] = each.split(' ');
      return [name, values.join(' ')];
    }),
  );

test('the page runs its own scripts and nothing else: nothing inline, nothing evaluated, no other origin than the sign-in', async () => {
  const { status, headers } = await ask('/console/');
  const policy = policyOf(headers);
  assert.equal(status, 200);
  assert.equal(policy.get('default-src'), "'none'");
  assert.equal(policy.get('script-src'), "'self'");
  assert.doesNotMatch(headers['content-security-policy'] ?? '', /unsafe-|\*|http:/);
  assert.equal(policy.get('connect-src'), `'self' ${settings.LOGIN_ENDPOINT}`);
  assert.equal(policy.get('frame-ancestors'), "'self'");
  assert.equal(policy.get('base-uri'), "'none'");
  assert.equal(policy.get('require-trusted-types-for'), "'script'");
  assert.equal(headers['cache-control'], 'no-store');
});

test('each answer has a nonce of its own, in the policy and in the page', async () => {
  const answers = await Promise.all([ask('/console/'), ask('/console/index.html')]);
  const nonces = answers.map(({ headers, body }) => {
    const [, once = ''] = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '') ?? [];
    assert.ok(once !== '' && String(body).includes(`nonce="${once}"`));
    assert.doesNotMatch(String(body), /NONCE/);
    return once;
  });
  assert.equal(new Set(nonces).size, nonces.length);
});

test('no document has a script, a style or a handler of events in its text', async () => {
  for (const name of ['index.html', 'signed-in.html']) {
    const html = await readFile(new URL(name, documents), 'utf8');
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/i, name);
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) assert.match(tag, /\ssrc="\/console\//, name);
  }
});

test('what is not a file of the page is a problem, whatever its name', async () => {
  for (const name of [
    'app.css',
    'APP.JS',
    '../src/config.ts',
    '%2e%2e/host.json',
    'toString',
    '__proto__',
    'app.js/',
  ]) {
    const { status, headers, body } = await ask(`/console/${name}`);
    assert.deepEqual([status, headers['content-type']], [404, 'application/problem+json'], name);
    assert.match(String(body), /The console has no such file/);
  }
});

test('a package without the page says so, and how to make one with it', async () => {
  for (const name of Object.keys(PAGE_FILES)) {
    const { status, headers, body } = await ask(`/console/${name}`, {}, {});
    assert.deepEqual([status, headers['content-type']], [404, 'application/problem+json'], name);
    assert.match(String(body), /made without the console.*npm run build/);
  }
});

test('a file that the browser has already is not sent again, also where something on the way compressed it', async () => {
  const first = await ask('/console/app.js');
  const etag = first.headers.etag ?? '';
  assert.deepEqual([first.status, first.headers['cache-control']], [200, 'no-cache']);
  for (const ifNoneMatch of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await ask('/console/app.js', { ifNoneMatch });
    assert.deepEqual([again.status, again.body, again.headers.etag], [304, undefined, etag], ifNoneMatch);
  }
  assert.equal((await ask('/console/app.js', { ifNoneMatch: '"other"' })).status, 200);
});

test('whoever takes Brotli gets the small file under the same ETag, and the plain one where there is no other', async () => {
  const [plain, small, icon] = await Promise.all([
    ask('/console/app.js'),
    ask('/console/app.js', { takesBrotli: true }),
    ask('/console/icon.svg', { takesBrotli: true }),
  ]);
  assert.deepEqual([small.headers['content-encoding'], String(small.body)], ['br', 'small']);
  assert.deepEqual([small.headers.vary, small.headers.etag], ['accept-encoding', plain.headers.etag]);
  assert.deepEqual([icon.headers['content-encoding'], String(icon.body)], [undefined, '<svg/>']);
});

test('the page that Entra answers to may talk to its window, and no other page may', async () => {
  assert.equal((await ask('/console/signed-in.html')).headers['cross-origin-opener-policy'], undefined);
  assert.equal((await ask('/console/')).headers['cross-origin-opener-policy'], 'same-origin');
});

test('every other address of the page leads to it', async () => {
  for (const path of ['/', '/console']) {
    const { status, headers } = await ask(path);
    assert.deepEqual([status, headers.location], [308, '/console/'], path);
  }
});
