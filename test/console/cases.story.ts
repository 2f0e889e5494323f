import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Report } from '../../src/report/report.ts';
import { type FastStack, filedReport } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import { assertAccessible, type Console, openConsole, startConsole } from './support/console.ts';
import { dayFromNow, opened, PATIENT, say } from './support/on-a-case.ts';
import { oidOf, plantCase, storageOf } from './support/plant-cases.ts';

const OPERATOR = 'Imani Okafor';
const READER = 'Anneliese Oberhuber';

const caseId = makeCaseId(WORLD.leaver.oid as Oid, 1);
const page = `/cases/${caseId}`;

describe('a case that others look at, and many of them', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;
  let operator: Console;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    await deleteUser(stack, WORLD.leaver.oid);
    await opened(stack, caseId);
    await doDueWork(stack);
    await filedReport(stack, caseId);
    operator = await openConsole(browser, stack, OPERATOR, { path: page });
  });
  after(() => stop());

  test('whoever only reads sees everything and changes nothing', async () => {
    const { page: window, complaints, close } = await openConsole(browser, stack, READER, { path: page });
    await window.getByRole('heading', { name: 'Do next' }).waitFor(PATIENT);
    await window.getByText('Somebody with the role Offboarding.Approve decides about what waits.').waitFor();
    const offers = /^(?:Decide|Approve|Reject|Undo|Read again|Answer a question|Accept|Withdraw)/;
    assert.equal(await window.getByRole('button', { name: offers }).count(), 0);
    assert.equal(await window.getByRole('checkbox').count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the report is saved with the reader’s token, and is what was filed', async () => {
    const { page: window } = operator;
    const [saved] = await Promise.all([
      window.waitForEvent('download'),
      window.getByRole('button', { name: 'Report as Markdown' }).click(),
    ]);
    assert.equal(saved.suggestedFilename(), `report-${caseId}.md`);
    assert.match(await readAll(await saved.createReadStream()), /Alex Moreau/);
  });

  test('names that are scripts run nothing, and only addresses of the web become links', async () => {
    const { page: window, complaints, close } = await openConsole(browser, stack, OPERATOR);
    const script = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>';
    await window.route('**/report.json', async (route) => {
      const report = (await (await route.fetch()).json()) as Report;
      const steps = report.steps.map((step) => ({
        ...step,
        findings: step.findings.map((finding) => ({
          ...finding,
          title: script,
          reason: script,
          resource: { ...finding.resource, name: script, url: 'javascript:window.ran=true' },
        })),
      }));
      await route.fulfill({ json: { ...report, steps } });
    });
    await window.goto(`${stack.url()}/console/#${page}`);
    await window.getByRole('heading', { name: script }).first().waitFor(PATIENT);
    assert.equal(await window.evaluate('window.ran'), undefined);
    assert.equal(await window.locator('a[href^="javascript"]').count(), 0);
    assert.deepEqual(faultsOf({ complaints }), []);
    await close();
  });

  test('a scheduled case is moved, started or cancelled, and nobody acts on their own', async () => {
    const [, colleague] = WORLD.colleagues;
    const asked = { oid: colleague?.oid, mode: 'plan', reason: 'Leaves next month.', lastDay: dayFromNow(60) };
    const confirmed = { ...asked, confirmUserPrincipalName: colleague?.userPrincipalName };
    const opened = await stack.api('/api/cases', {
      method: 'POST',
      body: JSON.stringify(confirmed),
      headers: JSON_TYPE,
    });
    assert.equal(opened.status, 201, await opened.clone().text());
    const { caseId: id } = (await opened.json()) as { readonly caseId: string };
    const { page: window } = operator;
    await operator.go(`/cases/${id}`);
    await window.getByRole('heading', { name: /^Starts by itself at/ }).waitFor(PATIENT);
    await assertAccessible(window);
    await window.getByRole('button', { name: 'Move to another day…' }).click();
    await window.getByRole('dialog').getByLabel('Last day', { exact: true }).fill(dayFromNow(90));
    await say(window, 'A month later.', 'Move the case');
    await window.getByText(`the last day is ${dayFromNow(90)}`).waitFor(PATIENT);
    await window.getByRole('button', { name: 'Cancel the case…' }).click();
    await say(window, 'They stay.', 'Cancel the case');
    await window.getByRole('heading', { name: /^The case was cancelled/ }).waitFor(PATIENT);
    assert.deepEqual(faultsOf(operator), []);
  });

  test('five thousand cases are read, scrolled and polled', async (context) => {
    const all = Array.from({ length: 5_000 }, (_, index) => index);
    const opened = Date.parse('2026-10-01T00:00:00Z');
    for (let from = 0; from < all.length; from += 50)
      await Promise.all(
        all.slice(from, from + 50).map((index) =>
          plantCase(storageOf(stack), {
            ...{
              oid: oidOf(10_000 + index),
              displayName: `Person ${index}`,
              outcome: index % 3 === 0 ? 'clear' : 'residual',
            },
            openedAt: new Date(opened + index * 60_000).toISOString(),
          }),
        ),
      );
    const { page, close } = await openConsole(browser, stack, 'Anneliese Oberhuber');
    const polls: { bytes: number; status: number }[] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const requested = new Map<string, number>();
    session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
      requested.set(requestId, statusCode),
    );
    session.on('Network.responseReceived', ({ requestId, response }) => {
      if (!response.url.includes('/api/cases')) requested.delete(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const status = requested.get(requestId);
      if (status !== undefined) polls.push({ status, bytes: encodedDataLength });
    });
    await page.getByRole('row').nth(20).waitFor();
    for (let rows = 0; rows < 5_000; ) {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await page.locator('.list tbody tr').nth(rows).waitFor({ state: 'attached' });
      rows = await page.locator('.list tbody tr').count();
    }
    await page.evaluate('scrollTo(0, 0)');
    const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
      const times = []; let last = performance.now(); let y = 0;
      const step = (now) => {
        times.push(now - last); last = now; y += 400; scrollTo(0, y);
        if (times.length < 400) requestAnimationFrame(step); else resolve(times.slice(1));
      };
      requestAnimationFrame(step);
    })`);
    const sorted = frames.toSorted((one, other) => one - other);
    const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    polls.length = 0;
    await page.waitForTimeout(21_000);
    const head = polls.map(({ status, bytes }) => `${status}: ${bytes} B`);
    context.diagnostic(`frames of a scroll: median ${at(0.5)} ms, 95th ${at(0.95)} ms, longest ${at(0.999)} ms`);
    context.diagnostic(`polls: ${head.join(', ')}`);
    assert.ok(polls.length > 0 && polls.every(({ status }) => status === 304), head.join(', '));
    await close();
  });
});

/** What a browser complains about besides refusals, and people whose name the directory does not know. */
function faultsOf({ complaints }: Pick<Console, 'complaints'>): string[] {
  return complaints.filter((each) => !/status of 4\d\d/.test(each));
}

const JSON_TYPE = { 'content-type': 'application/json' };

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
