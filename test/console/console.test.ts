import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { deleteUser } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type FastStack, filedReport } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertAccessible, assertNoSideways, openConsole, SIZES, startConsole } from './support/console.ts';

const { leaver } = WORLD;

describe('the console in a browser', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
  });
  after(() => stop());

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

  test('an operator makes a plan of somebody by name; nobody is cut by it, and carrying it out asks for their name again', async () => {
    const { page, close } = await openConsole(browser, stack, 'Imani Okafor', { path: '/new' });
    await page.getByRole('combobox', { name: 'Who leaves?' }).waitFor();
    await page.keyboard.type('alex mor');
    await page.getByRole('option', { name: leaver.displayName }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Reason').fill('Left yesterday');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('heading', { name: leaver.displayName }).waitFor();
    await filedReport(stack, page.url().split('/cases/')[1] ?? '');
    await page.getByRole('link', { name: 'Carry it out' }).first().click();
    await page.getByLabel(/User principal name of Alex Moreau/).waitFor();
    await close();
    const { rows } = (await (await stack.api('/api/denied')).json()) as { rows: unknown[] };
    assert.deepEqual(rows, []);
  });

  test('an approver finds a case that waits, sees that it is an incident, and decides once', async () => {
    await deleteUser(stack, leaver.oid);
    const caseId = `${leaver.oid}-2`;
    const report = await filedReport(stack, caseId);
    const [one] = report.steps
      .flatMap(({ findings }) => findings)
      .filter(({ status, remedy }) => status === 'awaiting-decision' && remedy !== undefined);
    const { page, complaints, close } = await openConsole(browser, stack, 'Sven Lindqvist', { path: '/waiting' });
    await page.getByRole('region', { name: 'For you' }).getByRole('link', { name: leaver.displayName }).click();
    await page.getByRole('heading', { name: /^Incident/ }).waitFor();
    await assertAccessible(page);
    await page.locator(`[id="${one?.id}"]`).getByRole('checkbox', { name: 'Reject' }).check();
    await page.getByRole('button', { name: 'Decide…' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('It is production.');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject 1' }).click();
    await page.getByText('what waits is decided').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Decide…' }).count(), 0, 'it cannot be said twice');
    assert.deepEqual(complaints, []);
    await close();
  });
});
