import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { CaseRow, OffboardLeaverInput } from '../../src/cases/case.ts';
import { toBeReadAgain } from '../../src/cases/following/attempts.ts';
import type { FollowUp } from '../../src/cases/following/follow-up.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { casePolicy } from '../../src/config/config-cases.ts';
import { noteReturn } from '../../src/intake/containing/note-return.ts';
import { readAgain } from '../../src/intake/read-again.ts';
import { reopenSwept } from '../../src/intake/reopen.ts';
import { beginAttempt } from '../../src/intake/starting/begin-attempt.ts';
import type { Oid } from '../../src/people/oid.ts';
import { AGO, app, config, filedCase, now, rowOf, storage, vendors } from './followed-up/world.ts';

after(() => app.stop());

const due = (which: FollowUp['which']): FollowUp[] => [{ which, at: AGO }];

test('a follow-up that is due has the case read again, and is over of somebody who is back, was let in, or has a newer case', async () => {
  const row = await filedCase(due('31d'), { notReadAgain: 'A vendor did not answer.' });
  assert.deepEqual(await readAgain(vendors, config, row, now()), { kind: 'due' });
  const read = await rowOf(row);
  assert.deepEqual([read.state, read.because, read.followUps], ['running', 'follow-up', undefined]);

  const over = async (gone: CaseRow): Promise<string> => {
    assert.equal((await readAgain(vendors, config, gone, now())).kind, 'over');
    const { state, followUps, notReadAgain = '' } = await rowOf(gone);
    assert.deepEqual([state, followUps], ['filed', undefined]);
    return notReadAgain;
  };
  assert.match(await over(await filedCase(due('7d'), { restoredAt: AGO })), /seen to be back/);
  const released = await filedCase(due('7d'));
  await vendors.denied.release({ oid: released.oid, at: AGO, by: WORLD.operator.oid, why: 'a mistake' });
  assert.match(await over(released), /let the person in again/);
  const replaced = await filedCase(due('7d'));
  await storage.createCase({ ...replaced, n: 2, caseId: makeCaseId(replaced.oid, 2), state: 'failed' });
  assert.match(await over(replaced), /newer/);
  const guarded = await filedCase(due('7d'));
  assert.equal((await readAgain(vendors, { ...config, PROTECTED_OIDS: [guarded.oid] }, guarded, now())).kind, 'over');
});

test('a later case that was cancelled, or refused, takes no follow-up from the one before', async () => {
  for (const state of ['cancelled', 'refused'] as const) {
    const row = await filedCase(due('31d'));
    await storage.createCase({ ...row, n: 2, caseId: makeCaseId(row.oid, 2), state });
    assert.deepEqual(await readAgain(vendors, config, row, now()), { kind: 'due' }, state);
  }
});

test('a pause keeps a follow-up waiting, and what was missed is one reading', async () => {
  const row = await filedCase([...due('24h'), ...due('7d'), ...due('31d')]);
  await storage.pauseApp({ since: AGO, by: WORLD.operator.oid, why: 'a wrong sync' });
  assert.deepEqual(await readAgain(vendors, config, row, now()), { kind: 'waits' });
  await storage.endPause({ endedAt: AGO, endedBy: 'test', endedWhy: 'over' });
  assert.deepEqual(await readAgain(vendors, config, row, now()), { kind: 'due' });
  assert.equal((await rowOf(row)).followUps, undefined);
});

test('an account that is back gets its case one last reading, although the case is over for everything else', async () => {
  const row = await filedCase([{ which: '31d', at: new Date(Date.now() + 86_400_000).toISOString() }]);
  await app.administrator.restoreUser(row.oid);
  await noteReturn(vendors, { oid: row.oid, state: 'active' }, [row], now());
  const back = await rowOf(row);
  assert.deepEqual(
    back.followUps?.map(({ which }) => which),
    ['restore'],
  );
  assert.deepEqual(await readAgain(vendors, config, back, now()), { kind: 'due' });
  assert.equal((await rowOf(row)).because, 'follow-up');
  // Nobody follows up any more: nothing is read for the return.
  const old = await filedCase([]);
  await noteReturn(vendors, { oid: old.oid, state: 'active' }, [old], now());
  assert.deepEqual([(await rowOf(old)).followUps, (await rowOf(old)).restoredAt !== undefined], [undefined, true]);
});

