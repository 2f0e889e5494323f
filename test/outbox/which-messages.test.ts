import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASE_MODES, CASE_STATES, type CaseRow, HELD_BY, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { CHANNELS, type Channel, MOMENTS, type Moment, messageKey } from '../../src/cases/words/message.ts';
import { waitAfter } from '../../src/outbox/rules/next-attempt.ts';
import { type Listening, messagesFor, momentsOfEnd, truthOf } from '../../src/outbox/rules/which-messages.ts';
import { wordsFor } from '../../src/outbox/rules/words.ts';
import { AT, OID } from '../report/sample-case.ts';
import { fc } from '../support/properties.ts';

function rowOf(changed: Partial<CaseRow>): CaseRow {
  const caseId = makeCaseId(OID, 1);
  const at = '2026-11-23T10:00:00.000Z';
  return {
    ...{ caseId, oid: OID, n: 1, trigger: 'hr-queue', mode: 'apply', reason: 'HR', requestedBy: 'hr', merged: [] },
    ...{ requestedAt: at, openedAt: at, instanceId: instanceIdOf(caseId), state: 'open' },
    ...changed,
  };
}

const moments = fc.subarray([...MOMENTS]);
const listening: fc.Arbitrary<Listening> = fc.dictionary(
  fc.constantFrom(...CHANNELS),
  fc.record({ moments, plans: fc.boolean() }),
);

test('each channel gets one message at most, a plan reaches who wants plans, and nobody gets what they do not listen to', () => {
  fc.assert(
    fc.property(listening, fc.constantFrom(...CASE_MODES), moments, (channels, mode, said) => {
      const messages = messagesFor(channels, mode, said);
      const told = new Map<Channel, Moment>(messages.map(({ channel, moment }) => [channel, moment]));
      assert.equal(told.size, messages.length);
      for (const channel of CHANNELS) {
        const wanted = said.filter((moment) => channels[channel]?.moments.includes(moment));
        const hears = wanted.length > 0 && (mode === 'apply' || channels[channel]?.plans === true);
        assert.equal(told.get(channel), hears ? wanted[0] : undefined);
      }
    }),
  );
});

test('an incident is told as one, whatever waits for a decision, and to who listens to ends only as an end', () => {
  const end = momentsOfEnd({ incident: true, awaiting: 3 });
  const all: Listening = { teams: { moments: [...MOMENTS], plans: false }, log: { moments: ['ended'], plans: false } };
  assert.deepEqual(messagesFor(all, 'apply', end), [
    { channel: 'teams', moment: 'incident' },
    { channel: 'log', moment: 'ended' },
  ]);
  assert.deepEqual(momentsOfEnd({ incident: false, awaiting: 0 }), ['ended']);
  assert.deepEqual(momentsOfEnd({ incident: false, awaiting: 1 })[0], 'decision-awaited');
  // However an end is told, it is one message: a setting that is changed between two deliveries makes no second.
  const keys = (['incident', 'decision-awaited', 'ended'] as const).map((moment) =>
    messageKey({ moment, revision: 1, channel: 'teams' }),
  );
  assert.equal(new Set(keys).size, 1);
  assert.notEqual(keys[0], messageKey({ moment: 'ended', revision: 2, channel: 'teams' }));
});

test('a message is told where its case is at what it says, waits where it may come to it, and is dropped where it cannot', () => {
  const table: Readonly<Partial<Record<Moment, readonly string[]>>> = {
    // In the order of the states: scheduled, open, running, filed, refused, cancelled, failed.
    ended: ['waits', 'waits', 'waits', 'true', 'never', 'never', 'waits'],
    incident: ['waits', 'waits', 'waits', 'true', 'never', 'never', 'waits'],
    'decision-awaited': ['waits', 'waits', 'waits', 'true', 'never', 'never', 'waits'],
    started: ['waits', 'waits', 'true', 'never', 'never', 'never', 'never'],
    'on-hold': ['waits', 'waits', 'never', 'never', 'never', 'never', 'never'],
    refused: ['waits', 'waits', 'never', 'never', 'true', 'never', 'never'],
    failed: ['waits', 'waits', 'waits', 'never', 'never', 'never', 'true'],
    reopened: ['true', 'true', 'true', 'true', 'never', 'true', 'true'],
    'containment-failed': ['true', 'true', 'true', 'true', 'true', 'true', 'true'],
  };
  assert.deepEqual(CASE_STATES, ['scheduled', 'open', 'running', 'filed', 'refused', 'cancelled', 'failed']);
  for (const moment of MOMENTS) {
    const truths = table[moment];
    if (truths === undefined) continue;
    const seen: readonly string[] = CASE_STATES.map((state) => truthOf({ moment }, rowOf({ state })));
    assert.deepEqual(seen, truths, moment);
  }
  assert.equal(truthOf({ moment: 'on-hold' }, rowOf({ onHold: '51 cases within an hour.' })), 'true');
  for (const moment of MOMENTS) assert.equal(truthOf({ moment }, undefined), 'waits', moment);
});

