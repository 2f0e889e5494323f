import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { whyNotToCut } from '../../../activities/case/may-act.ts';
import type { ArmNamedValue } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseRow, OffboardingRequest } from '../../../src/cases/case.ts';
import { filedAs, toBeReadAgain } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { casePolicy } from '../../../src/config/config-cases.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { readAgain } from '../../../src/intake/read-again.ts';
import { beginAttempt } from '../../../src/intake/starting/begin-attempt.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../../src/intake/starting/release-held.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const { config, administrator } = app;
const vendors = openVendors(config);
const isListed = (oid: string): boolean =>
  arm.namedValues.all().some(({ value }: ArmNamedValue) => value.includes(oid));
const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'entra-event',
  reason: 'left',
  requestedBy: 'entra',
  requestedAt: new Date().toISOString(),
  mode: 'apply',
  ...more,
});
const rowOf = async (oid: Oid) => (await vendors.storage.casesOf(oid))[0]?.row;
const by = { caller: WORLD.operator.oid, reason: 'they are meant' };

const api = askApi(app);
async function send(path: string, role: string, method = 'POST', more: Asking = {}): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli', roles: [role] };
  const token = await app.tenant.tokens.issue({ ...claims, scopes: ['access'] });
  return api(path, { method, token, body: { reason: 'a wrong sync' }, ...more });
}

beforeEach(async () => {
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
});

test('while the app is paused every new case is contained, listed and on hold, and a running case cuts nothing', async () => {
  const running = await deleted();
  await openCase(vendors, config, requestFor(running), app.start);
  const caseId = makeCaseId(running, 1);
  assert.equal(await whyNotToCut(vendors, { caseId }), undefined);
  const paused = await send('/api/pause', 'Offboarding.Administer');
  assert.equal(paused.status, 200);
  assert.match((await whyNotToCut(vendors, { caseId })) ?? '', /paused since .* a wrong sync/);
  for (const trigger of ['entra-event', 'api'] as const) {
    const oid = await deleted();
    const opened = await openCase(vendors, config, requestFor(oid, { trigger }), app.start);
    const row = await rowOf(oid);
    assert.deepEqual(
      [opened.kind, row?.state, row?.heldBy, row?.contained, isListed(oid), app.startsOf(oid)],
      ['on-hold', 'open', 'paused', 'done', true, []],
      trigger,
    );
    const listed = await vendors.storage.listCases({ limit: 100, wanted: ({ onHold }) => onHold !== undefined });
    assert.ok(listed.cases.some(({ row: { oid: each } }) => each === oid));
    const again = await openCase(vendors, config, requestFor(oid, { trigger: 'api' }), app.start);
    assert.deepEqual([again.kind, app.startsOf(oid)], ['on-hold', []], 'asking again does not get around it');
    const before = await rowOf(oid);
    const released = await releaseHeld(vendors, config, {}, by, app.start, () => new Date());
    assert.equal(released.started, 0);
    assert.match(released.why ?? '', /is paused since .*: a wrong sync\. End the pause first/);
    assert.deepEqual(await rowOf(oid), before, 'no row says that it was released');
  }
  const { body } = await send('/api/held', 'Offboarding.Read', 'GET', { body: undefined });
  const shown = JSON.parse(body) as { paused: { why: string }; held: { heldBy: string; trigger: string }[] };
  assert.equal(shown.paused.why, 'a wrong sync');
  assert.deepEqual(shown.held.map(({ heldBy, trigger }) => `${heldBy} ${trigger}`).toSorted(), [
    'paused api',
    'paused entra-event',
  ]);
  await send('/api/pause', 'Offboarding.Administer', 'DELETE');
  assert.equal(await whyNotToCut(vendors, { caseId }), undefined);
  for (const trigger of ['api', 'entra-event']) {
    const asked = { body: { reason: 'they are meant', trigger } };
    const released = await send('/api/held/release', 'Offboarding.Operate', 'POST', asked);
    assert.deepEqual(JSON.parse(released.body), { started: 1, notStarted: 0, left: 0 });
  }
});

test('only who administers the app pauses it, and of two pauses the first one stands', async () => {
  const refused = await send('/api/pause', 'Offboarding.Operate');
  assert.equal(refused.status, 403);
  assert.equal(await vendors.storage.readPause(), undefined);
  const first = { since: '2026-11-28T09:00:00.000Z', by: 'a', why: 'x' };
  await vendors.storage.pauseApp(first);
  assert.deepEqual(await vendors.storage.pauseApp({ ...first, by: 'b' }), first);
});

