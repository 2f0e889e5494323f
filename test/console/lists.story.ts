import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { doDueWork } from '../../local/telling/follow-case.ts';
import type { FastStack } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertAccessible, assertNoSideways, openConsole, SIZES, startConsole } from './support/console.ts';
import { CONTAINED, HELD, post, seedLists } from './support/seed-lists.ts';

const READER = 'Anneliese Oberhuber';
const ADMINISTRATOR = 'Rosa Marchetti';
const REASON = 'Agreed with security on the phone.';

describe('the lists of the console in a browser', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    await seedLists(stack);
  });
  after(() => stop());

  test('a reader sees what a reader may, changes nothing, and is told which role the rest takes', async () => {
    const { page, complaints, go, close } = await openConsole(browser, stack, READER, { path: '/sweeps' });
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    const names = await links.allTextContents();
    for (const name of ['Sweeps', 'Deny list', 'Rejections']) assert.ok(names.includes(name), name);
    for (const name of ['Doctor', 'Audit']) assert.ok(!names.includes(name), name);
    await go('/doctor');
    await page.getByText('Offboarding.Operate or Offboarding.Administer').waitFor();
    await go('/audit');
    await page.getByRole('heading', { name: 'Audit needs another role' }).waitFor();
    await assertAccessible(page);
    for (const path of ['/sweeps', '/denied', `/denied/${CONTAINED.oid}`, '/rejections']) {
      await go(path);
      await page.locator('.state:has(.spinner)').waitFor({ state: 'detached' });
      const able = page.getByRole('main').getByRole('button', { name: /release|extend|run|handled|accept/i });
      assert.equal(await able.count(), 0, path);
      await assertEverywhere(page);
    }
    assert.equal(await page.evaluate('globalThis.ran'), undefined, 'a name is no markup');
    // Who contained is not among the people of the tenant, and is shown by the object id.
    assert.deepEqual(
      complaints.filter((each) => !each.includes('404')),
      [],
    );
    await close();
  });

  test('a containment that ends soon is extended and then released, and its history says by whom and why', async () => {
    const { page, go, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    await page.getByText('One containment ends within a day').waitFor();
    await go(`/denied/${CONTAINED.oid}`);
    await carryOut(page, 'Extend');
    await page.getByText('Extended.').waitFor();
    await carryOut(page, 'Release');
    await page.getByText('the gateway lets them in again').waitFor();
    const history = page.getByRole('table', { name: 'What people did, the newest first' });
    const newest = history.getByRole('row').nth(1);
    await newest.filter({ hasText: 'Released' }).filter({ hasText: 'Rosa Marchetti (you)' }).waitFor();
    await newest.getByText(REASON).waitFor();
    await go('/denied');
    await page.getByRole('heading', { name: 'Nobody is denied' }).waitFor();
    await close();
  });

  test('what HR sent can be read, and is taken off the list of what is open with a reason', async () => {
    const { page, complaints, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/rejections' });
    const one = page.getByRole('article');
    await one.getByText('What was sent').click();
    await one.getByText('"messageId": "n-1"').waitFor();
    await assertEverywhere(page);
    await carryOut(page, 'Mark as handled');
    await page.getByRole('heading', { name: 'Nothing waits for you here' }).waitFor();
    await page.getByRole('link', { name: 'Show all states' }).click();
    await one.getByText(REASON).waitFor();
    assert.equal(await page.evaluate('globalThis.ran'), undefined);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('a sweep is run, and shows what it found and what became of it', async () => {
    const { page, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/sweeps' });
    await carryOut(page, 'Run a sweep now', 'Run a sweep');
    await page.getByRole('row').getByRole('link').first().click();
    await page.getByText('Looked at').waitFor();
    await page.getByText('What it read').click();
    await assertEverywhere(page);
    await close();
  });

  test('while the app is paused every page says so, and what waits is released by its trigger once it is over', async () => {
    const rosa = await openConsole(browser, stack, ADMINISTRATOR, { path: '/denied' });
    const { page } = rosa;
    await carryOut(page, 'Pause the app');
    await page.getByText('The app is paused: nothing is cut.').waitFor();
    const about = { mode: 'apply', reason: 'Left today', confirmUserPrincipalName: HELD.userPrincipalName };
    await post(stack, '/api/cases', { oid: HELD.oid, ...about });
    const reader = await openConsole(browser, stack, READER, { path: '/rejections' });
    await reader.page.getByText('1 case from requests of people is on hold').waitFor();
    assert.equal(await reader.page.getByRole('button', { name: 'End the pause' }).count(), 0);
    await assertEverywhere(reader.page);
    await reader.close();
    await carryOut(page, 'End the pause');
    await carryOut(page, 'Release it', 'Release 1 case');
    await page.getByText('1 started.').waitFor();
    await rosa.close();
    await doDueWork(stack);
  });

  test('the doctor names what fails and what to do, a pilot is run, and the audit has it all', async () => {
    const { page, go, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: '/doctor' });
    await page.getByRole('heading', { name: 'How cases begin' }).waitFor();
    await carryOut(page, 'Start a run', 'Start the run');
    await page.getByRole('button', { name: 'Save the record' }).waitFor();
    await assertEverywhere(page);
    await go('/audit');
    for (const operation of ['startPilot', 'endPause', 'pauseApp', 'releaseHeld'])
      await page.getByRole('row').filter({ hasText: operation }).getByText('Done (2').first().waitFor();
    await assertEverywhere(page);
    await close();
  });
});

/** Asks by a button, gives the reason, and carries it out by the button of the dialog. */
async function carryOut(page: Page, button: string, verb = button): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(REASON);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Nothing serious for whoever reads otherwise, and nothing to scroll sideways for, in every size and in the dark. */
async function assertEverywhere(page: Page): Promise<void> {
  for (const size of Object.values(SIZES)) {
    await page.setViewportSize(size);
    await assertNoSideways(page);
  }
  await assertAccessible(page);
  await page.setViewportSize(SIZES.wide);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: null });
}
