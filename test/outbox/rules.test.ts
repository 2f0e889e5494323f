import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { contain } from '../../src/cases/denied/contain.ts';
import type { Denied } from '../../src/cases/denied/denied.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { truthOfContainment, wordsOfContainment } from '../../src/outbox/rules/containment-words.ts';
import { endInWords } from '../../src/outbox/rules/end-words.ts';
import { waitAfter } from '../../src/outbox/rules/next-attempt.ts';
import { wordsFor } from '../../src/outbox/rules/words.ts';
import type { Oid } from '../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const AT = '2026-11-23T10:00:00.000Z';
const caseId = makeCaseId(OID, 1);
const row = (more: Partial<CaseRow> = {}): CaseRow => ({
  ...{
    caseId,
    oid: OID,
    n: 1,
    trigger: 'hr-queue',
    mode: 'apply',
    reason: 'SECRET REASON',
    requestedBy: 'hr',
    merged: [],
  },
  ...{ requestedAt: AT, openedAt: AT, instanceId: instanceIdOf(caseId), state: 'filed', displayName: 'Alex Moreau' },
  ...more,
});

test('a message is tried after a minute, then twice as long each time, an hour at most, and never too early', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 100, 5000].map((n) => waitAfter(n) / 60_000),
    [1, 2, 4, 32, 60, 60, 60],
  );
  assert.equal(waitAfter(1, 90_000), 90_000);
  assert.equal(waitAfter(9, 7_200_000), 7_200_000);
});

test('an end is told by its outcome, for a plan as one that cut nothing', () => {
  assert.match(endInWords(row({ outcome: 'clear' })), /outcome clear: nothing that was found is left to cut\.$/);
  assert.match(endInWords(row({ outcome: 'clear', mode: 'plan' })), /nothing was found that it would cut/);
  assert.equal(endInWords(row()), 'The case ended.');
  assert.equal(endInWords(row({ outcome: 'later' as 'clear' })), 'The case ended with the outcome later.');
});

test('an end says which report it is, and whether another is to come', () => {
  const revisions = [{ attempt: 1, filedAt: AT, outcome: 'incomplete', report: 'r' }] as const;
  const again = endInWords(row({ outcome: 'clear', revisions: [...revisions], because: 'asked' as never }));
  assert.match(
    again,
    /this is its report number 2; the one before was filed at 2026-11-23 10:00 UTC with the outcome incomplete\./,
  );
  assert.match(endInWords(row({ readAgainAt: AT })), /will be read again by itself at 2026-11-23 10:00 UTC\.$/);
  assert.match(endInWords(row({ followUps: [{ which: 'answer', at: AT }], readAgainAt: AT })), /read again at once\.$/);
  assert.match(
    endInWords(row({ notReadAgain: 'SECRET WORDS' })),
    /It is not read again by itself; the report says why\.$/,
  );
});

test('no message of a case names anybody, or says what people wrote', () => {
  const told = (
    ['incident', 'failed', 'decision-awaited', 'reopened', 'ended', 'on-hold', 'refused', 'started'] as const
  ).map((moment) => JSON.stringify(wordsFor({ moment, at: AT }, row({ failure: 'SECRET WORDS', heldBy: 'paused' }))));
  for (const words of told) assert.ok(!/SECRET|Moreau/.test(words), words);
  assert.match(wordsFor({ moment: 'started', at: AT }, row({ mode: 'plan' })).title, /^Plan: an offboarding/);
});

const contained = contain(undefined, {
  oid: OID,
  kind: 'person',
  by: 'op',
  why: 'SECRET',
  at: AT,
  until: '2026-11-24T10:00:00.000Z',
});

test('a containment is told without names, with its end', () => {
  assert.ok(contained !== undefined);
  const words = wordsOfContainment({ moment: 'contained' }, contained);
  assert.match(words.text, /until 2026-11-24 10:00 UTC/);
  const { until: _, ...endless } = contained;
  assert.match(wordsOfContainment({ moment: 'contained' }, endless).text, /until it is released/);
  assert.match(
    wordsOfContainment({ moment: 'containment-ended' }, contained).text,
    /they have been denied again since/,
  );
  const released: Denied = { ...contained, state: 'released' };
  assert.match(wordsOfContainment({ moment: 'containment-ended' }, released).text, /nobody decided before the end/);
  assert.match(wordsOfContainment({ moment: 'containment-released' }, released).text, /^The row says who/);
  assert.match(wordsOfContainment({ moment: 'containment-released' }, contained).text, /denied again since/);
  assert.equal(wordsOfContainment({ moment: 'ended' }, contained).title, 'Something happened to a denial');
});

test('what was to come and has changed since is told no more; what happened stays told', () => {
  assert.ok(contained !== undefined);
  const truth = (moment: 'contained' | 'containment-ends-soon' | 'containment-ended', denied: Denied, revision = 1) =>
    truthOfContainment({ moment, revision }, denied);
  const byCase: Denied = { ...contained, caseId };
  assert.equal(truth('contained', contained), 'true');
  assert.equal(truth('contained', byCase), 'never');
  assert.equal(truth('containment-ends-soon', contained, contained.generation), 'true');
  assert.equal(truth('containment-ends-soon', contained, contained.generation + 1), 'never');
  assert.equal(truth('containment-ends-soon', byCase, contained.generation), 'never');
  assert.equal(truth('containment-ended', byCase), 'true');
});