test('of all who are on hold those are released who are meant, and nobody who came back', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const [first, held, back, later] = [await deleted(), await deleted(), await deleted(), await deleted()] as const;
  for (const oid of [first, held, back])
    await openCase(vendors, tight, requestFor(oid, { trigger: 'sweep' }), app.start);
  const soon = new Date(Date.now() + 60_000);
  await openCase(vendors, tight, requestFor(later, { trigger: 'sweep' }), app.start, () => soon);
  await administrator.restoreUser(back);
  const which = { heldBy: 'mass-leaving', openedTo: new Date(soon.getTime() - 1).toISOString() } as const;
  const done = await releaseHeld(vendors, config, which, by, app.start, () => new Date());
  assert.deepEqual(done, { started: 1, notStarted: 1, left: 0 });
  assert.deepEqual(
    [held, back, later].map((oid) => app.startsOf(oid).length),
    [1, 0, 0],
  );
  assert.deepEqual([held, back, later].map(isListed), [true, false, true]);
  assert.match((await rowOf(held))?.reason ?? '', /Released by .*: they are meant/);
});

test('one that fails keeps no other on hold', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const day = new Date(Date.now() + 2 * 86_400_000);
  const people = [await deleted(), await deleted(), await deleted()] as const;
  for (const oid of people) await openCase(vendors, tight, requestFor(oid, { trigger: 'sweep' }), app.start, () => day);
  const broken = makeCaseId(people[1], 1);
  const updateCase: typeof vendors.storage.updateCase = async (caseId, ...change) => {
    if (caseId === broken) throw new Error('the table is down');
    return vendors.storage.updateCase(caseId, ...change);
  };
  const failing = { ...vendors, storage: { ...vendors.storage, updateCase } };
  const which = { openedFrom: day.toISOString() };
  const done = await releaseHeld(failing, config, which, by, app.start, () => new Date());
  assert.deepEqual(done, { started: 1, notStarted: 0, left: 1 });
});

test('one trigger does not use up what another may', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const [first, second] = [await deleted(), await deleted()];
  await openCase(vendors, tight, requestFor(first, { trigger: 'entra-event' }), app.start);
  const other = await openCase(
    vendors,
    tight,
    requestFor(second, { trigger: 'hr-queue', lastDay: '2026-01-31' }),
    app.start,
  );
  assert.equal(other.kind, 'opened');
});

test('one caller does not use up what another may, and each gets it back when the hour has passed', async () => {
  const now = new Date();
  const ask = (caller: string, at = now) =>
    vendors.storage.takeAllowance({ caller, limit: 3, windowMs: 3_600_000 }, at);
  const waits = await Promise.all(Array.from({ length: 5 }, () => ask('a')));
  assert.deepEqual(waits.filter((wait) => wait === 0).length, 3);
  assert.equal(await ask('b'), 0);
  assert.equal(await ask('a', new Date(now.getTime() + 3_600_000)), 0);
});

test('a tenth of the directory leaves within an hour: the next is on hold, contained', async () => {
  const share = { ...config, MASS_LEAVING_PERCENT: 10, MAX_CASES_PER_HOUR: 1_000 };
  const crowd = await Promise.all(Array.from({ length: 12 }, () => deleted()));
  const day = new Date(Date.now() + 86_400_000);
  for (const oid of crowd) await openCase(vendors, share, requestFor(oid), app.start, () => day);
  const rows = await Promise.all(crowd.map(rowOf));
  assert.deepEqual(
    rows.map((row) => row?.heldBy),
    [...Array(10).fill(undefined), 'mass-leaving', 'mass-leaving'],
  );
  assert.ok(crowd.every(isListed));
});

test('a pause is ended with a reason, on record with who ended it, and a pause that somebody begins meanwhile holds', async () => {
  const asked = { since: '2026-11-20T09:00:00.000Z', by: WORLD.operator.oid, why: 'a wrong sync' };
  await vendors.storage.pauseApp(asked);
  const end = (more: Asking): Promise<Answered> => send('/api/pause', 'Offboarding.Administer', 'DELETE', more);
  const silent = await end({ body: {} });
  assert.deepEqual([silent.status, (await vendors.storage.readPause())?.why], [422, 'a wrong sync']);

  // Another is begun between the look and the end.
  const table = tableOf(config, 'brakes');
  const { upsertEntity } = table;
  const newer = { ...asked, since: '2026-11-20T10:00:00.000Z', why: 'another wrong sync' };
  table.upsertEntity = async (...args: Parameters<typeof upsertEntity>) => {
    table.upsertEntity = upsertEntity;
    await table.deleteEntity('pause', 'pause');
    await vendors.storage.pauseApp(newer);
    return upsertEntity.apply(table, args);
  };
  const late = await end({ body: { reason: 'mended' } });
  assert.deepEqual(JSON.parse(late.body), { ended: null, paused: newer });

  const at = new Date('2026-11-20T11:00:00.000Z');
  const over = await end({ body: { reason: 'mended' }, tools: { now: () => at } });
  const ended = { ...newer, endedAt: at.toISOString(), endedBy: WORLD.operator.oid, endedWhy: 'mended' };
  assert.deepEqual(JSON.parse(over.body), { ended });
  const {
    etag: _,
    timestamp: __,
    partitionKey: ___,
    rowKey: ____,
    ...kept
  } = (await table.getEntity('pause', `ended-${newer.since}-${at.toISOString()}`)) as Record<string, unknown>;
  assert.partialDeepStrictEqual(kept, ended);
});

