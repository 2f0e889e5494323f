import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { whyNotToCut } from '../../../../activities/case/may-act.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { filedAs, toBeReadAgain } from '../../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { casePolicy } from '../../../../src/config/config-cases.ts';
import { tableOf } from '../../../../src/connectors/storage/base/tables.ts';
import { readAgain } from '../../../../src/intake/read-again.ts';
import { beginAttempt } from '../../../../src/intake/starting/begin-attempt.ts';
import { openCase } from '../../../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../../../src/intake/starting/release-held.ts';
import { type Answered, type Asking, askApi } from '../../../support/api/ask-api.ts';
import { app, by, config, deleted, isListed, requestFor, reset, rowOf, vendors } from './world.ts';

after(() => app.stop());

const api = askApi(app);
async function send(path: string, role: string, method = 'POST', more: Asking = {}): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli', roles: [role] };
  const token = await app.tenant.tokens.issue({ ...claims, scopes: ['access'] });
  return api(path, { method, token, body: { reason: 'a wrong sync' }, ...more });
}

beforeEach(reset);

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
