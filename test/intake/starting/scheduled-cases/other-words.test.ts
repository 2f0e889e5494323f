import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { isRestored } from '../../../../src/intake/rules/is-restored.ts';
import { mergeRequest } from '../../../../src/intake/rules/merge-request.ts';
import { datedWord } from '../../../../src/intake/rules/words.ts';
import { openCase } from '../../../../src/intake/starting/open-case.ts';
import {
  cancelScheduled,
  moveScheduled,
  startScheduled,
  type Word,
} from '../../../../src/intake/starting/scheduled-cases.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import {
  administrator,
  app,
  ask,
  at,
  clear,
  config,
  event,
  isListed,
  isoAt,
  requestFor,
  reset,
  round,
  rowOf,
  schedule,
  stateOf,
  vendors,
} from './world.ts';

after(() => app.stop());

beforeEach(reset);

const word: Word = {
  trigger: 'api',
  requestedBy: 'operator',
  requestedAt: isoAt(0),
  reason: 'The contract was prolonged.',
};

const personOf = async (oid: Oid) => {
  const person = await vendors.graph.findPerson(oid);
  assert.ok(person.ok);
  return person.value;
};

describe('deleted by mistake before the last day, and restored:', () => {
  const mistaken = async () => {
    const known = await schedule();
    await administrator.deleteUser(known.oid);
    await ask(event(known.oid), 1);
    await administrator.restoreUser(known.oid);
    await vendors.storage.updateCase(known.caseId, (row) => ({ ...row, state: 'filed' }));
    return known;
  };

  test('on the day that HR named, they leave', async () => {
    await clear();
    const { oid } = await mistaken();
    assert.equal(await round(24), 1);
    const [, second] = await vendors.storage.casesOf(oid);
    assert.deepEqual([second?.row.state, second?.row.lastDay], ['running', isoAt(24).slice(0, 10)]);
    assert.equal(await round(24), 0);
  });

  test('not where HR took its word back, or named another day, meanwhile', async () => {
    const back = await mistaken();
    assert.equal((await cancelScheduled(vendors, back.caseId, word)).kind, 'not-scheduled');
    const moved = await mistaken();
    await ask(requestFor(moved.oid, { startsAt: isoAt(48) }), 2);
    await round(24);
    assert.equal((await vendors.storage.casesOf(back.oid)).length, 1);
    assert.equal(await stateOf(makeCaseId(moved.oid, 2)), 'scheduled');
  });

  test('what HR took back keeps them out no more, and is recorded; a day that HR names again holds', async () => {
    const { oid, caseId } = await mistaken();
    const before = { ...(await rowOf(caseId)), state: 'running' as const };
    await cancelScheduled(vendors, caseId, { ...word, requestedAt: isoAt(2) });
    const after = await rowOf(caseId);
    assert.match(after.cancellation ?? '', /The contract was prolonged/);
    for (const hours of [3, 30]) assert.equal(isRestored(after, { state: 'active' }, at(hours)()), true);
    const again = mergeRequest({ ...before, ...after }, requestFor(oid, { startsAt: isoAt(48) }), undefined);
    assert.deepEqual([again.cancellation, datedWord(again)?.startsAt], [undefined, isoAt(48)]);
  });

  test('an operator’s case for another day that was cancelled leaves the day of HR as it is', async () => {
    const { oid } = await mistaken();
    const { userPrincipalName = '' } = await personOf(oid);
    const request = requestFor(oid, { trigger: 'api', startsAt: isoAt(48) });
    const confirmed = { confirmUserPrincipalName: userPrincipalName };
    await openCase(vendors, config, request, app.start, at(2), confirmed);
    assert.equal((await cancelScheduled(vendors, makeCaseId(oid, 2), word)).kind, 'done');
    await round(24);
    assert.equal(await stateOf(makeCaseId(oid, 3)), 'running');
  });

  test('a day that HR named while the case of the deletion was running holds as well', async () => {
    await clear();
    const oid = app.hire();
    await administrator.deleteUser(oid);
    await ask(event(oid), 1);
    assert.equal((await ask(requestFor(oid), 2)).kind, 'merged');
    await administrator.restoreUser(oid);
    await vendors.storage.updateCase(makeCaseId(oid, 1), (row) => ({ ...row, state: 'filed' }));
    assert.equal(await round(24), 1);
    const { trigger, state, lastDay } = await rowOf(makeCaseId(oid, 2));
    assert.deepEqual([trigger, state, lastDay], ['hr-queue', 'running', isoAt(24).slice(0, 10)]);
  });
});