test('a case that another pause puts on hold again is told again, and the same pause tells it once', async () => {
  const oid = await deleted();
  const told = async () =>
    (await vendors.storage.messagesOf(makeCaseId(oid, 1)))
      .filter(({ moment, channel }) => moment === 'on-hold' && channel === 'teams')
      .map(({ revision }) => revision)
      .sort();
  const settings = { ...config, TEAMS_WEBHOOK_URL: 'https://teams.localhost/hook' };
  const pause = async () => {
    await vendors.storage.pauseApp({ since: new Date().toISOString(), by: WORLD.operator.oid, why: 'a wrong sync' });
  };
  const askAgain = () => openCase(vendors, settings, requestFor(oid, { trigger: 'api' }), app.start);
  await pause();
  await openCase(vendors, settings, requestFor(oid), app.start);
  await askAgain();
  assert.deepEqual(await told(), [1]);
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
  await pause();
  await askAgain();
  assert.deepEqual(await told(), [1, 2]);
});

test('while the app is paused no attempt is begun, and no filed case is read again', async () => {
  await vendors.storage.pauseApp({ since: new Date().toISOString(), by: WORLD.operator.oid, why: 'a wrong sync' });
  const oid = await deleted();
  const at = new Date();
  await openCase(vendors, config, requestFor(oid), app.start);
  const caseId = makeCaseId(oid, 1);
  const client = {} as DurableClient;
  const filed = { filedAt: at.toISOString(), outcome: 'incomplete', incident: false, report: 'cases/1/report.json' };
  const { row } = await vendors.storage.updateCase(caseId, (current) =>
    filedAs(current, { ...filed, readAgainAt: at.toISOString() }),
  );
  assert.deepEqual(await readAgain(vendors, config, row, at), { kind: 'waits' });
  const due = toBeReadAgain(row, at.toISOString(), 'recheck');
  assert.ok(due !== undefined);
  assert.equal(await beginAttempt(vendors, due, client, casePolicy(config)), 'paused');
  await vendors.storage.endPause({ endedAt: at.toISOString(), endedBy: 'test', endedWhy: 'over' });
  assert.deepEqual(await readAgain(vendors, config, row, at), { kind: 'due' });
  assert.deepEqual(await readAgain(vendors, config, row, at), { kind: 'waits' });
});

test('a filed case is not read again about somebody who was let in again or is back, or whom the firm protects by now', async () => {
  const at = new Date();
  const due = async (more: Partial<CaseRow> = {}): Promise<CaseRow> => {
    const oid = await deleted();
    await openCase(vendors, config, requestFor(oid), app.start);
    const filed = { filedAt: at.toISOString(), outcome: 'incomplete', incident: false, report: 'cases/1/report.json' };
    const { row } = await vendors.storage.updateCase(makeCaseId(oid, 1), (current) => ({
      ...filedAs(current, { ...filed, readAgainAt: at.toISOString() }),
      ...more,
    }));
    return row;
  };
  const why = async (row: CaseRow, settings = config): Promise<string> => {
    const over = await readAgain(vendors, settings, row, at);
    assert.equal(over.kind, 'over');
    const after = await rowOf(row.oid);
    assert.deepEqual([after?.state, after?.readAgainAt], ['filed', undefined]);
    return after?.notReadAgain ?? '';
  };
  const released = await due();
  await vendors.denied.release({ oid: released.oid, at: at.toISOString(), by: WORLD.operator.oid, why: 'a mistake' });
  assert.match(await why(released), /let the person in again at .*: a mistake/);
  assert.match(await why(await due({ restoredAt: at.toISOString() })), /seen to be back/);
  assert.match(await why(await due(), { ...config, READ_AGAIN_DAYS: 0 }), /READ_AGAIN_DAYS/);
  const replaced = await due();
  const next = { ...replaced, n: 2, caseId: makeCaseId(replaced.oid, 2), state: 'failed' as const };
  await vendors.storage.createCase(next);
  const seen = await readAgain(vendors, config, replaced, at);
  assert.match(seen.kind === 'over' ? seen.why : seen.kind, /same person, and newer/);
  const guarded = await due();
  assert.match(await why(guarded, { ...config, PROTECTED_OIDS: [guarded.oid] }), /protected/i);
});
