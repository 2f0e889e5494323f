import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { ensureConsole } from '../../scripts/build-console.ts';
import { type FastStack, startFastStack } from '../scenarios/support/fast-stack.ts';
import { CHROMIUM, startBrowser } from '../support/browser.ts';
import { assertAccessible, assertNoSideways, openConsole, SIZES } from './support/console.ts';

describe('the console in a browser', {
  skip: CHROMIUM === undefined && 'no Chromium here; CHROMIUM_PATH names one',
}, () => {
  let browser: Browser;
  let stack: FastStack;

  before(async () => {
    await ensureConsole();
    [stack, browser] = await Promise.all([startFastStack(), startBrowser(CHROMIUM ?? '')]);
  });
  after(async () => {
    await browser.close();
    await stack.stop();
  });

  test('somebody without a role is told which one to ask for, and whom', async () => {
    const { page, close } = await openConsole(browser, stack, 'Tom Hale');
    await page.getByRole('heading', { name: 'You have no role here' }).waitFor();
    await assertAccessible(page);
    await close();
  });

  test('a reader signs in, sees an empty list, and signs out', async () => {
    const { page, complaints, close } = await openConsole(browser, stack, 'Anneliese Oberhuber');
    await page.getByRole('heading', { name: 'No case yet' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'New case' }).count(), 0);
    for (const size of Object.values(SIZES)) {
      await page.setViewportSize(size);
      await assertNoSideways(page);
    }
    await assertAccessible(page);
    assert.deepEqual(complaints, []);
    assert.equal(await page.evaluate('localStorage.length'), 0, 'tokens end with the tab');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await close();
  });
});
