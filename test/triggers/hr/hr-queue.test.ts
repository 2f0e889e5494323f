import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { casesOf } from '../../../src/connectors/storage/cases/case-table.ts';
import { getText } from '../../../src/connectors/storage/evidence/evidence.ts';
import { listRefs } from '../../../src/connectors/storage/evidence/list-evidence.ts';
import { keepRejected, listRejected } from '../../../src/connectors/storage/evidence/rejections.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveHrMessage } from '../../../src/triggers/hr/hr-queue.ts';
import { readHrMessage } from '../../../src/triggers/hr/read-hr-message.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '3' } });
after(() => app.stop());

const receive = (message: unknown, deliveries?: number): Promise<void> =>
  receiveHrMessage(openVendors(app.config), app.config, message, app.start, app.log, undefined, deliveries);
const message = (oid: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schemaVersion: 1,
  messageId: `hr-${oid}`,
  oid,
  requestedBy: 'workday',
  ...more,
});
const rejected = async (): Promise<string[]> => {
  const refs = await listRefs(app.config, 'work', 'rejected/');
  return Promise.all(refs.map(async ({ name }) => (await getText(app.config, 'work', name)) ?? ''));
};

test('a message opens the case of somebody who still works here, once', async () => {
  const oid = app.hire();
  await receive(message(oid, { reason: 'Contract ends', lastDay: '2026-01-31' }));
  await receive(message(oid, { reason: 'Contract ends', lastDay: '2026-01-31' }));
  const stored = await casesOf(app.config, oid);
  assert.deepEqual(
    stored.map(({ row }) => [row.state, row.trigger, row.reason, row.lastDay, row.merged.length]),
    [['running', 'hr-queue', 'Contract ends', '2026-01-31', 0]],
  );
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('an invalid message is kept with every fault named, and acknowledged', async () => {
  const oid = app.hire();
  const faults: readonly (readonly [unknown, readonly RegExp[]])[] = [
    ['{ broken', [/the document: neither JSON nor base64/]],
    [{}, [/\/schemaVersion/, /\/messageId/, /\/oid/, /\/requestedBy/]],
    [message(oid, { schemaVersion: 3 }), [/\/schemaVersion/]],
    [message('not-an-id'), [/\/oid/]],
    [message(oid, { lastDay: '31.01.2026' }), [/\/lastDay/]],
    [message(oid, { notice: 'immediately' }), [/\/notice: not a member/]],
  ];
  for (const [index, [bad]] of faults.entries())
    await receive(typeof bad === 'object' && 'messageId' in Object(bad) ? { ...bad, messageId: `bad-${index}` } : bad);
  const reasons = (await rejected()).map((text) => (JSON.parse(text) as { reason: string }).reason);
  for (const [bad, expected] of faults) {
    const onHold = reasons.some((reason) => expected.every((pattern) => pattern.test(reason)));
    assert.ok(onHold, `${JSON.stringify(bad)} is not among ${reasons.join(' | ')}`);
  }
  assert.deepEqual(await casesOf(app.config, oid), []);
});

const queuesOfHost = async (): Promise<{ readonly maxDequeueCount: number; readonly messageEncoding: string }> => {
  const host = JSON.parse(await readFile(new URL('../../../host.json', import.meta.url), 'utf8')) as {
    extensions: { queues: { maxDequeueCount: number; messageEncoding: string } };
  };
  return host.extensions.queues;
};

test('the host itself gives no message up: it counts an app that died as a failure', async () => {
  assert.equal((await queuesOfHost()).maxDequeueCount, 2 ** 31 - 1);
});

test('the host hands on what it cannot decode: with base64 a message in plain text would reach nobody', async () => {
  assert.equal((await queuesOfHost()).messageEncoding, 'none');
});

test('what cannot become a request is answered however often it was delivered', async () => {
  await receive(message('7'.repeat(8)), 6);
  assert.ok((await rejected()).some((text) => text.includes('7'.repeat(8)) && text.includes('/oid')));
});

test('a message in base64 is read as one in plain text is', async () => {
  const oid = app.hire();
  const coded = Buffer.from(JSON.stringify(message(oid, { lastDay: '2026-01-31' }))).toString('base64');
  await receive(coded.replace(/(.{76})/g, '$1\r\n'));
  assert.equal((await casesOf(app.config, oid)).length, 1);
});

test('an operator reads what was rejected today, and why', async () => {
  await receive({ nonsense: 'seen by an operator' });
  const roles = ['Offboarding.Read'];
  const who = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] };
  const ask = async (query: Record<string, string>, claims = { ...who, roles }): Promise<Answered> =>
    askApi(app)('/api/rejections', { token: await app.tenant.tokens.issue(claims), query });
  const { rejections } = JSON.parse((await ask({})).body) as {
    rejections: { trigger: string; received: string }[];
  };
  assert.ok(
    rejections.some(({ trigger, received }) => trigger === 'hr-queue' && received.includes('seen by an operator')),
  );
  assert.equal((await ask({ day: 'today' })).status, 422);
  assert.equal((await ask({}, { ...who, roles: [] })).status, 403);
});

