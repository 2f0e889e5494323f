import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Storage } from '../../src/connectors/storage/index.ts';
import { type FastStack, filedReport } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertNoSideways, openConsole, startConsole } from './support/console.ts';
import { looked } from './support/looked.ts';
import { oidOf, plantCase, storageOf } from './support/plant-cases.ts';

const { leaver } = WORLD;
const LONG = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzbeauftragte';
const HOSTILE = '<img src=x onerror=alert(1)> "\'&amp; \u202Egnp.exe';

describe('work in the console', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;
  let storage: Storage;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    storage = storageOf(stack);
  });
  after(() => stop());

  test('from “Alex left” to a plan that is carried out takes four clicks', async () => {
    const { page, complaints, close } = await openConsole(browser, stack, 'Imani Okafor');
    let clicks = 0;
    const click = async (role: 'link' | 'button', name: string | RegExp): Promise<void> => {
      clicks += 1;
      await page.getByRole(role, { name }).first().click();
    };
    await page.getByRole('heading', { name: 'No case yet' }).waitFor();
    await click('link', 'New case');
    const who = page.getByRole('combobox', { name: 'Who leaves?' });
    await who.waitFor();
    assert.equal(await page.evaluate('document.activeElement.role'), 'combobox', 'the picker has the focus');
    await page.keyboard.type('alex mor');
    await page.getByRole('option', { name: leaver.displayName }).waitFor();
    // Not for axe: React Aria hides the page behind an open list from screen readers, which axe takes for a trap.
    await assertNoSideways(page);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Remove ${leaver.displayName}` }).waitFor();
    await page.getByLabel('Reason').fill('Left yesterday');
    await looked(page, 'new-plan');
    await click('button', 'Make the plan');
    await page.getByRole('heading', { name: leaver.displayName }).waitFor();
    const planId = page.url().split('/cases/')[1] ?? '';
    await filedReport(stack, planId);
    // The page of the case leads back with `mode=apply`.
    clicks += 1;
    await page.goto(`${stack.url()}/console/#/new?oid=${leaver.oid}&mode=apply`);
    const upn = page.getByLabel(/User principal name of Alex Moreau/);
    await upn.waitFor();
    await page.getByText('The plan of').waitFor();
    assert.equal(
      await page.getByLabel('Reason').inputValue(),
      'Left yesterday',
      'it is carried out for what it was made for',
    );
    await upn.fill('somebody.else@northwind-capital.example');
    await page.getByRole('button', { name: 'Cut off now' }).click();
    await page.getByText('must be the UPN of the account that is meant').waitFor();
    await looked(page, 'new-fault');
    await upn.fill(leaver.userPrincipalName);
    await click('button', 'Cut off now');
    await page.getByRole('heading', { name: leaver.displayName }).waitFor();
    const caseId = page.url().split('/cases/')[1] ?? '';
    assert.notEqual(caseId, planId);
    await filedReport(stack, caseId);
    assert.equal(clicks, 4);
    // What the network refused is told by the page.
    assert.deepEqual(
      complaints.filter((each) => !each.startsWith('Failed to load resource')),
      [],
    );
    await close();
  });

  test('what waits for a decision stands under “for others” for whoever asked, and is counted for the approver', async () => {
    const asker = await openConsole(browser, stack, 'Imani Okafor', { path: '/waiting' });
    const others = asker.page.getByRole('region', { name: 'For others' });
    await others.getByText('You asked for this case').first().waitFor();
    await asker.close();
    const { page, go, close } = await openConsole(browser, stack, 'Sven Lindqvist', { path: '/cases' });
    await page.getByRole('link', { name: /^Waiting\s*1/ }).waitFor();
    await go('/waiting');
    const yours = page.getByRole('region', { name: 'For you' });
    await yours.getByText('for a decision').waitFor();
    await yours.getByRole('link', { name: leaver.displayName }).click();
    await page.getByRole('heading', { name: leaver.displayName }).waitFor();
    await close();
  });

  test('several people leave on a day, each with what became of it, and one is contained', async () => {
    const { page, go, close } = await openConsole(browser, stack, 'Rosa Marchetti', { path: '/new' });
    const [ana, ben] = WORLD.colleagues;
    const who = page.getByRole('combobox', { name: 'Who leaves?' });
    for (const { displayName } of [ana, ben]) {
      await who.fill(displayName.split(' ')[0] ?? '');
      await page.getByRole('option', { name: displayName }).click();
    }
    await page.getByLabel('Carry out on the last day').check();
    const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Last day', { exact: true }).fill(inAMonth);
    await page.getByLabel('Time of day').fill('17:30');
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByLabel('Reason').fill('The team is closed');
    await page.getByLabel(/name of Ana/).fill(ana.userPrincipalName);
    await page.getByLabel(/name of Ben/).fill('wrong@northwind-capital.example');
    await looked(page, 'new-schedule');
    await page.getByRole('button', { name: 'Schedule it (2 people)' }).click();
    await page.getByText('Scheduled').waitFor();
    await page.getByText('must be the UPN of the account that is meant').waitFor();
    await looked(page, 'new-partly');
    await page.getByLabel(/name of Ben/).fill(ben.userPrincipalName);
    await page.getByRole('button', { name: 'Schedule it' }).click();
    await page.getByRole('heading', { name: 'Recorded for 2 people' }).waitFor();
    await looked(page, 'new-results');
    await go(`/people/${ana.oid}`);
    await page.getByRole('link', { name: 'Contain only' }).click();
    await page.getByLabel(/name of Ana/).fill(ana.userPrincipalName);
    await page.getByLabel('Reason').fill('Calls at night');
    await looked(page, 'new-contain');
    await page.getByRole('button', { name: 'Contain now' }).click();
    await page.getByText('Contained now').waitFor();
    await go(`/people/${ana.oid}`);
    await page.getByText('Denied at the gateway').waitFor();
    await looked(page, 'person-contained');
    await go('/waiting');
    await page.getByRole('region', { name: 'For you' }).getByText('Containment ends').waitFor();
    await page.getByRole('link', { name: ana.displayName }).waitFor();
    await looked(page, 'waiting');
    await close();
  });

  test('people are found and shown with everything that is known; hostile and long names stay text', async () => {
    await plantCase(storage, {
      oid: oidOf(1),
      displayName: HOSTILE,
      reason: `${LONG} ${LONG}`,
      outcome: 'attention',
      awaiting: 3,
    });
    await plantCase(storage, { oid: oidOf(2), displayName: LONG, reason: LONG, incident: true, outcome: 'incomplete' });
    await plantCase(storage, {
      oid: oidOf(3),
      displayName: 'Failed Case',
      state: 'failed',
      failure: `${LONG} did not answer`,
    });
    await plantCase(storage, {
      oid: oidOf(4),
      displayName: 'Held Case',
      state: 'open',
      onHold: 'More leave than usual.',
    });
    const { page, go, complaints, close } = await openConsole(browser, stack, 'Imani Okafor', { path: '/people' });
    await page.getByRole('searchbox').fill('alex');
    await page.getByRole('link', { name: leaver.displayName }).waitFor();
    await looked(page, 'people');
    await page.getByRole('link', { name: leaver.displayName }).click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page
      .getByText(/^P\d proved$/)
      .first()
      .waitFor();
    await looked(page, 'person');
    await go('/cases?search=Rindfleisch');
    await page.getByText(HOSTILE).waitFor();
    assert.equal(await page.getByRole('row').count(), 3);
    await page.getByText('3 decisions').waitFor();
    await looked(page, 'cases-hostile');
    await page.getByRole('searchbox').fill('nobody at all');
    await page.getByRole('heading', { name: 'No case matches these filters' }).waitFor();
    await looked(page, 'cases-none');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('Held Case').waitFor();
    await page.getByLabel('On hold only').check();
    await page.getByText('Failed Case').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row').count(), 2);
    await go('/waiting');
    await page.getByRole('link', { name: HOSTILE }).waitFor();
    await looked(page, 'waiting-hostile');
    assert.deepEqual(complaints, []);
    await close();
  });

  test('a reader and one without a role are told what it takes', async () => {
    const reader = await openConsole(browser, stack, 'Anneliese Oberhuber', { path: '/new' });
    await reader.page.getByRole('heading', { name: 'You cannot open cases' }).waitFor();
    await looked(reader.page, 'new-reader');
    await reader.go('/people');
    await reader.page.getByRole('heading', { name: 'You cannot search the directory' }).waitFor();
    await looked(reader.page, 'people-reader');
    await reader.go('/waiting');
    await reader.page.getByText('Nothing waits for you.').waitFor();
    assert.deepEqual(reader.complaints, []);
    await reader.close();
    const nobody = await openConsole(browser, stack, 'Tom Hale', { path: '/waiting' });
    await nobody.page.getByRole('heading', { name: 'You have no role here' }).waitFor();
    await nobody.close();
  });
});
