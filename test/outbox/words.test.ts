import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BECAUSE, type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { Moment } from '../../src/cases/words/message.ts';
import { endInWords } from '../../src/outbox/rules/end-words.ts';
import { momentsOfEnd } from '../../src/outbox/rules/which-messages.ts';
import { wordsFor } from '../../src/outbox/rules/words.ts';
import type { Oid } from '../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const AT = '2026-11-23T10:00:00.000Z';
const caseId = makeCaseId(OID, 1);
const rowOf = (more: Partial<CaseRow> = {}): CaseRow => ({
  ...{ caseId, oid: OID, n: 2, trigger: 'hr-queue', mode: 'apply', reason: 'HR', requestedBy: 'hr', merged: [] },
  ...{ requestedAt: AT, openedAt: AT, instanceId: instanceIdOf(caseId), state: 'filed' },
  ...more,
});
const said = (moment: Moment, more: Partial<CaseRow> = {}, at = AT): readonly [title: string, text: string] => {
  const { title, text } = wordsFor({ moment, at }, rowOf(more));
  return [title, text];
};
const titleOf = (moment: Moment, more: Partial<CaseRow> = {}): string => said(moment, more)[0];
const textOf = (moment: Moment, more: Partial<CaseRow> = {}, at = AT): string => said(moment, more, at)[1];

test('what broke says whether there is a report, what of, and whether anybody is denied', () => {
  const next = 'Look into the log of the app for the id of the case, then ask for it again with POST /api/cases.';
  const report = { report: 'r' };
  const plan = { mode: 'plan' } as const;
  assert.deepEqual(said('failed'), [
    'An offboarding broke without a report',
    `The case broke, and no report says what was cut. Whom it contained stays denied. ${next}`,
  ]);
  assert.deepEqual(said('failed', plan), [
    'Plan: an offboarding broke without a report',
    `The case broke, and no report says what was found. ${next}`,
  ]);
  assert.deepEqual(said('failed', report), [
    'An offboarding broke while it was read again',
    `The case broke while it was read again; its report is of before. Whom it contained stays denied. ${next}`,
  ]);
});

test('a containment that failed says whether the leaver is refused by now', () => {
  assert.match(textOf('containment-failed', { contained: 'done' }), /^The gateway could not be told at first/);
  for (const contained of ['failed', undefined] as const)
    assert.match(
      textOf('containment-failed', contained && { contained }),
      /^The gateway could not be told to refuse the leaver\. It is tried again/,
    );
});

test('a case that is opened again says what of the leaver lives, or that an earlier one ended', () => {
  const passed = { passed: { n: 1 } } as unknown as Partial<CaseRow>;
  const swept = { sweptAt: AT } as Partial<CaseRow>;
  const lives = 'An offboarding is read again: something of the leaver lives';
  assert.deepEqual([titleOf('reopened', passed), titleOf('reopened', swept)], [lives, lives]);
  assert.match(textOf('reopened', passed), /^The gateway let a call of the leaver pass/);
  assert.match(textOf('reopened', swept), /^A sweep found a credential of the leaver/);
  assert.match(textOf('reopened', { ...passed, ...swept }), /^The gateway let a call/);
  assert.deepEqual(said('reopened'), [
    'An offboarding was opened again',
    'An earlier case of the same person ended or broke, and this one, number 2, was opened after it. The case says who asked for it, and why.',
  ]);
});

test('an end is called by its outcome, where there is one', () => {
  assert.equal(titleOf('ended', { outcome: 'residual' }), 'An offboarding ended: residual');
  assert.equal(titleOf('ended'), 'An offboarding ended');
  assert.match(textOf('incident', { outcome: 'clear' }), /to be done now\. The case ended with the outcome clear: /);
});

