import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { CaseRow, OffboardingRequest } from '../../../src/cases/case.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { openVendors, type Vendors } from '../../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../../src/duties/cases/start-scheduled-cases.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { noteReturn } from '../../../src/intake/containing/note-return.ts';
import { isRestored } from '../../../src/intake/rules/is-restored.ts';
import { mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import { datedWord } from '../../../src/intake/rules/words.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import {
  cancelScheduled,
  moveScheduled,
  startScheduled,
  type Word,
} from '../../../src/intake/starting/scheduled-cases.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)], settings: { MAX_CASES_PER_HOUR: '1000' } });
after(() => app.stop());
const { config, administrator } = app;
const vendors = openVendors(config);
const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(oid));

const HOUR_MS = 3_600_000;
const base = Date.now();
const at = (hours: number) => (): Date => new Date(base + hours * HOUR_MS);
const isoAt = (hours: number): string => at(hours)().toISOString();
beforeEach(async () => {
  app.tenant.faults.clear();
  await forgetDenied(config);
});

/** The engine, which knows what was started; `down` while it answers nobody. */
const engine = { down: false, asked: [] as string[] };
const client = {
  getStatus: async (instanceId: string) => {
    if (app.started.some((each) => each.instanceId === instanceId)) return { runtimeStatus: 'Running' };
    throw new Error('HTTP 404');
  },
  startNew: async (_name: string, { instanceId = '', input }: { instanceId?: string; input?: unknown }) => {
    if (engine.down) throw new Error('the engine is down');
    if (app.started.some((each) => each.instanceId === instanceId)) throw new Error('HTTP 409');
    engine.asked.push(instanceId);
    await app.start(instanceId, input as Parameters<typeof app.start>[1]);
    return instanceId;
  },
} as unknown as DurableClient;

const round = (hours: number, hooked: Vendors = vendors): Promise<number> => {
  const context: DutyContext = { vendors: hooked, settings: config, log: app.log, client, now: at(hours) };
  return startScheduledCases.run(context);
};
const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'hr-queue',
  reason: 'HR reported a leaver.',
  requestedBy: 'hr',
  requestedAt: isoAt(0),
  mode: 'apply',
  lastDay: isoAt(24).slice(0, 10),
  startsAt: isoAt(24),
  ...more,
});
const event = (oid: Oid): OffboardingRequest => {
  const { startsAt: _, lastDay: __, ...now } = requestFor(oid, { trigger: 'entra-event', requestedBy: 'entra' });
  return now;
};
const word: Word = {
  trigger: 'api',
  requestedBy: 'operator',
  requestedAt: isoAt(0),
  reason: 'The contract was prolonged.',
};
const ask = (request: OffboardingRequest, hours = 0) => openCase(vendors, config, request, app.start, at(hours));
async function schedule(more: Partial<OffboardingRequest> = {}): Promise<{ oid: Oid; caseId: CaseId }> {
  const oid = app.hire();
  await ask(requestFor(oid, more));
  return { oid, caseId: makeCaseId(oid, 1) };
}
const personOf = async (oid: Oid) => {
  const person = await vendors.graph.findPerson(oid);
  assert.ok(person.ok);
  return person.value;
};
const rowOf = async (caseId: CaseId): Promise<CaseRow> => {
  const stored = await vendors.storage.getCase(caseId);
  assert.ok(stored !== undefined);
  return stored.row;
};
const stateOf = async (caseId: CaseId): Promise<string> => (await rowOf(caseId)).state;
/** Everything that is due is started or taken away, so that tests do not share it. */
const clear = (): Promise<number> => round(10_000);

test('before its instant nobody is cut off; from then on the leaver is contained and the case runs, once', async () => {
  const { oid, caseId } = await schedule();
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['scheduled', false]);
  await round(23.99);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['scheduled', false, []]);
  assert.equal(await round(24), 1);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['running', true, [`case-${caseId}`]]);
  assert.equal(await round(24), 0);
});

test('a timer that was away starts what it missed, and the case says how late', async () => {
  const { caseId } = await schedule();
  assert.equal(await round(27), 1);
  assert.match((await rowOf(caseId)).reason, /Scheduled for .* UTC, and began 3 hours late\.$/);
});

test('of a month of cases to come a round reads no row', async () => {
  await clear();
  for (let week = 1; week <= 4; week += 1) await schedule({ startsAt: isoAt(168 * week) });
  const read: string[] = [];
  const getCase: Vendors['storage']['getCase'] = (caseId) => {
    read.push(caseId);
    return vendors.storage.getCase(caseId);
  };
  await round(1, { ...vendors, storage: { ...vendors.storage, getCase } });
  assert.deepEqual(read, []);
  await clear();
});

test('two hosts at the same moment start each case once', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => schedule()));
  engine.asked = [];
  await Promise.all([round(25), round(25)]);
  await round(25);
  assert.deepEqual(engine.asked.toSorted(), cases.map(({ caseId }) => `case-${caseId}`).toSorted());
  for (const { caseId } of cases) assert.equal(await stateOf(caseId), 'running');
});

test('an engine that is down: the leaver is contained, and the case starts when it is back', async () => {
  const { oid, caseId } = await schedule();
  engine.down = true;
  assert.equal(await round(24), 0);
  engine.down = false;
  assert.deepEqual([isListed(oid), await stateOf(caseId)], [true, 'open']);
  assert.equal(await round(24.1), 1);
  assert.equal(await stateOf(caseId), 'running');
});

test('a directory that does not answer on the day: nothing is done, it is told, and the next round starts the case', async () => {
  const { oid, caseId } = await schedule();
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  await round(24);
  lift();
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['scheduled', false]);
  assert.ok(app.logged.some((line) => line.includes('the directory cannot be read') && line.includes(caseId)));
  assert.equal(await round(24.1), 1);
});

test('who was put under protection meanwhile is refused on the day', async () => {
  const { oid, caseId } = await schedule();
  const guarded = { ...config, PROTECTED_OIDS: [oid] };
  await startScheduledCases.run({ vendors, settings: guarded, log: app.log, client, now: at(24) });
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['refused', false]);
});

test('a deletion that comes early starts the case at once; its day then finds nothing left to do', async () => {
  const { oid, caseId } = await schedule();
  await administrator.deleteUser(oid);
  await ask(event(oid), 1);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['running', true, [`case-${caseId}`]]);
  await vendors.storage.updateCase(caseId, (row) => ({ ...row, state: 'filed' }));
  await round(24);
  assert.equal((await vendors.storage.casesOf(oid)).length, 1);
});

test('who is to leave on a day to come has not come back by an edit of the profile', async () => {
  const { oid, caseId } = await schedule();
  const row = await rowOf(caseId);
  assert.deepEqual(await noteReturn(vendors, { oid, state: 'active' }, [row], at(1)()), []);
  assert.equal((await rowOf(caseId)).restoredAt, undefined);
});

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
