import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { FastStack } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertAccessible, openConsole, startConsole } from './support/console.ts';

const ADMINISTRATOR = 'Rosa Marchetti';
const REASON = 'A wrong export; HR looks at it.';

describe('a session of the console that is disturbed', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
  });
  after(() => stop());

  test('a token that the API takes no more is renewed without a word', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    const refused = await refuseToken(page);
    await page.getByRole('link', { name: 'Rejections' }).click();
    await page.getByRole('heading', { name: 'Nothing waits for you here' }).waitFor();
    assert.ok(refused() > 0);
    assert.equal(await page.getByRole('button', { name: 'Sign in again' }).count(), 0);
    await close();
  });

  test('where nothing is typed the page leaves to sign in, and comes back to where it was', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    await refuseToken(page);
    await endSession(page);
    const address = '/rejections?state=handled';
    await page.evaluate(`location.hash = '#${address}'`);
    await signInAt(page, page.getByRole('heading', { name: 'Nothing of this state' }).waitFor());
    assert.ok(page.url().endsWith(`#${address}`), page.url());
    await close();
  });

  test('what is typed stays: whoever is in a dialog signs in in another window, and carries it out once', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/pause')) asked.push(request.url());
    });
    await page.getByRole('button', { name: 'Pause the app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(REASON);
    await refuseToken(page);
    await endSession(page);
    await dialog.getByRole('button', { name: 'Pause the app' }).click();
    const again = dialog.getByRole('button', { name: 'Sign in again' });
    await again.waitFor();
    await assertAccessible(page);
    assert.equal(await dialog.getByLabel('Reason').inputValue(), REASON);
    const [window] = await Promise.all([page.waitForEvent('popup'), again.click()]);
    await signInAt(window, dialog.getByText('You are signed in again').waitFor());
    assert.equal(await dialog.getByLabel('Reason').inputValue(), REASON);
    await dialog.getByRole('button', { name: 'Pause the app' }).click();
    await page.getByText('The app is paused: nothing is cut.').waitFor();
    assert.equal((await pauses()).length, 1);
    await close();
  });

  test('an app that goes away is said to be away; what was sent into nothing may have happened, and is repeated without harm', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    await page.getByRole('button', { name: 'End the pause' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(REASON);
    // It arrives and is done; the answer is lost on the way back.
    await page.route('**/api/pause', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await dialog.getByRole('button', { name: 'End the pause' }).click();
    await dialog.getByText('It may have been done all the same').waitFor();
    await page.unroute('**/api/pause');
    await dialog.getByRole('button', { name: 'End the pause' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.route('**/api/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: 'Rejections' }).click();
    await page.getByText('The app has not answered since').waitFor();
    await page.getByRole('heading', { name: 'The app does not answer' }).waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('heading', { name: 'Nothing waits for you here' }).waitFor();
    await page.getByText('The app has not answered since').waitFor({ state: 'detached' });
    await close();
  });

  test('a newer version of the page is offered, and not forced', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    // Each look finds another one, also where the page's own first look comes late.
    let deployed = 0;
    await page.route('**/console/app.js', (route) => {
      deployed += 1;
      return route.fulfill({ headers: { etag: `"${deployed}"` } });
    });
    await page.evaluate('dispatchEvent(new Event("focus")); dispatchEvent(new Event("focus"))');
    await page.getByText('A newer version of the console is there').waitFor();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('A newer version of the console is there').waitFor({ state: 'detached' });
    await close();
  });

  test('the files of the page are served as they are built: small, with a tag, and nothing else under their address', async () => {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${stack.url()}${path}`, { redirect: 'manual', ...init });
    const page = await ask('/console/app.js', { headers: { 'accept-encoding': 'br' } });
    const tag = page.headers.get('etag') ?? '';
    assert.deepEqual([page.status, page.headers.get('content-encoding')], [200, 'br']);
    assert.match(await page.text(), /createRoot|signed-in/);
    const head = await ask('/console/app.js', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('etag'), await head.text()], [200, tag, '']);
    assert.equal((await ask('/console/app.js', { headers: { 'if-none-match': tag } })).status, 304);
    const none = await ask('/console/app.map');
    assert.deepEqual([none.status, none.headers.get('content-type')], [404, 'application/problem+json']);
    for (const path of ['/', '/console'])
      assert.deepEqual([(await ask(path)).status, (await ask(path)).headers.get('location')], [308, '/console/'], path);
  });

  /** What the audit says of pauses that were begun. */
  async function pauses(): Promise<unknown[]> {
    const answer = await stack.api('/api/privileged-calls', {}, ['Offboarding.Administer']);
    const { calls } = (await answer.json()) as { calls: { operation: string; entry: string }[] };
    return calls.filter(({ operation, entry }) => operation === 'pauseApp' && entry === 'asked');
  }
});

/** From now on the API takes the token no more that the page has; a newer one it does. */
async function refuseToken(page: Page): Promise<() => number> {
  let old: string | undefined;
  let refused = 0;
  await page.route('**/api/**', async (route) => {
    const token = route.request().headers().authorization;
    old ??= token;
    if (token !== old) return route.continue();
    refused += 1;
    const problem = {
      type: 'urn:mcp-offboarding:problem:unauthenticated',
      status: 401,
      title: 'Signed out',
      detail: '',
    };
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });
  return () => refused;
}

/** From now on nothing renews the session but the person. */
async function endSession(page: Page): Promise<void> {
  await page.route('**/oauth2/v2.0/token', (route) => {
    if (!(route.request().postData() ?? '').includes('refresh_token=')) return route.continue();
    const error = { error: 'invalid_grant', error_description: 'AADSTS700082: the refresh token has expired.' };
    const headers = { 'access-control-allow-origin': new URL(page.url()).origin };
    return route.fulfill({ status: 400, headers, contentType: 'application/json', body: JSON.stringify(error) });
  });
}

/** Signs in where Entra’s page would be, until it is done; one that knows from the hint who it is asks nothing. */
async function signInAt(page: Page, done: Promise<void>): Promise<void> {
  const choice = page.getByRole('link', { name: ADMINISTRATOR });
  await Promise.race([choice.click().catch(() => done), done]);
  await done;
}
