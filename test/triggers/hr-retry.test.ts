import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { keepRejected } from '../../src/connectors/storage/evidence/rejections.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { day, type HrRetryWorld, message, reason, shown, startHrRetry, unknown } from './hr-retry-world.ts';

let app: HrRetryWorld['app'];
let config: HrRetryWorld['config'];
let receive: HrRetryWorld['receive'];
let api: HrRetryWorld['api'];
let ask: HrRetryWorld['ask'];
let operatorToken: HrRetryWorld['operatorToken'];
let knownAs: HrRetryWorld['knownAs'];
let retry: HrRetryWorld['retry'];
let handle: HrRetryWorld['handle'];
let list: HrRetryWorld['list'];
let rejectedFrom: HrRetryWorld['rejectedFrom'];
let receiptOf: HrRetryWorld['receiptOf'];
let hire: HrRetryWorld['hire'];
before(async () => {
  ({ app, config, receive, api, ask, operatorToken, knownAs, retry, handle, list, rejectedFrom, receiptOf, hire } =
    await startHrRetry());
});
after(() => app.stop());

test('a message about somebody whom the directory did not know yet is run again, once, and HR’s receipt says so', async () => {
  const said = unknown('new@northwind.example');
  const { id, state, canRetry } = await rejectedFrom(said);
  assert.deepEqual([state, canRetry], ['open', true]);

  const still = shown(await retry(id));
  assert.deepEqual([still.state, still.retries.map(({ result }) => result)], ['open', ['rejected']]);
  assert.match(still.retries[0]?.why ?? '', /nobody’s/);
  assert.equal((await receiptOf(said)).status, 'rejected');

  const oid = hire('new@northwind.example');
  const done = await retry(id);
  const settled = shown(done);
  assert.deepEqual([done.status, settled.state, settled.canRetry], [200, 'retried', false]);
  assert.deepEqual(
    settled.retries.map(({ result, by, caseId }) => [result, by, caseId]),
    [
      ['rejected', WORLD.operator.oid, undefined],
      ['opened', WORLD.operator.oid, `${oid}-1`],
    ],
  );
  assert.deepEqual(shown(await retry(id)).retries, settled.retries, 'asked again, it is answered and not run');
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
  const [stored] = await casesOf(config, oid);
  assert.deepEqual([stored?.row.trigger, stored?.row.requestedBy, stored?.row.mode], ['hr-queue', 'workday', 'apply']);
  const receipt = await receiptOf(said);
  assert.deepEqual([receipt.status, receipt.caseId], ['accepted', `${oid}-1`]);
  assert.ok(!(await list('&state=open')).some((each) => each.id === id));
});