test('an end that was filed is told however long its channel was away, whatever becomes of reading the case again', () => {
  const report = { container: 'evidence', name: 'cases/one/report.json', sha256: 'a'.repeat(64), bytes: 1 } as const;
  const earlier = { attempt: 1, filedAt: '2026-11-23T11:00:00.000Z', outcome: 'incomplete', report: report.name };
  for (const state of ['running', 'filed', 'failed'] as const) {
    for (const moment of ['incident', 'decision-awaited', 'ended'] as const)
      assert.equal(truthOf({ moment, report }, rowOf({ state, revisions: [earlier] })), 'true', state);
  }
  // The end of the reading that goes on waits for its row.
  const next = { ...report, name: 'cases/one/revision-2/report.json' };
  assert.equal(truthOf({ moment: 'ended', report: next }, rowOf({ state: 'running', revisions: [earlier] })), 'waits');
});

test('what failed waits longer each time, an hour at most, and never less than its receiver asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 900_000 }), (attempts, asked) => {
      const wait = waitAfter(attempts, asked);
      assert.ok(wait >= Math.max(60_000, asked) && wait <= 3_600_000);
      assert.ok(waitAfter(attempts + 1, asked) >= wait);
    }),
  );
  assert.deepEqual(
    [1, 2, 3, 7, 8].map((attempts) => waitAfter(attempts) / 60_000),
    [1, 2, 4, 60, 60],
  );
});

test('what is said of a case without a report names nobody', () => {
  const who = 'Alex Moreau';
  const row = rowOf({
    requestedBy: who,
    reason: who,
    onHold: `The app is paused by ${who}.`,
    refusal: `${who} is back.`,
  });
  for (const moment of MOMENTS) {
    for (const heldBy of [...HELD_BY, undefined]) {
      const { title, text } = wordsFor({ moment, at: AT }, { ...row, ...(heldBy && { heldBy }) });
      assert.ok(title.length > 5 && text.length > 5);
      assert.doesNotMatch(`${title} ${text}`, /Alex|Moreau|undefined| {2}/);
    }
  }
  const held = HELD_BY.map((heldBy) => wordsFor({ moment: 'on-hold', at: AT }, { ...row, heldBy }).text);
  assert.equal(new Set(held).size, HELD_BY.length);
});

test('what is said of a plan says first that it is one', () => {
  for (const moment of MOMENTS) {
    assert.match(wordsFor({ moment, at: AT }, rowOf({ mode: 'plan' })).title, /^Plan: /, moment);
    assert.doesNotMatch(wordsFor({ moment, at: AT }, rowOf({ mode: 'apply' })).title, /plan/i, moment);
  }
});

test('whoever reads an end knows what its outcome means, which report it is, and whether another is to come', () => {
  const first = wordsFor({ moment: 'ended', at: AT }, rowOf({ state: 'filed', outcome: 'attention' }));
  assert.equal(first.title, 'An offboarding ended: attention');
  assert.equal(first.text, 'The case ended with the outcome attention: something that was found needs a person.');
  const revisions = [{ attempt: 1, filedAt: '2026-11-22T03:00:00.000Z', outcome: 'incomplete', report: 'r' }];
  const again = rowOf({ state: 'filed', outcome: 'incomplete', revisions, readAgainAt: '2026-11-24T10:00:00.000Z' });
  for (const moment of ['ended', 'incident', 'decision-awaited'] as const) {
    const { text } = wordsFor({ moment, at: AT }, again);
    assert.match(
      text,
      /report number 2; the one before was filed at 2026-11-22 03:00 UTC with the outcome incomplete\./,
    );
    assert.match(text, /will be read again by itself at 2026-11-24 10:00 UTC\./);
  }
  const broke = rowOf({ state: 'failed', report: 'r' });
  assert.doesNotMatch(JSON.stringify(wordsFor({ moment: 'failed', at: AT }, broke)), /no report|without a report/);
});

test('nobody is told to start before its day what is held for the number of leavers', () => {
  const held = rowOf({ state: 'scheduled', startsAt: '2026-12-31T17:00:00.000Z', heldBy: 'mass-leaving', onHold: 'x' });
  const { text } = wordsFor({ moment: 'on-hold', at: AT }, held);
  assert.match(text, /reschedule releases it/);
  assert.doesNotMatch(text, /start it with POST \/api\/cases/);
});

test('a start says whether the leaver is contained, and how late it is', () => {
  const at = '2026-11-23T12:10:00.000Z';
  const said = (row: Partial<CaseRow>): string =>
    wordsFor({ moment: 'started', at }, rowOf({ state: 'running', ...row })).text;
  assert.match(said({ contained: 'failed' }), /could not be told yet/);
  assert.match(
    said({ contained: 'done', startsAt: '2026-11-23T10:00:00.000Z' }),
    /refuses the leaver.* scheduled for 2026-11-23 10:00 UTC, and began 2 hours and 10 minutes late\.$/,
  );
  assert.match(said({ startsAt: '2026-11-23T12:08:00.000Z' }), /scheduled for 2026-11-23 12:08 UTC\.$/);
  assert.match(
    said({ startsAt: '2026-11-24T10:00:00.000Z' }),
    /scheduled for 2026-11-24 10:00 UTC, and began before\.$/,
  );
});