/** An engine whose histories were purged: it knows nobody, and keeps what it is told to start. */
function emptyEngine() {
  const begun: OffboardLeaverInput[] = [];
  const client = {
    getStatus: async () => {
      throw new Error('The instance is unknown: HTTP 404');
    },
    startNew: async (_: string, { input }: { readonly input: OffboardLeaverInput }) => void begun.push(input),
  } as unknown as DurableClient;
  return { begun, client };
}

test('after the engine forgot its histories a case is begun again with what it was begun with', async () => {
  const row = await filedCase(due('31d'));
  const first = app.started.find(({ input }) => input.caseId === row.caseId)?.input;
  const read = toBeReadAgain(row, AGO, 'follow-up') ?? assert.fail();
  const { begun, client } = emptyEngine();
  assert.equal(await beginAttempt(vendors, read, client, casePolicy(config)), 'begun');
  const [again] = begun;
  assert.deepEqual(again?.person, first?.person);
  assert.equal(again?.denialGeneration, first?.denialGeneration);
  assert.ok((first?.denialGeneration ?? 0) > 0);
});

test('a case of before that was kept is begun with the person of its first report, and without that it is lost', async () => {
  const oid = app.hire();
  const caseId = makeCaseId(oid, 1);
  const report = `cases/${caseId}/report.json`;
  const leaver = { oid, state: 'soft-deleted', deletedAt: AGO, github: [{ odd: true }], devops: [] };
  const steps = [{ findings: [] }];
  const file = await storage.putOnce('evidence', report, JSON.stringify({ steps, leaver: { ...leaver, github: [] } }));
  const files = [{ name: report, sha256: file.sha256, bytes: file.bytes }];
  await storage.putOnce(
    'evidence',
    `cases/${caseId}/manifest.json`,
    JSON.stringify({ generatedAt: AGO, outcome: 'clear', files }),
  );
  const base = await filedCase([]);
  const old = { ...base, oid, caseId, report };
  await storage.createCase(old);
  const read = toBeReadAgain(old, AGO, 'recheck') ?? assert.fail();
  const { begun, client } = emptyEngine();
  assert.equal(await beginAttempt(vendors, read, client, casePolicy(config)), 'begun');
  assert.deepEqual([begun[0]?.person.oid, begun[0]?.person.deletedAt], [oid, AGO]);

  const nobody = app.hire();
  const lost = { ...read, oid: nobody, caseId: makeCaseId(nobody, 1), revisions: [] };
  assert.equal(await beginAttempt(vendors, lost, client, casePolicy(config)), 'lost');
});

test('a sweep reopens a case once, and not one that was read again meanwhile', async () => {
  const row = await filedCase([]);
  const isAlive = ({ sweptAt, state }: CaseRow): boolean => sweptAt === undefined && state === 'filed';
  assert.equal(await reopenSwept(vendors, config, row, isAlive, now()), true);
  assert.equal(await reopenSwept(vendors, config, await rowOf(row), isAlive, now()), false);
  const reopened = await rowOf(row);
  assert.deepEqual([reopened.followUps?.[0]?.which, reopened.incident], ['alive', false]);
  const read = await filedCase([]);
  await storage.updateCase(read.caseId, (current) => toBeReadAgain(current, AGO, 'recheck'));
  assert.equal(await reopenSwept(vendors, config, read, isAlive, now()), false);
});

test('the rows of an outage of the index are found with their follow-ups, and leave it with the last', async () => {
  const row = await filedCase(due('31d'));
  const unfinished = async (oid: Oid): Promise<boolean> =>
    (await storage.unfinishedCases()).rows.some((each) => each.oid === oid);
  assert.equal(await unfinished(row.oid), true);
  assert.ok((await storage.listUnfinished()).some(({ caseId }) => caseId === row.caseId));
  await storage.updateCase(row.caseId, ({ followUps: _, ...rest }) => rest);
  assert.equal(await unfinished(row.oid), false);
});