test('two who run it again at the same moment open one case', async () => {
  const { id } = await rejectedFrom(unknown('twice@northwind.example'));
  const oid = hire('twice@northwind.example');
  const both = await Promise.all([retry(id), retry(id, WORLD.colleagues[0].oid)]);
  assert.deepEqual(
    both.map((each) => [each.status, shown(each).retries.length]),
    [
      [200, 1],
      [200, 1],
    ],
  );
  assert.equal((await casesOf(config, oid)).length, 1);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('a case that there is by now is named, and nothing runs twice', async () => {
  const { id } = await rejectedFrom(unknown('there@northwind.example'));
  const oid = hire('there@northwind.example');
  await receive(message({ oid }));
  const [settled] = shown(await retry(id)).retries;
  assert.deepEqual([settled?.result, settled?.caseId], ['merged', `${oid}-1`]);
  assert.equal(app.startsOf(oid).length, 1);
});

test('somebody who came back after HR’s word is not cut off by it, whoever has it run again', async () => {
  const whole = { n: 1, revision: 1, by: WORLD.operator.oid, reason: 'The wrong person.', whole: true } as const;
  const file = { container: 'evidence', name: 'restore', sha256: 'a'.repeat(64), bytes: 1 } as const;
  const backs = [
    { restoredAt: '2026-03-01T09:00:00.000Z' },
    { restores: [{ ...whole, at: '2026-03-01T09:00:00.000Z', file }] },
    { release: true },
  ];
  for (const [index, { release = false, ...back }] of backs.entries()) {
    const mail = `back-${index}@northwind.example`;
    const { id } = await rejectedFrom(unknown(mail));
    const oid = hire(mail);
    const vendors = openVendors(config);
    const opened = await api('/api/cases', {
      token: await operatorToken(),
      body: { oid, reason, mode: 'apply', ...knownAs(oid) },
    });
    assert.equal(opened.status, 201, opened.body);
    await vendors.storage.updateCase(makeCaseId(oid, 1), (row) => ({ ...row, state: 'filed', ...back }));
    const word = { oid, at: new Date().toISOString(), by: WORLD.operator.oid, why: 'They stay.' };
    if (release) await vendors.denied.release(word);
    const answer = await retry(id);
    assert.deepEqual([answer.status, answer.problem], [409, 'nothing-to-retry'], JSON.stringify(back));
    assert.match(answer.body, /HR said before that they leave/);
    assert.equal((await casesOf(config, oid)).length, 1);
    assert.deepEqual(shown(await handle(id)).state, 'handled');
  }
});

test('what was handled is off the open list, by whom and why, until the same comes again', async () => {
  const said = unknown('by-hand@northwind.example');
  const { id } = await rejectedFrom(said);
  const handled = shown(await handle(id));
  assert.deepEqual(
    [handled.state, handled.handled?.by, handled.handled?.reason],
    ['handled', WORLD.operator.oid, reason],
  );
  assert.equal(
    shown(await handle(id, WORLD.colleagues[0].oid)).handled?.by,
    WORLD.operator.oid,
    'the first word stands',
  );
  const refused = await retry(id);
  assert.deepEqual([refused.status, refused.problem], [409, 'nothing-to-retry']);
  assert.ok(!(await list('&state=open')).some((each) => each.id === id));
  await receive(said);
  assert.ok((await list('&state=open')).some((each) => each.id === id));
});

test('while the directory does not answer nothing is done, and it can be asked again', async () => {
  const { id } = await rejectedFrom(unknown('away@northwind.example'));
  const oid = hire('away@northwind.example');
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'reset' } });
  for (const act of [retry, handle]) assert.equal((await act(id)).status, 503);
  lift();
  assert.deepEqual(await casesOf(config, oid), []);
  assert.deepEqual((await list()).find((each) => each.id === id)?.retries, []);
  assert.equal(shown(await retry(id)).state, 'retried');
});

test('nobody settles what is about themselves, and a reader settles nothing', async () => {
  const { id } = await rejectedFrom(unknown('self@northwind.example'));
  const oid = hire('self@northwind.example');
  for (const act of [retry, handle]) {
    const answer = await act(id, oid);
    assert.deepEqual([answer.status, answer.problem], [403, 'own-affair']);
  }
  const path = `/api/rejections/${id}/retry`;
  assert.equal((await ask(path, { body: { reason }, roles: ['Offboarding.Read'] })).status, 403);
  assert.equal((await ask(path, { body: {} })).status, 422);
  assert.deepEqual(await casesOf(config, oid), []);
});

test('what would be rejected again whatever the directory says is not run again, and can be handled', async () => {
  const event = await keepRejected(
    config,
    { trigger: 'entra-event', reason: 'another tenant', received: { id: 'e-1' } },
    new Date(),
  );
  const odd = await rejectedFrom({ ...message({ oid: 'not-an-id' }) });
  const taken = message({ mail: 'taken@northwind.example' });
  await receive(taken);
  await receive({ ...taken, lastDay: '2026-02-28' });
  const other = (await list()).find(({ received }) => received.includes(taken.messageId) && received.includes('02-28'));
  const ids = [odd.id, other?.id ?? '', event.name.replace(/^rejected\/(.+)\/(.+)\.json$/, '$1-$2')];
  for (const id of ids) {
    assert.equal((await list()).find((each) => each.id === id)?.canRetry, false, id);
    const answer = await retry(id);
    assert.deepEqual([answer.status, answer.problem], [409, 'nothing-to-retry']);
    assert.equal(shown(await handle(id)).state, 'handled');
  }
  for (const id of ['x', `${day}-0000000000000000`, `${day}-..%2F..%2Fx`])
    assert.equal((await retry(id)).status, 404, id);
});
