import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { sendToolCalls, toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import { type FastStack, filedReport } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { type Console, openConsole, startConsole } from './support/console.ts';
import { seedLists } from './support/seed-lists.ts';

/** Where the pictures of the documentation lie; each run makes them anew. */
const IMAGES = path.resolve(import.meta.dirname, '../../docs/images');
const SIZE = { width: 1200, height: 750 };
const { leaver } = WORLD;
const caseId = makeCaseId(leaver.oid as Oid, 1);

describe('the surfaces of which the documentation has a picture', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;
  let operator: Console;

  before(async () => {
    await mkdir(IMAGES, { recursive: true });
    ({ stack, browser, stop } = await startConsole());
    operator = await openConsole(browser, stack, 'Rosa Marchetti', { viewport: SIZE });
  });
  after(() => stop());

  /** Takes the picture once the page says that it is there. */
  async function picture(name: string, there: RegExp | string, page: Page = operator.page): Promise<void> {
    await page.getByText(there).first().waitFor();
    await page.locator('.spinner').waitFor({ state: 'detached' });
    await page.screenshot({ path: path.join(IMAGES, `${name}.png`), animations: 'disabled' });
  }

  test('a case that reopens because a call of the leaver passed says so at the top', async () => {
    const { page, go } = operator;
    await deleteUser(stack, leaver.oid);
    await filedReport(stack, caseId);
    await go(`/cases/${caseId}`);
    await page.getByText('Report 1, filed').waitFor();
    const timestamp = new Date(Date.now() + 10 * 60_000).toISOString();
    const call = { caller_oid: leaver.oid, timestamp, response_status: 200 };
    await sendToolCalls(stack.tenant, [toolCallEvent(call)]);
    await page
      .getByText(/call .* passed|let a call .* pass/i)
      .first()
      .waitFor();
    await doDueWork(stack);
    await filedReport(stack, caseId);
    await page.getByText('Report 2, filed').waitFor();
    assert.ok((await page.getByText('Incident').count()) > 0);
    await picture('console-case', 'Report 2, filed');
  });

  test('each page', async () => {
    await seedLists(stack, 'Ben Okafor');
    const { go } = operator;
    const pages = [
      ['console-cases', '/cases', leaver.displayName],
      ['console-waiting', '/waiting', 'For you'],
      ['console-new-case', `/new?oid=${leaver.oid}`, 'Plan'],
      ['console-person', `/people/${leaver.oid}`, leaver.displayName],
      ['console-denied', '/denied', leaver.displayName],
      ['console-rejections', '/rejections', /HR/],
      ['console-doctor', '/doctor', /permission|Ready|ready/],
    ] as const;
    for (const [name, at, there] of pages) {
      await go(at);
      await picture(name, there);
    }
  });

  test('the report', async () => {
    const page = await browser.newPage({ viewport: SIZE });
    const answer = await stack.api(`/api/cases/${caseId}/report.html`);
    await page.setContent(await answer.text());
    await picture('report', leaver.displayName, page);
    await page.close();
  });
});
