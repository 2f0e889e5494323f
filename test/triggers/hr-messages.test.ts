import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { type HrMessagesWorld, NOW, second, startHrMessages } from './hr-messages-world.ts';

let app: HrMessagesWorld['app'];
let vendors: HrMessagesWorld['vendors'];
let receive: HrMessagesWorld['receive'];
let answerTo: HrMessagesWorld['answerTo'];
before(async () => {
  ({ app, vendors, receive, answerTo } = await startHrMessages());
});
after(() => app.stop());

test('a person is found by each of their names, whatever is agreed on, and the receipt names the case', async () => {
  const number = '00471';
  const oid = app.hire({ employeeId: number, proxyAddresses: ['smtp:alias@firm.example'] });
  const user = app.directory.users.get(oid);
  const [userPrincipalName, mail] = [user?.userPrincipalName, 'ALIAS@firm.example'];
  for (const person of [{ employeeId: number }, { mail, employeeId: number }, { oid, userPrincipalName, mail }]) {
    const answer = await answerTo(second({ person }));
    assert.deepEqual([answer.status, answer.caseId, answer.faults], ['accepted', `${oid}-1`, []]);
    assert.ok(answer.startsAt);
  }
  const [stored] = await casesOf(app.config, oid);
  assert.equal(stored?.row.mode, 'apply');
});

test('a name alone, and a number that is a placeholder, cut nobody off: it becomes a plan, and HR is told why', async () => {
  for (const [more, name] of [
    [{}, 'mail'],
    [{ employeeId: '000' }, 'employeeId'],
  ] as const) {
    const oid = app.hire(more);
    const answer = await answerTo(second({ person: { [name]: app.directory.users.get(oid)?.[name] } }));
    assert.equal(answer.status, 'accepted');
    assert.match(answer.note ?? '', /Opened as a plan: The name is that of/);
    assert.equal((await casesOf(app.config, oid))[0]?.row.mode, 'plan');
  }
});

test('names of two people, a name of two, of a group and of nobody are rejected, the deleted counted in', async () => {
  const [one, two, gone] = [
    app.hire({ employeeId: '7001' }),
    app.hire({ employeeId: '7002' }),
    app.hire({ employeeId: '7001' }),
  ];
  await app.administrator.deleteUser(gone);
  const shared = app.hire({ mail: 'shared@firm.example', employeeId: '7003' });
  for (const name of ['all', 'shared']) {
    const group = { id: `9a-${name}`, displayName: name, memberIds: new Set<string>(), mail: `${name}@firm.example` };
    app.directory.groups.add(group);
  }
  const mail = app.directory.users.get(two)?.mail;
  const cases: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
    [{ employeeId: '7001' }, new RegExp(`that of (${one} and ${gone}|${gone} and ${one})`)],
    [{ employeeId: '7001', mail }, /No one person is meant by all of it/],
    [{ oid: one, mail }, new RegExp(`/person/oid: is ${one}; /person/mail: is that of ${two}`)],
    [{ oid: two, employeeId: '7001' }, /No one person/],
    [{ employeeId: '7999' }, /nobody’s/],
    [{ mail: 'all@firm.example' }, /reaches a group/],
    [{ mail: 'shared@firm.example', employeeId: '7003' }, new RegExp(`that of ${shared}, and reaches a group`)],
    [{}, /\/person: name the person by/],
  ];
  for (const [person, why] of cases) {
    const answer = await answerTo(second({ person }));
    assert.equal(answer.status, 'rejected', JSON.stringify(person));
    assert.match(answer.faults.join(), why);
  }
  for (const oid of [one, two, gone, shared]) assert.deepEqual(await casesOf(app.config, oid), []);
  // Both who have the number, told apart by something else, are meant by nothing but that.
  const answer = await answerTo(second({ person: { employeeId: '7001', oid: one } }));
  assert.equal(answer.caseId, `${one}-1`);
});

test('a day ahead waits at its instant, is moved, withdrawn, and wanted again; what came late is superseded', async () => {
  const oid = app.hire();
  const about = { leavingId: 'resignation-1', person: { oid } };
  const ahead = { lastDay: '2026-12-31', timeOfDay: '17:30', zone: 'America/New_York' };
  const at = (hour: number): object => ({ issuedAt: `2026-11-23T0${hour}:00:00Z` });
  const first = await answerTo(second({ ...about, ...at(1), ...ahead }));
  assert.deepEqual([first.status, first.startsAt], ['accepted', '2026-12-31T22:30:00.000Z']);
  const moved = await answerTo(second({ ...about, ...at(3), ...ahead, kind: 'changed', lastDay: '2027-01-29' }));
  assert.equal(moved.startsAt, '2027-01-29T22:30:00.000Z');
  const late = await answerTo(second({ ...about, ...at(2), ...ahead, kind: 'changed' }));
  assert.match(late.faults.join(), /\/issuedAt: .* is as new or newer, and counts/);
  const last = async () => (await casesOf(app.config, oid)).at(-1)?.row;
  assert.equal((await last())?.startsAt, '2027-01-29T22:30:00.000Z');
  const back = await answerTo(second({ ...about, ...at(5), kind: 'withdrawn', lastDay: undefined }));
  assert.match(back.note ?? '', /cancelled/);
  // A message that was on its way all the time.
  await receive(second({ ...about, ...at(4), ...ahead }));
  assert.equal((await last())?.state, 'cancelled');
  await receive(second({ ...about, ...at(6), ...ahead }));
  assert.equal((await last())?.state, 'scheduled');
  assert.deepEqual(app.startsOf(oid), []);
  const other = await answerTo(second({ ...about, ...at(7), ...ahead, person: { oid: app.hire() } }));
  assert.match(other.faults.join(), /\/leavingId: HR named another person/);
});