test('moved, it starts on the other day, whichever of the two comes first', async () => {
  const [later, sooner] = [await schedule(), await schedule()];
  await ask(requestFor(later.oid, { startsAt: isoAt(48) }));
  await moveScheduled(vendors, sooner.caseId, { startsAt: isoAt(2) }, word, at(0)());
  await round(3);
  assert.deepEqual([await stateOf(later.caseId), await stateOf(sooner.caseId)], ['scheduled', 'running']);
  await round(30);
  assert.equal(await stateOf(later.caseId), 'scheduled');
  await round(48);
  assert.equal(await stateOf(later.caseId), 'running');
});

test('moved by one message in two deliveries at the same moment, it says so once', async () => {
  const { caseId } = await schedule();
  const moved = { ...word, dedupeKey: 'hr:a:2' };
  const move = () => moveScheduled(vendors, caseId, { startsAt: isoAt(48) }, moved, at(0)());
  await Promise.all([move(), move()]);
  const row = (await vendors.storage.getCase(caseId))?.row;
  assert.deepEqual(
    row?.merged.map(({ dedupeKey, startsAt }) => [dedupeKey, startsAt]),
    [['hr:a:2', isoAt(48)]],
  );
});

test('moved there and back, while a round looks at what the first move left: it still starts', async () => {
  const { caseId } = await schedule();
  await moveScheduled(vendors, caseId, { startsAt: isoAt(48) }, word, at(0)());
  // Between the entry of the move back and its row, a round sees an entry that leads nowhere.
  const enterDueStart: Vendors['storage']['enterDueStart'] = async (...entry) => {
    await vendors.storage.enterDueStart(...entry);
    await round(24.6);
  };
  const slow = { storage: { ...vendors.storage, enterDueStart } };
  await moveScheduled(slow, caseId, { startsAt: isoAt(24.4) }, word, at(24.5)());
  assert.equal(await round(24.7), 1);
  assert.equal(await stateOf(caseId), 'running');
});

describe('cancelled and started at the same moment:', () => {
  /** Storage whose next change of a row begins after `first` has been done. */
  const after = (first: () => Promise<unknown>): Vendors => {
    let done = false;
    const updateCase: Vendors['storage']['updateCase'] = async (...change) => {
      if (!done) {
        done = true;
        await first();
      }
      return vendors.storage.updateCase(...change);
    };
    return { ...vendors, storage: { ...vendors.storage, updateCase } };
  };

  test('cancelled first: it never starts', async () => {
    const { oid, caseId } = await schedule();
    await round(
      24,
      after(() => cancelScheduled(vendors, caseId, word)),
    );
    await round(25);
    const row = await rowOf(caseId);
    assert.deepEqual([row.state, isListed(oid), app.startsOf(oid)], ['cancelled', false, []]);
    assert.match(row.cancellation ?? '', /^operator cancelled it at .*: The contract was prolonged\.$/);
  });

  test('cancelled while another request was about to join it: the request gets a case of its own', async () => {
    const { oid, caseId } = await schedule();
    const slow = after(() => cancelScheduled(vendors, caseId, word));
    const opened = await openCase(slow, config, requestFor(oid, { startsAt: isoAt(48) }), app.start, at(1));
    assert.equal(opened.kind, 'opened');
    const first = await rowOf(caseId);
    assert.deepEqual([first.state, first.merged, await stateOf(makeCaseId(oid, 2))], ['cancelled', [], 'scheduled']);
  });

  test('started first: whoever cancels is told, and the case runs', async () => {
    const { oid, caseId } = await schedule();
    const result = await cancelScheduled(
      after(() => round(24)),
      caseId,
      word,
    );
    assert.deepEqual([result.kind, result.stored.row.state], ['not-scheduled', 'running']);
    assert.deepEqual([isListed(oid), app.startsOf(oid)], [true, [`case-${caseId}`]]);
  });
});

test('started now by the word of an operator, and not again on its day', async () => {
  const { oid, caseId } = await schedule({ mode: 'plan' });
  const stored = await vendors.storage.getCase(caseId);
  assert.ok(stored !== undefined);
  const result = await startScheduled(vendors, config, stored, app.start, at(1), word);
  assert.equal(result.kind, 'done');
  assert.equal((await startScheduled(vendors, config, stored, app.start, at(1), word)).kind, 'not-scheduled');
  const row = await rowOf(caseId);
  assert.deepEqual([row.state, row.startsAt, row.merged.length, isListed(oid)], ['running', undefined, 1, false]);
  assert.equal(await round(24), 0);
});
