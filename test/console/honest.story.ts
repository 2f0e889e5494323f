import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Route } from 'playwright-core';
import type { Storage } from '../../src/connectors/storage/index.ts';
import type { FastStack } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { openConsole, startConsole } from './support/console.ts';
import { oidOf, plantCase, storageOf } from './support/plant-cases.ts';

const json = (route: Route, body: object, status = 200) =>
  route.fulfill({ status, contentType: status < 400 ? 'application/json' : 'application/problem+json', json: body });

/** A report with one remedy that waits; `what` is all that differs. */
function reportOf(generatedAt: string, hash: string, what: string): object {
  const finding = {
    ...{ id: 'F-0123456789ab', step: 'consent', kind: 'deploy-key', title: 'A key', severity: 'high' },
    ...{ status: 'awaiting-decision', reason: 'Look at it.', evidence: {} },
    resource: { system: 'github', type: 'deploy-key', id: 'org/repo/keys/1', name: 'A key' },
    remedy: { id: 'R-0123456789ab', what, undo: 'Add it.', call: {} },
  };
  const step = { step: 'consent', outcome: 'attention', run: 'ran', findings: [finding], coverage: [], failures: [] };
  return {
    ...{ generatedAt, outcome: 'attention', incident: false, case: {}, leaver: { state: 'disabled' }, residual: [] },
    ...{ summary: { headline: 'One remedy waits.', cut: [], notCut: [], next: [] }, steps: [step] },
    plan: { hash, remedies: 1 },
  };
}

describe('what the console says and sends is what was looked at', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;
  let storage: Storage;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    storage = storageOf(stack);
  });
  after(() => stop());

  test('a plan makes nobody clear, and a case in which something was not cut waits for somebody', async () => {
    await plantCase(storage, { oid: oidOf(61), displayName: 'Pia Plan', mode: 'plan', outcome: 'clear' });
    await plantCase(storage, { oid: oidOf(62), displayName: 'Fay Failed', outcome: 'failed' });
    const { page, close } = await openConsole(browser, stack, 'Anneliese Oberhuber');
    const plan = page.getByRole('row', { name: /Pia Plan/ });
    await plan.getByText('Nothing found to cut').waitFor();
    assert.equal(await plan.getByText('Clear', { exact: true }).count(), 0);
    await page
      .getByRole('row', { name: /Fay Failed/ })
      .getByText('What its report says is left')
      .waitFor();
    await close();
  });

  test('what is undone is the list that was read, however often it is sent', async () => {
    const { caseId } = await plantCase(storage, { oid: oidOf(63), displayName: 'Una Undo', outcome: 'attention' });
    const { page, close } = await openConsole(browser, stack, 'Imani Okafor');
    const sent: { revision: number; findings: string[] }[] = [];
    let asked = 0;
    await page.route('**/api/cases/*/restore', async (route) => {
      if (route.request().method() === 'POST') {
        sent.push(route.request().postDataJSON());
        return json(route, { type: 'urn:x:unavailable', title: 'Not now', status: 503, detail: 'Not now.' }, 503);
      }
      asked += 1;
      const cut = { findingId: `F-00000000000${asked}`, what: `Key ${asked} was removed`, undo: 'Add it.', by: 'app' };
      return json(route, { revision: asked, cut: [cut] });
    });
    await page.goto(`${stack.url()}/console/#/cases/${caseId}`);
    await page.getByRole('button', { name: 'Undo…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Key 1 was removed' }).check();
    await dialog.getByLabel('Reason').fill('It is production.');
    for (const times of [1, 2]) {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await dialog.getByRole('button', { name: 'Give 1 access path back' }).click();
      await answered;
      await dialog.getByText('Not now.').first().waitFor();
      // Everything on the page is read again after it.
      await page.waitForLoadState('networkidle');
      assert.equal(sent.length, times);
    }
    assert.deepEqual(
      sent.map(({ revision, findings }) => [revision, findings]),
      [
        [1, ['F-000000000001']],
        [1, ['F-000000000001']],
      ],
    );
    await close();
  });

  test('what is ticked over the report of before is not said of the next one', async () => {
    const row = await plantCase(storage, {
      oid: oidOf(64),
      displayName: 'Dee Cide',
      outcome: 'attention',
      awaiting: 1,
    });
    const { page, close } = await openConsole(browser, stack, 'Sven Lindqvist');
    let report = 'one.json';
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(`**/api/cases/${row.caseId}`, (route) => json(route, { ...row, report, links: { self: 'x' } }));
    await page.route('**/report.json', async (route) => {
      if (report === 'one.json') return json(route, reportOf('2026-11-20T09:00:00.000Z', 'a'.repeat(64), 'Remove one'));
      await held;
      return json(route, reportOf('2026-11-21T09:00:00.000Z', 'b'.repeat(64), 'Remove all of them'));
    });
    await page.goto(`${stack.url()}/console/#/cases/${row.caseId}`);
    await page.getByText('0 to approve, 0 to reject, 1 left as they are').waitFor();
    const next = page.waitForRequest('**/report.json');
    report = 'two.json';
    await next;
    await page.getByRole('checkbox', { name: 'Approve' }).check();
    await page.getByText('1 to approve, 0 to reject, 0 left as they are').waitFor();
    letGo();
    await page.getByText('Remove all of them').first().waitFor();
    await page.getByText('0 to approve, 0 to reject, 1 left as they are').waitFor({ timeout: 15_000 });
    await close();
  });
});
