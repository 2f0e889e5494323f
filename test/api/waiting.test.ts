import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { tableOf } from '../../src/connectors/storage/base/tables.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { ERRORS } from '../../src/errors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { storage } = openVendors(app.config);
const api = askApi(app);
const AT = new Date(Date.now() - 3_600_000).toISOString();
const [LEAVER, OTHER, APPROVER, ASKER] = ['d1', 'd2', 'd3', 'd4'].map(
  (end) => `0e000000-0000-4000-8000-0000000000${end}`,
) as [Oid, Oid, Oid, Oid];

interface Row {
  readonly kind: string;
  readonly may: boolean;
  readonly whyNot?: string;
  readonly page: string;
  readonly caseId?: string;
  readonly displayName?: string;
}
const tokenOf = (oid: Oid, roles: readonly string[], more: { readonly isApp?: true } = {}): Promise<string> =>
  app.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid, clientId: 'cli', roles: [...roles] },
    ...(more.isApp ? {} : { scopes: ['access'] }),
  });

async function told(
  oid: Oid,
  roles: readonly string[],
  more: { readonly isApp?: true } = {},
): Promise<{ readonly waiting: readonly Row[]; readonly unreadable?: readonly string[] }> {
  const answer = await api('/api/waiting', { token: await tokenOf(oid, roles, more) });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}
const waiting = async (...of: Parameters<typeof told>): Promise<readonly Row[]> => (await told(...of)).waiting;

async function caseOf(oid: Oid, n: number, more: Partial<CaseRow>): Promise<CaseRow> {
  const caseId = makeCaseId(oid, n);
  const stored = await storage.createCase({
    ...{ caseId, n, oid, mode: 'apply', state: 'filed', instanceId: `case-${caseId}`, openedAt: AT, merged: [] },
    ...{ trigger: 'api', reason: 'Left', requestedBy: ASKER, requestedAt: AT, filedAt: AT, outcome: 'attention' },
    ...{ displayName: 'Ann Leaver', report: 'r.json' },
    ...more,
  });
  assert.ok(stored !== undefined);
  return stored.row;
}

test('decisions wait for an approver who neither asked nor leaves, and for nobody once they are made', async () => {
  const { caseId } = await caseOf(LEAVER, 1, { awaiting: 2 });
  const seen = async (oid: Oid, roles: readonly string[], more = {}) => {
    const row = (await waiting(oid, roles, more)).find((each) => each.kind === 'decisions');
    return [row?.may, row?.page, row?.displayName, row?.whyNot];
  };
  const page = `/cases/${caseId}`;
  assert.deepEqual(await seen(APPROVER, ['Offboarding.Approve']), [true, page, 'Ann Leaver', undefined]);
  assert.deepEqual(await seen(APPROVER, ['Offboarding.Read']), [false, page, 'Ann Leaver', undefined]);
  assert.match(String((await seen(ASKER, ['Offboarding.Approve']))[3]), /You asked for this case/);
  assert.match(String((await seen(LEAVER, ['Offboarding.Approve']))[3]), /about you/);
  assert.match(String((await seen(APPROVER, ['Offboarding.Approve'], { isApp: true }))[3]), /A person decides/);
  await storage.updateCase(caseId, (row) => ({ ...row, state: 'running' }));
  assert.deepEqual(await seen(APPROVER, ['Offboarding.Approve']), [undefined, undefined, undefined, undefined]);
  // The same case waits anew after its next report.
  await storage.updateCase(caseId, (row) => ({ ...row, state: 'filed', awaiting: 1 }));
  assert.equal((await seen(APPROVER, ['Offboarding.Approve']))[0], true);
  await storage.updateCase(caseId, ({ awaiting: _, ...row }) => row);
  assert.deepEqual(await storage.listWaiting(), []);
});

test('whoever is denied may act on nothing', async () => {
  await caseOf(OTHER, 1, { state: 'failed' });
  await storage.changeDenied(APPROVER, () => ({
    ...{ oid: APPROVER, kind: 'person', state: 'denied', generation: 1, since: AT, changedAt: AT, why: 'Case.' },
  }));
  const [failed] = await waiting(APPROVER, ['Offboarding.Operate']);
  assert.deepEqual([failed?.kind, failed?.may], ['failed', false]);
  assert.match(failed?.whyNot ?? '', /denied/);
  assert.equal((await waiting(ASKER, ['Offboarding.Operate']))[0]?.may, true);
});