test('what is on hold says why, what the gateway does meanwhile, and how it is started', () => {
  const start = 'start it with POST /api/cases for this person, or all of them with POST /api/held/release.';
  const ask = `Look whether these people leave. If so, ${start}`;
  const refuses = 'The gateway refuses the leaver meanwhile. ';
  const cannot = 'The gateway could not be told to refuse the leaver meanwhile. ';
  const scheduled = /^More leavers than usual within an hour: the case does not start on its day by itself/;
  for (const [contained, meanwhile] of [
    ['done', refuses],
    ['failed', cannot],
    [undefined, ''],
  ] as const) {
    const row = { state: 'open', ...(contained && { contained }) } as const;
    assert.equal(textOf('on-hold', row), `The case was not started. ${meanwhile}${ask}`);
    assert.equal(
      textOf('on-hold', { ...row, heldBy: 'paused' }),
      `The app is paused, and the case was not started. ${meanwhile}When the pause has ended (DELETE /api/pause), ${start}`,
    );
    assert.equal(
      textOf('on-hold', { ...row, heldBy: 'mass-leaving' }),
      `More leavers than usual within an hour: the case was not started. ${meanwhile}${ask}`,
    );
    assert.match(textOf('on-hold', { ...row, state: 'scheduled', heldBy: 'mass-leaving' }), scheduled);
  }
});

test('a start says what is done about the leaver, and on which day it was to be', () => {
  const row = (more: Partial<CaseRow>) => textOf('started', { state: 'running', ...more });
  const looks = 'The case looks for access, and cuts nobody off.';
  assert.equal(row({ mode: 'plan', contained: 'done' }), looks);
  assert.equal(
    row({ contained: 'done' }),
    'The gateway refuses the leaver; what else lets them in is looked for and cut.',
  );
  assert.equal(
    row({ contained: 'failed' }),
    'The case runs, and the gateway could not be told yet to refuse the leaver.',
  );
  assert.equal(row({}), 'The case runs: what lets the leaver in is looked for and cut.');
  for (const [startsAt, words] of [
    ['2026-11-23T10:00:00.000Z', ' It was scheduled for 2026-11-23 10:00 UTC.'],
    ['2026-11-23T10:01:00.000Z', ' It was scheduled for 2026-11-23 10:01 UTC, and began before.'],
    ['2026-11-23T08:00:00.000Z', ' It was scheduled for 2026-11-23 08:00 UTC, and began 2 hours late.'],
  ] as const)
    assert.equal(row({ mode: 'plan', startsAt }), looks + words);
});

test('an end says its outcome, which report it is with what changed since, and what comes next', () => {
  const revisions = [{ attempt: 1, filedAt: AT, outcome: 'incomplete', report: 'r' }] as const;
  const again =
    'this is its report number 2; the one before was filed at 2026-11-23 10:00 UTC with the outcome incomplete.';
  const of = (more: Partial<CaseRow>) => endInWords(rowOf({ outcome: 'clear', ...more }));
  const clear = 'The case ended with the outcome clear: nothing that was found is left to cut.';
  const plain = { revisions: [...revisions] };
  assert.equal(of({}), clear);
  assert.equal(of({ revisions: [] }), clear);
  assert.equal(of(plain), `${clear} It was read again, and ${again}`);
  assert.equal(of({ ...plain, because: 'decision' }), `${clear} It was read again, ${BECAUSE.decision}, and ${again}`);
  assert.match(
    of({ ...plain, compared: { new: 1, gone: 0, changed: 0, still: 2 } }),
    /outcome incomplete\. Compared with that: .+\.$/,
  );
  const next = 'A vendor did not answer: the case will be read again by itself at 2026-11-23 10:00 UTC.';
  const answered = 'Somebody answered about the person meanwhile: the case is read again at once.';
  const followUp = { which: 'week', at: AT } as unknown as NonNullable<CaseRow['followUps']>[number];
  const answer = { which: 'answer', at: AT } as const;
  assert.equal(of({ readAgainAt: AT }), `${clear} ${next}`);
  assert.equal(of({ readAgainAt: AT, followUps: [followUp] }), `${clear} ${next}`);
  assert.equal(of({ readAgainAt: AT, followUps: [followUp, answer] }), `${clear} ${answered}`);
  assert.equal(of({ notReadAgain: 'x' }), `${clear} It is not read again by itself; the report says why.`);
});

test('an end that says nothing new after an earlier one is told to nobody', () => {
  assert.deepEqual(momentsOfEnd({ incident: true, awaiting: 2, nothingNew: true }), []);
  assert.deepEqual(momentsOfEnd({ incident: true, awaiting: 2 }), ['incident', 'decision-awaited', 'ended']);
});