test('what is carried out after something newer does not outlast it', async () => {
  const oid = app.hire();
  const about = { leavingId: 'raced', person: { oid }, lastDay: '2026-12-31', zone: 'UTC' };
  const older = second({ ...about, issuedAt: '2026-11-23T01:00:00Z' });
  const newer = second({ ...about, issuedAt: '2026-11-23T02:00:00Z', kind: 'changed', lastDay: '2027-02-26' });
  let isFirst = true;
  const recordLeaving: typeof vendors.storage.recordLeaving = async (...said) => {
    const recorded = await vendors.storage.recordLeaving(...said);
    if (isFirst) {
      isFirst = false;
      await receive(newer);
    }
    return recorded;
  };
  const slow = { ...vendors, storage: { ...vendors.storage, recordLeaving } };
  await receiveHrMessage(slow, app.config, older, app.start, app.log, () => NOW);
  const rows = (await casesOf(app.config, oid)).map(({ row }) => [row.state, row.startsAt]);
  assert.deepEqual(rows, [['scheduled', '2027-02-26T18:00:00.000Z']]);
});

test('a leaver of HR whose leave date stands in Entra as well has one case, whichever is first', async () => {
  const leaveAt = '2026-11-20T17:00:00Z';
  const swept = {
    trigger: 'sweep',
    reason: 'Their last day has passed.',
    requestedBy: 'sweep',
    mode: 'apply',
  } as const;
  const sweep = (oid: Oid, at: Date) =>
    openCase(vendors, app.config, { ...swept, oid, requestedAt: at.toISOString() }, app.start, () => at);
  const [first, then, ahead] = [
    app.hire({ employeeLeaveDateTime: leaveAt }),
    app.hire({ employeeLeaveDateTime: leaveAt }),
    app.hire({ employeeLeaveDateTime: '2026-11-23T11:00:00Z' }),
  ];
  await receive(second({ person: { oid: first } }));
  assert.equal((await sweep(first, NOW)).kind, 'merged');
  assert.equal((await sweep(then, NOW)).kind, 'opened');
  await receive(second({ person: { oid: then } }));
  // Entra’s day comes before HR’s: it is the earlier one that counts, as a deletion before the day does.
  await receive(second({ person: { oid: ahead }, lastDay: '2026-12-31' }));
  assert.equal((await sweep(ahead, NOW)).kind, 'merged');
  for (const oid of [first, then, ahead]) {
    const rows = (await casesOf(app.config, oid)).map(({ row }) => row.state);
    assert.deepEqual(rows, ['running']);
  }
});

test('what began is not undone by a withdrawal or a rehire: HR and the operators are told', async () => {
  const oid = app.hire();
  await receive(second({ leavingId: 'x', person: { oid } }));
  for (const [hour, kind] of [
    [10, 'withdrawn'],
    [11, 'rehired'],
  ] as const) {
    const issuedAt = `2026-11-23T${hour}:00:00Z`;
    const answer = await answerTo(second({ leavingId: 'x', issuedAt, person: { oid }, kind, lastDay: undefined }));
    assert.deepEqual([answer.status, answer.caseId], ['rejected', `${oid}-1`]);
    assert.match(answer.faults.join(), /was not undone/);
  }
  assert.equal((await casesOf(app.config, oid))[0]?.row.state, 'running');
  assert.ok(app.logged.some((line) => line.includes('rejected and kept') && line.includes('was not undone')));
});

test('one id is one message: another one under it is answered apart, and a repeat changes no receipt', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  const message = second({ person: { oid } });
  const before = await answerTo(message);
  assert.deepEqual(await answerTo(message), before);
  assert.deepEqual(await answerTo({ ...message, person: { oid: other } }), before);
  assert.deepEqual(await casesOf(app.config, other), []);
  const answers: string[] = [];
  const prefix = `${encodeURIComponent(message.messageId)}/`;
  for await (const { name } of containerOf(app.config, 'hr-receipts').listBlobsFlat({ prefix })) answers.push(name);
  assert.equal(answers.length, 1);
});

test('members that say nothing, or two things, are faults', async () => {
  const person = { oid: app.hire() };
  for (const [more, fault] of [
    [{ kind: 'withdrawn' }, /\/lastDay: somebody who is withdrawn has none/],
    [{ kind: 'changed', lastDay: undefined }, /\/lastDay: is missing/],
    [{ lastDay: undefined, zone: 'Europe/Paris' }, /\/zone: says nothing without lastDay/],
    ...['Mars/Olympus', '+02:00', '2026-12-31T00:00[Asia/Tokyo]', 'W. Europe Standard Time'].map(
      (zone) => [{ zone }, /\/zone: not an IANA time zone/] as const,
    ),
    [{ timeOfDay: '25:00' }, /\/timeOfDay/],
    [{ issuedAt: '2026-11-23T09:00:00' }, /\/issuedAt/],
    [{ reason: '' }, /\/reason/],
  ] as const) {
    const answer = await answerTo(second({ person, ...more }));
    assert.match(answer.faults.join('; '), fault);
  }
});