test('answers, containments, accepted findings, cases on hold, rejections and the list are read where they are kept', async () => {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await caseOf(LEAVER, 2, { state: 'open', onHold: 'More leave than usual.', heldBy: 'mass-leaving' });
  await storage.addAnswer({
    ...{ oid: OTHER, kind: 'none', statement: 'is', vendor: 'github', reason: 'HR', by: ASKER, at: AT },
    shown: 'a'.repeat(64),
  });
  await storage.changeDenied(OTHER, () => ({
    ...{ oid: OTHER, kind: 'person', state: 'denied', generation: 1, since: AT, changedAt: AT, why: 'Calls.', until },
    byPerson: { since: AT, until, by: ASKER, why: 'Calls at night' },
  }));
  await storage.addException({
    ...{ id: 'X-0123456789ab', oid: LEAVER, caseId: makeCaseId(LEAVER, 1), revision: 1, kind: 'deploy-key' },
    ...{ findingId: 'F-0123456789ab' as never, title: 'A key', severity: 'high', by: APPROVER, at: AT, until },
    reason: 'Replaced soon',
  });
  const kept = await storage.keepRejected({ trigger: 'hr-queue', reason: 'No oid', received: '{}' }, new Date());
  await storage.enterUncontained({ caseId: makeCaseId(LEAVER, 2), oid: LEAVER, since: AT, why: 'It was away' });
  await storage.writeDeniedMark({ revision: 1, blocked: 'An older copy was put back', used: 90 });
  const rows = await waiting(ASKER, ['Offboarding.Operate', 'Offboarding.Approve']);
  const day = kept.name.split('/')[1];
  assert.deepEqual(
    rows.map(({ kind, may, page }) => [kind, may, page]),
    [
      ['not-contained', true, `/cases/${LEAVER}-2`],
      ['list-blocked', true, '/denied'],
      ['failed', true, `/cases/${OTHER}-1`],
      ['on-hold', true, `/cases/${LEAVER}-2`],
      ['answer', false, `/cases/${OTHER}-1`],
      ['containment-ends', true, `/denied/${OTHER}`],
      ['exception-ends', false, `/cases/${LEAVER}-1`],
      ['rejections', true, `/rejections?day=${day}`],
      ['list-full', true, '/denied'],
    ],
  );
});

test('a row that cannot be read hides no other, of whatever it is, and is told', async () => {
  const roles = ['Offboarding.Operate'];
  const before = await told(ASKER, roles);
  assert.equal(before.unreadable, undefined);
  const odd: Oid = '0e000000-0000-4000-8000-0000000000d9' as Oid;
  const put = async (table: Parameters<typeof tableOf>[1], row: { partitionKey: string; rowKey: string }) => {
    await tableOf(app.config, table).upsertEntity(row, 'Replace');
    return () => tableOf(app.config, table).deleteEntity(row.partitionKey, row.rowKey);
  };
  const day = new Date().toISOString().slice(0, 10);
  const rows = [
    await put('cases', { partitionKey: odd, rowKey: '000001', ...{ state: 'from another release' } }),
    await put('caseindex', { partitionKey: 'waiting', rowKey: `${odd}-1`, ...{ caseId: `${odd}-1` } }),
    await put('caseindex', { partitionKey: 'uncontained', rowKey: `${odd}-1`, ...{ why: 'It was away' } }),
    await put('exceptions', { partitionKey: odd, rowKey: 'X-1', ...{ exception: '{' } }),
  ];
  const blob = containerOf(app.config, 'work').getBlockBlobClient(`rejected/${day}/0123456789abcdef.json`);
  await blob.upload('{', 1);
  const { waiting: shown, unreadable } = await told(ASKER, roles);
  assert.deepEqual(shown, before.waiting);
  assert.equal(unreadable?.length, 4, unreadable?.join('\n'));
  const all = unreadable?.join(' ') ?? '';
  assert.match(all, new RegExp(`The row ${odd}/000001 of the table cases cannot be read \\(.*state.*\\)`));
  assert.ok(!all.includes(ERRORS['row-unreadable'].todo), 'whoever shows them says once what to do');
  assert.match(all, new RegExp(`The row ${odd}/X-1 of the table exceptions cannot be read \\(exception\\)`));
  assert.match(all, new RegExp(`The row uncontained/${odd}-1 of the table caseindex cannot be read`));
  assert.match(all, new RegExp(`work/rejected/${day}/0123456789abcdef.json`));
  const listed = JSON.parse((await api('/api/rejections', { token: await tokenOf(ASKER, roles) })).body);
  assert.deepEqual([listed.rejections.length, listed.unreadable.length], [1, 1]);

  // Whose affair anything is, answers say: as long as one cannot be read, nothing that is sent is taken, and this says so.
  rows.push(await put('answers', { partitionKey: odd, rowKey: '000001', ...{ answer: '{}' } }));
  const unsure = await told(ASKER, roles);
  assert.equal(unsure.unreadable?.length, 5);
  assert.deepEqual(
    unsure.waiting.map(({ kind }) => kind),
    before.waiting.map(({ kind }) => kind),
  );
  assert.ok(unsure.waiting.every(({ may, whyNot }) => !may && /An answer cannot be read/.test(whyNot ?? '')));

  await blob.delete();
  for (const remove of rows) await remove();
  assert.deepEqual(await told(ASKER, roles), before);
});

test('what can only be read as a whole leaves the rest to be seen, and nobody is told that they may act whose row is odd', async () => {
  const mark = { partitionKey: 'mark', rowKey: 'denied' };
  await tableOf(app.config, 'caseindex').upsertEntity({ ...mark, revision: 'new' }, 'Replace');
  const own = { partitionKey: 'denied', rowKey: ASKER };
  await tableOf(app.config, 'denied').upsertEntity({ ...own, state: 'from another release' }, 'Replace');
  const { waiting: shown, unreadable } = await told(ASKER, ['Offboarding.Operate']);
  assert.deepEqual(unreadable?.length, 1);
  assert.match(unreadable?.[0] ?? '', /The row mark\/denied of the table caseindex cannot be read \(revision\)/);
  assert.ok(shown.some(({ kind }) => kind === 'failed'));
  assert.ok(shown.every(({ may, whyNot }) => !may && whyNot === 'Whether you are denied cannot be read.'));
  const another = '0e000000-0000-4000-8000-0000000000d8' as Oid;
  assert.ok((await waiting(another, ['Offboarding.Operate'])).some(({ may }) => may));
});