test('of a flood of rejections the first hundred are shown, and that there are more', async () => {
  const day = new Date('2026-01-02T00:00:00Z');
  const keep = (number: number) =>
    keepRejected(app.config, { trigger: 'hr-queue', reason: `no ${number}`, received: number }, day);
  await Promise.all(Array.from({ length: 100 }, (_, number) => keep(number)));
  const exactly = await listRejected(app.config, '2026-01-02');
  assert.deepEqual([exactly.rejections.length, exactly.more], [100, false]);
  await keep(100);
  const flood = await listRejected(app.config, '2026-01-02');
  assert.deepEqual([flood.rejections.length, flood.more], [100, true]);
});

test('while the directory does not answer a message waits, nobody is cut off, and the same message again is heard', async () => {
  const oid = app.hire();
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'reset' } });
  await receive(message(oid, { lastDay: '2026-01-31' }));
  lift();
  assert.deepEqual(await casesOf(app.config, oid), []);
  assert.ok(app.logged.some((line) => line.includes('the directory cannot be read') && line.includes(`hr-${oid}`)));
  await receive(message(oid, { lastDay: '2026-01-31' }));
  assert.equal((await casesOf(app.config, oid)).length, 1);
});

test('the id of a workload is rejected with what it is, and nothing of it is cut', async () => {
  const id = '5e000000-0000-4000-8000-000000000001';
  app.directory.servicePrincipals.add({
    id,
    appId: '5e000000-0000-4000-8000-0000000000a1',
    displayName: 'prod-agent',
    appRoleAssignmentRequired: false,
    appRoles: [],
  });
  await receive(message(id, { lastDay: '2026-01-31' }));
  assert.deepEqual(await casesOf(app.config, id as Oid), []);
  assert.ok((await rejected()).some((text) => text.includes(id) && text.includes('a service principal')));
});

test('somebody who works here, named without a last day, becomes a plan that says why; a name that is another’s, nothing', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  await receive(message(oid));
  const [stored] = await casesOf(app.config, oid);
  assert.equal(stored?.row.mode, 'plan');
  assert.match(stored?.row.reason ?? '', /Opened as a plan: The account of .* is enabled/);
  const named = app.directory.users.get(oid)?.userPrincipalName;
  await receive(message(other, { lastDay: '2026-01-31', confirmUserPrincipalName: named }));
  assert.deepEqual(await casesOf(app.config, other), []);
  assert.ok((await rejected()).some((text) => text.includes(other) && text.includes('is not that of')));
});

test('beyond the limit of an hour, cases are kept with the reason and not started, and a repeat does not start them', async () => {
  const crowd = Array.from({ length: 6 }, () => app.hire());
  await Promise.all(crowd.map((oid) => receive(message(oid))));
  const rows = (await Promise.all(crowd.map((oid) => casesOf(app.config, oid)))).flat().map(({ row }) => row);
  assert.equal(rows.length, 6);
  const onHold = rows.filter(({ state }) => state === 'open');
  // One case was opened by the first test, so at least four of these six are over the limit of three.
  assert.ok(onHold.length >= 4, `${onHold.length} on hold`);
  assert.ok(onHold.every((row) => /MAX_CASES_PER_HOUR/.test(row.onHold ?? '')));
  for (const { oid } of onHold) await receive(message(oid));
  assert.deepEqual(
    onHold.flatMap(({ oid }) => app.startsOf(oid)),
    [],
  );
});

test('the last day counts in the business’s time zone', () => {
  const oid = '11111111-2222-4333-8444-555555555555';
  const evening = new Date('2026-11-22T23:30:00Z');
  const leavingIn = (zone: string): unknown => {
    const read = readHrMessage(message(oid, { lastDay: '2026-11-23' }), evening, {
      BUSINESS_TIME_ZONE: zone,
      LAST_DAY_ENDS: '17:15',
    });
    return read.kind === 'notice' ? (read.notice.leaving ?? 'now') : read;
  };
  assert.equal(leavingIn('Europe/Paris'), 'now');
  assert.deepEqual(leavingIn('UTC'), { lastDay: '2026-11-23', timeOfDay: '17:15', zone: 'UTC' });
});

test('of a message without anything that counts every member is a fault of its own', () => {
  const settings = { BUSINESS_TIME_ZONE: 'UTC', LAST_DAY_ENDS: '18:00' };
  const read = readHrMessage({ schemaVersion: 1, oid: 'nobody' }, new Date(), settings);
  assert.equal(read.kind, 'rejected');
  const faults = read.kind === 'rejected' ? read.faults.map((fault) => fault.split(':')[0]) : [];
  assert.deepEqual(faults.toSorted(), ['/messageId', '/oid', '/requestedBy']);
});
