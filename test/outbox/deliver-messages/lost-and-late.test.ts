import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { closeCase } from '../../../activities/case/close-case.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { manifestName } from '../../../src/cases/folders.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { enqueueMessages } from '../../../src/outbox/enqueue.ts';
import {
  app,
  clock,
  endOf,
  everything,
  ingestion,
  issues,
  now,
  reset,
  round,
  runningCase,
  statesOf,
  teams,
  teamsOnly,
  webhook,
} from './world.ts';

after(() => app.stop());

beforeEach(reset);

test('two hosts that deliver at the same moment tell each channel once', async () => {
  const row = await runningCase();
  const before = issues().length;
  await endOf(row);
  await Promise.all([round(), round()]);
  const sent = [issues().length - before, teams.messages.length, webhook.deliveries, ingestion.cases.length];
  assert.deepEqual(sent, [1, 1, 1, 1]);
  assert.ok((await statesOf(row.caseId)).every((each) => each.endsWith('told')));
});

test('a message that was written before its case came to it waits for it; one that never can be true is dropped', async () => {
  const [waiting, other] = [await runningCase(), await runningCase()];
  const at = now().toISOString();
  const vendors = openVendors(teamsOnly);
  await enqueueMessages(vendors, teamsOnly, { row: waiting, moments: ['failed'], at });
  await enqueueMessages(vendors, teamsOnly, { row: other, moments: ['on-hold'], at });
  assert.equal(await round(teamsOnly), 0);
  assert.deepEqual(
    [await statesOf(waiting.caseId), await statesOf(other.caseId)],
    [['teams failed waiting'], ['teams on-hold void']],
  );
  await vendors.storage.updateCase(waiting.caseId, (row) => ({ ...row, state: 'failed' }));
  clock.ms += 61_000;
  assert.equal(await round(teamsOnly), 1);
  assert.match(JSON.stringify(teams.messages), /broke without a report/);
});

test('a case that nobody went on with is not told of for ever, and is when somebody goes on after all', async () => {
  const row = await runningCase();
  const at = now().toISOString();
  const vendors = openVendors(teamsOnly);
  await enqueueMessages(vendors, teamsOnly, { row, moments: ['failed'], at });
  clock.ms += 25 * 3_600_000;
  await round(teamsOnly);
  assert.deepEqual(await statesOf(row.caseId), ['teams failed void']);
  await enqueueMessages(vendors, teamsOnly, { row, moments: ['failed'], at: now().toISOString() });
  await vendors.storage.updateCase(row.caseId, (current) => ({ ...current, state: 'failed' }));
  assert.equal(await round(teamsOnly), 1);
});

test('whichever half of a change a crash leaves, the message is told, once', async () => {
  const row = await runningCase();
  const vendors = openVendors(teamsOnly);
  const happened = { row, moments: ['failed'], at: now().toISOString() } as const;
  await enqueueMessages(vendors, teamsOnly, happened);
  const table = tableOf(app.config, 'outbox');
  const entries: { partitionKey: string; rowKey: string }[] = [];
  for await (const { partitionKey = '', rowKey = '', ...rest } of table.listEntities())
    if (partitionKey === 'due' && rowKey.includes(row.caseId)) entries.push({ ...rest, partitionKey, rowKey });
  // Entered, and the row never written: the opener died, and comes again later.
  await table.deleteEntity(row.caseId, 'failed-1-teams');
  assert.equal(await round(teamsOnly), 0);
  clock.ms += 1_000;
  await enqueueMessages(vendors, teamsOnly, { ...happened, at: now().toISOString() });
  // The case is not there yet, so that it is entered for later; the old entries were never removed.
  await round(teamsOnly);
  for (const entry of entries) await table.upsertEntity(entry);
  await vendors.storage.updateCase(row.caseId, (current) => ({ ...current, state: 'failed' }));
  clock.ms += 61_000;
  assert.equal(await round(teamsOnly), 1);
  for (const entry of entries) await table.upsertEntity(entry);
  assert.equal(await round(teamsOnly), 0);
  assert.equal(teams.messages.length, 1);
  for await (const { partitionKey, rowKey = '' } of table.listEntities())
    assert.ok(partitionKey !== 'due' || !rowKey.includes(row.caseId), 'no entry stays behind');
});

for (const [name, effect] of [
  ['a reset connection', { kind: 'reset' }],
  ['a 502 page', { kind: 'answer', status: 502, body: '<html>bad gateway</html>' }],
  ['a withdrawn webhook', { kind: 'answer', status: 401 }],
] as const) {
  test(`after ${name}, for a day and with an alert, the message is told once`, async () => {
    const row = await runningCase();
    app.tenant.faults.add({ vendor: 'teams', effect });
    await endOf(row, teamsOnly);
    const attempts = () => app.tenant.calls.filter(({ vendor }) => vendor === 'teams').length;
    const begun = attempts();
    for (let minute = 0; minute < 24 * 60; minute += 30) {
      await round(teamsOnly);
      clock.ms += 30 * 60_000;
    }
    assert.ok(attempts() - begun < 40, 'it is not asked every time');
    assert.deepEqual([teams.messages.length, await statesOf(row.caseId)], [0, ['teams incident waiting']]);
    const alerts = app.context.lines.filter((line) => line.startsWith('a message has not been delivered for hours'));
    assert.ok(alerts.length > 10 && alerts.every((line) => line.includes(row.caseId)));
    assert.doesNotMatch(JSON.stringify(app.context.lines), /sig=|<html>/);
    app.tenant.faults.clear();
    clock.ms += 3_600_000;
    assert.equal(await round(teamsOnly), 1);
    assert.equal(teams.messages.length, 1);
  });
}

test('what one channel meets keeps no other from being told', async () => {
  const row = await runningCase();
  app.tenant.faults.add({ vendor: 'github', path: /\/issues/, effect: { kind: 'answer', status: 502 } });
  await endOf(row);
  assert.equal(await round(), 3);
  assert.deepEqual(
    (await statesOf(row.caseId)).filter((each) => !each.endsWith('told')),
    ['issue incident waiting'],
  );
});

const breakOf = ({ caseId }: CaseRow, attempt?: number): Promise<null> => {
  const failure = { code: 'unexpected' as const, message: 'It broke.' };
  const about = { caseId, filedAt: now().toISOString(), failure, ...(attempt === undefined ? {} : { attempt }) };
  return closeCase.handler(about, { ...app.context, settings: everything });
};
const stateOf = async ({ caseId }: CaseRow): Promise<string | undefined> =>
  (await app.context.vendors.storage.getCase(caseId))?.row.state;

test('what breaks after the report was sealed does not fail the case, and nobody is told that it did', async () => {
  const [sealed, other] = [await runningCase(), await runningCase()];
  await app.context.vendors.storage.putFirst('evidence', manifestName({ caseId: sealed.caseId }), '{}');
  for (const row of [sealed, other]) await breakOf(row);
  assert.deepEqual([await stateOf(sealed), await statesOf(sealed.caseId)], ['running', []]);
  assert.equal(await stateOf(other), 'failed');
  assert.notDeepEqual(await statesOf(other.caseId), []);
});

test('an attempt that broke and comes late tells nobody of a failure while the next one goes on', async () => {
  const row = await runningCase({ attempts: [{ instanceId: 'x', endedAt: now().toISOString(), why: 'x' }] });
  await breakOf(row);
  assert.deepEqual([await stateOf(row), await statesOf(row.caseId)], ['running', []]);
  await breakOf(row, 2);
  assert.equal(await stateOf(row), 'failed');
  assert.notDeepEqual(await statesOf(row.caseId), []);
});
