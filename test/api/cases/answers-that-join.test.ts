import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseId } from '../../../src/cases/ids.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { type AnswersApiWorld, APPROVER, jsonOf, OPERATOR, startAnswersApi, told, word } from './answers-api-world.ts';

let github: AnswersApiWorld['github'];
let app: AnswersApiWorld['app'];
let storage: AnswersApiWorld['storage'];
let seeded: AnswersApiWorld['seeded'];
let ask: AnswersApiWorld['ask'];
let runningCase: AnswersApiWorld['runningCase'];
before(async () => {
  ({ github, app, storage, seeded, ask, runningCase } = await startAnswersApi());
});
after(() => app.stop());

async function say(oid: Oid, caseId: CaseId, body: object, as = OPERATOR): Promise<number> {
  const given = await ask(`/api/cases/${caseId}/answers`, { body: { reason: 'Known.', ...body }, as });
  assert.equal(given.status, 202, given.body);
  return (await storage.listAnswers(oid)).length;
}
const wordOf = (caseId: CaseId, n: number, verb: 'confirm' | 'withdraw', as = APPROVER) =>
  ask(`/api/cases/${caseId}/answers/${n}/${verb}`, {
    ...word,
    as,
    roles: ['Offboarding.Approve', 'Offboarding.Operate'],
  });

test('nobody stands by their own word under a second object id, nor answers about themselves under it', async () => {
  const [clerk, twin] = [app.hire(), app.hire()];
  const { oid, caseId } = await runningCase();
  const opened = await ask('/api/cases', { body: { oid: clerk, reason: 'left', mode: 'plan' } });
  const own = jsonOf(opened).caseId as CaseId;
  const joins = await say(clerk, own, { kind: 'same-person', other: twin });
  assert.equal((await wordOf(own, joins, 'confirm')).status, 202);

  const roles = ['Offboarding.Operate'];
  const body = { kind: 'none', vendor: 'github', reason: 'None.' };
  assert.match(told(await ask(`/api/cases/${own}/answers`, { body, as: twin, roles })), /^403 own-affair/);
  assert.equal((await ask(`/api/cases/${caseId}/answers`, { body, as: clerk, roles })).status, 202);
  assert.match(told(await wordOf(caseId, 1, 'confirm', twin)), /^403 own-affair You gave/);
  assert.equal((await storage.listAnswers(oid))[0]?.confirmed, undefined);
});

test('who holds an account by two people’s word stands by no other answer about it', async () => {
  const [one, two] = [await runningCase(), await runningCase()];
  const user = { ...seeded, id: 990_101, login: 'dev-101' };
  github.users.add(user);
  const said = { kind: 'account', vendor: 'github', login: user.login };
  const mine = await say(one.oid, one.caseId, said);
  const theirs = await say(two.oid, two.caseId, said);
  assert.equal((await wordOf(two.caseId, theirs, 'confirm')).status, 202);
  assert.match(told(await wordOf(one.caseId, mine, 'confirm', two.oid)), /^403 own-affair/);
});

test('what runs stops wherever it rests on what was taken back: an account of one word, and the other’s of two', async () => {
  const user = { ...seeded, id: 990_102, login: 'dev-102' };
  github.users.add(user);
  const likely = await runningCase();
  const n = await say(likely.oid, likely.caseId, { kind: 'account', vendor: 'github', login: user.login });
  assert.equal((await wordOf(likely.caseId, n, 'withdraw')).status, 202);
  assert.equal((await storage.getCase(likely.caseId))?.row.generation, 1, 'somebody may have approved by it');

  const [one, two] = [await runningCase(), await runningCase()];
  const same = await say(one.oid, one.caseId, { kind: 'same-person', other: two.oid });
  assert.equal((await wordOf(one.caseId, same, 'confirm')).status, 202);
  assert.ok((await storage.getCase(two.caseId))?.row.followUps, 'the other’s case is read again as well');
  assert.equal((await wordOf(one.caseId, same, 'withdraw')).status, 202);
  for (const { caseId } of [one, two]) assert.equal((await storage.getCase(caseId))?.row.generation, 1);
});

test('an account that is a service’s, or another’s, by two people’s word stops whatever case takes it for its leaver’s', async () => {
  for (const [index, kind] of (['account', 'service-account'] as const).entries()) {
    const user = { ...seeded, id: 990_103 + index, login: `dev-${103 + index}` };
    github.users.add(user);
    const [one, two] = [await runningCase(), await runningCase()];
    await say(one.oid, one.caseId, { kind: 'account', vendor: 'github', login: user.login });
    const n = await say(two.oid, two.caseId, { kind, vendor: 'github', login: user.login });
    assert.equal((await wordOf(two.caseId, n, 'confirm')).status, 202);
    assert.equal((await storage.getCase(one.caseId))?.row.generation, 1, kind);
  }
});

test('a word that was recorded just before its host died is said again, and its case is read', async () => {
  const { oid, caseId } = await runningCase();
  const n = await say(oid, caseId, { kind: 'none', vendor: 'github' });
  const by = parseOid(APPROVER as string) as Oid;
  await storage.changeAnswer({ oid, n }, (each) => ({
    ...each,
    confirmed: { by, at: new Date().toISOString(), reason: 'Known.' },
  }));
  assert.equal((await storage.getCase(caseId))?.row.generation, undefined);
  assert.equal((await wordOf(caseId, n, 'confirm')).status, 202);
  assert.equal((await storage.getCase(caseId))?.row.generation, 1);
  assert.equal((await storage.listAnswers(oid))[0]?.filed.length, 2, 'nothing was said twice');
});
