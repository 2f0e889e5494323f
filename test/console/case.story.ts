import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { deleteUser, doDueWork } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Report } from '../../src/report/report.ts';
import { type FastStack, filedReport } from '../scenarios/support/fast-stack.ts';
import { IN_BROWSER } from '../support/browser.ts';
import {
  assertAccessible,
  assertNoSideways,
  type Console,
  openConsole,
  SIZES,
  startConsole,
} from './support/console.ts';
import { dayFromNow, opened, PATIENT, say } from './support/on-a-case.ts';

const OPERATOR = 'Imani Okafor';
const APPROVER = 'Sven Lindqvist';
const ADMINISTRATOR = 'Rosa Marchetti';
/** Another one than the directory's. */
const LAST_DAY = dayFromNow(-WORLD.daysSinceLastDay - 2);

const caseId = makeCaseId(WORLD.leaver.oid as Oid, 1);
const page = `/cases/${caseId}`;

describe('a case in the console', IN_BROWSER, () => {
  let browser: Browser;
  let stack: FastStack;
  let stop: () => Promise<void>;
  let operator: Console;
  let approver: Console;

  before(async () => {
    ({ stack, browser, stop } = await startConsole());
    [operator, approver] = [
      await openConsole(browser, stack, OPERATOR),
      await openConsole(browser, stack, APPROVER, { path: '/cases' }),
    ];
  });
  after(() => stop());

  /** Lets the app do what is due, until the page shows the report of this number. */
  async function shows(window: Page, revision: number): Promise<Report> {
    await doDueWork(stack);
    const report = await filedReport(stack, caseId);
    await window.getByText(`Report ${revision}, filed`).waitFor(PATIENT);
    return report;
  }

  const findingIn = (window: Page, id: string | undefined) => window.locator(`[id="${id}"]`);

  test('an operator sees it run, step by step, and then what happened and what to do next', async () => {
    const { page: window, go } = operator;
    stack.tenant.server.latencyMs = 30;
    await deleteUser(stack, WORLD.leaver.oid);
    await opened(stack, caseId);
    await go(page);
    await window.getByRole('heading', { name: /^Reading and cutting/ }).waitFor();
    await window.locator('.steps > li', { hasText: 'Containment' }).waitFor();
    await assertAccessible(window);
    stack.tenant.server.latencyMs = 0;
    const report = await shows(window, 1);
    await window.getByRole('heading', { name: /^Incident/ }).waitFor();
    await window.getByRole('img', { name: /calls per day/i }).waitFor();
    await window.getByText(report.summary.headline).waitFor();
    for (const { text } of report.summary.next.slice(0, 3)) await window.getByText(text).first().waitFor();
    for (const size of Object.values(SIZES)) {
      await window.setViewportSize(size);
      await assertNoSideways(window);
    }
    await window.setViewportSize(SIZES.wide);
    await assertAccessible(window);
    // A link of a message leads to its finding, wherever it is hidden.
    const closed = report.steps.flatMap(({ findings }) => findings).find(({ status }) => status === 'done');
    await go(`${page}?finding=${closed?.id}`);
    await findingIn(window, closed?.id).waitFor();
    await window.waitForFunction(`document.activeElement?.id === ${JSON.stringify(closed?.id)}`);
  });

  test('an approver approves one thing and rejects another with a reason, and the next report says so', async () => {
    const { page: window, go } = approver;
    await go(page);
    const first = await filedReport(stack, caseId);
    const waiting = first.steps
      .flatMap(({ findings }) => findings)
      .filter(({ status, remedy }) => status === 'awaiting-decision' && remedy !== undefined);
    const [one, other] = waiting;
    await findingIn(window, one?.id).getByRole('checkbox', { name: 'Approve' }).check();
    await findingIn(window, other?.id).getByRole('checkbox', { name: 'Reject' }).check();
    await window.getByText(`1 to approve, 1 to reject, ${waiting.length - 2} left as they are`).waitFor();
    await window.getByRole('button', { name: 'Decide…' }).click();
    await assertAccessible(window);
    await say(window, 'Agreed with the team that owns them.', 'Approve 1, reject 1');
    await window.getByText('The case is being read again; what waits is decided').waitFor();
    assert.equal(await window.getByRole('button', { name: 'Decide…' }).count(), 0, 'it cannot be said twice');
    await shows(window, 2);
    await findingIn(window, other?.id).getByText('rejected', { exact: true }).waitFor();
    await window.getByRole('button', { name: /^All \d+/ }).click();
    await findingIn(window, one?.id).getByText('done', { exact: true }).waitFor();
    await window.getByText('1 approved, 1 rejected: Agreed with the team that owns them.').waitFor();
    await window.getByText('What changed since the report before').click();
    await window
      .locator('.changes')
      .getByText(other?.title ?? '')
      .waitFor();
  });

  test('of two operators at once the second one is told that the case has changed', async () => {
    const { page: one } = operator;
    const { page: other, close } = await openConsole(browser, stack, ADMINISTRATOR, { path: page });
    await operator.go(page);
    for (const window of [one, other]) {
      await window.getByText('Report 2, filed').waitFor(PATIENT);
      await window.getByRole('button', { name: 'Read again…' }).click();
    }
    await say(one, 'The runner was reinstalled.', 'Read it again');
    const dialog = other.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Me too.');
    await dialog.getByRole('button', { name: 'Read it again' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByText('close this dialog and look at what it says now').waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Read it again' }).isDisabled());
    await close();
    await shows(one, 3);
  });

  test('one person answers, another one confirms, and neither does both', async () => {
    const { page: one } = operator;
    await one.getByRole('button', { name: 'Answer a question…' }).click();
    await one.getByLabel('What you know').selectOption({ label: 'Which day was the last' });
    await one.getByRole('dialog').getByLabel('Last day').fill(LAST_DAY);
    await assertAccessible(one);
    await say(one, 'It stands in the contract.', 'Give the answer');
    const given = one.getByRole('region', { name: 'Answers' }).getByRole('listitem');
    const answer = given.filter({ hasText: `The last day was ${LAST_DAY}.` });
    await answer.getByText('You gave it, so somebody else confirms it.').waitFor(PATIENT);
    assert.equal(await answer.getByRole('button', { name: 'Confirm…' }).count(), 0);
    await doDueWork(stack);
    await filedReport(stack, caseId);

    const { page: other } = approver;
    await other.getByRole('button', { name: 'Confirm…' }).click(PATIENT);
    await say(other, 'I have seen it, too.', 'Confirm it');
    await other.getByText(/The case is read again/).waitFor();
    await answer.getByText('confirmed', { exact: true }).waitFor(PATIENT);
    await doDueWork(stack);
    await filedReport(stack, caseId);
  });

  test('an approver accepts a finding for a while, and an operator takes that back', async () => {
    const { page: window } = approver;
    const report = await filedReport(stack, caseId);
    const low = report.steps
      .flatMap(({ findings }) => findings)
      .find(({ status, severity }) => status === 'manual-action' && severity === 'low');
    await approver.go(`${page}?finding=${low?.id}`);
    await findingIn(window, low?.id).getByRole('button', { name: 'Accept for a while…' }).click(PATIENT);
    await assertAccessible(window);
    await say(window, 'Replaced with the new machines.', 'Accept the finding');
    await window.getByRole('heading', { name: 'Accepted for now' }).waitFor(PATIENT);
    await doDueWork(stack);
    await filedReport(stack, caseId);
    await findingIn(window, low?.id).getByText('accepted for now').waitFor(PATIENT);

    const { page: one } = operator;
    await operator.go(page);
    const accepted = one.getByRole('region', { name: 'Accepted for now' });
    await accepted.getByRole('button', { name: 'Revoke the exception…' }).click(PATIENT);
    await say(one, 'They come later.', 'Revoke the exception');
    await accepted.waitFor({ state: 'detached', ...PATIENT });
    await doDueWork(stack);
    await filedReport(stack, caseId);
  });

  test('an operator has one thing given back, after the page said what cannot be', async () => {
    const { page: window } = operator;
    await operator.go(page);
    await window.getByRole('button', { name: 'Undo…' }).click(PATIENT);
    const dialog = window.getByRole('dialog');
    await dialog.getByText(/^What the app cannot undo: \d+$/).waitFor(PATIENT);
    const back = dialog.getByRole('checkbox', { name: /^Delete the federated credential/ }).first();
    await back.check();
    await assertAccessible(window);
    assert.equal(await window.evaluate(OVERLAPS), 0, 'no line lies on another');
    await say(window, 'The pipeline is production.', 'Give 1 access path back');
    await doDueWork(stack);
    await filedReport(stack, caseId);
    await window.getByText(/had some of it undone: The pipeline is production\./).waitFor(PATIENT);
    await window.getByText('given back', { exact: true }).waitFor(PATIENT);
  });
});

/** How many lines of a list of choices lie on the one before. */
const OVERLAPS = `[...document.querySelectorAll('dialog .choices .check')].filter((each) => {
  const before = each.previousElementSibling;
  if (before === null || !before.matches('.check')) return false;
  const text = document.createRange();
  text.selectNodeContents(before);
  return text.getBoundingClientRect().bottom > each.getBoundingClientRect().top + 1;
}).length`;
