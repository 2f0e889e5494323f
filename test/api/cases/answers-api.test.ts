import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import {
  type AnswersApiWorld,
  APPROVER,
  jsonOf,
  OPERATOR,
  OTHER,
  PROTECTED,
  startAnswersApi,
  told,
  word,
} from './answers-api-world.ts';

let app: AnswersApiWorld['app'];
let storage: AnswersApiWorld['storage'];
let users: AnswersApiWorld['users'];
let ask: AnswersApiWorld['ask'];
let runningCase: AnswersApiWorld['runningCase'];
before(async () => {
  ({ app, storage, users, ask, runningCase } = await startAnswersApi());
});
after(() => app.stop());

async function remember(oid: string, id: number): Promise<void> {
  const at = new Date().toISOString();
  const proved = {
    vendor: 'github',
    id: String(id),
    oid: parseOid(oid) as Oid,
    code: 'P1',
    source: 'github/saml-identity:acme',
  } as const;
  await storage.rememberPeople({ ...NO_MEMORY, accounts: [{ ...proved, firstSeen: at, lastSeen: at }] }, NO_MEMORY);
}
const account = (login: string | undefined, more: object = {}) => ({
  body: { kind: 'account', vendor: 'github', login, reason: 'Told by the team lead.', ...more },
});

test('an answer names the account of today, a second person confirms it, and anybody who operates takes it back', async () => {
  const { oid, caseId } = await runningCase();
  const [user] = users;
  assert.ok(user);
  const given = await ask(`/api/cases/${caseId}/answers`, account(user.login, { only: true }));
  assert.equal(given.status, 202, given.body);
  const { answer, account: shown, reading } = jsonOf(given);
  assert.deepEqual([answer.n, answer.force, answer.accountId, answer.by], [1, 'waits', String(user.id), OPERATOR]);
  assert.equal(shown.login, user.login);
  assert.match(shown.avatarUrl, /^https:/);
  assert.equal(reading.kind, 'noted');
  assert.ok((await storage.getCase(caseId))?.row.followUps);

  const path = `/api/cases/${caseId}/answers/1`;
  assert.match(
    told(await ask(`/api/cases/${caseId}/answers`, account(user.login, { only: true }))),
    /^409 answer-refused That is answer 1/,
  );
  assert.match(told(await ask(`${path}/confirm`, word)), /^403 missing-role/);
  assert.match(
    told(await ask(`${path}/confirm`, { ...word, roles: ['Offboarding.Approve'] })),
    /^403 own-affair You gave/,
  );
  assert.match(
    told(await ask(`${path}/confirm`, { ...word, as: oid, roles: ['Offboarding.Approve'] })),
    /^403 own-affair/,
  );
  assert.match(told(await ask(`${path}/confirm`, { ...word, as: APPROVER, isApp: true })), /^403 own-affair A person/);
  assert.equal((await ask(`${path}/confirm`, { ...word, as: APPROVER })).status, 202);
  assert.match(
    told(await ask(`${path}/confirm`, { ...word, as: OTHER, roles: ['Offboarding.Approve'] })),
    /^409 answer-refused It was confirmed/,
  );
  assert.equal((await storage.getCase(caseId))?.row.generation, undefined);

  // What runs may rest on it: it cuts nothing more.
  assert.equal((await ask(`${path}/withdraw`, { ...word, as: OTHER, roles: ['Offboarding.Operate'] })).status, 202);
  assert.equal((await storage.getCase(caseId))?.row.generation, 1);
  assert.match(told(await ask(`${path}/withdraw`, word)), /^409 answer-refused It was withdrawn/);
  assert.match(told(await ask(`/api/cases/${caseId}/answers/9/withdraw`, word)), /^404/);
  const [listed] = jsonOf(await ask(`/api/cases/${caseId}/answers`)).answers;
  assert.deepEqual([listed.force, listed.confirmed.by, listed.withdrawn.by], ['withdrawn', APPROVER, OTHER]);
  // As it was given, confirmed and withdrawn.
  const [stored] = await storage.listAnswers(oid);
  assert.equal(stored?.filed.length, 3);
});

test('what a source, two people or common sense say otherwise is refused', async () => {
  const { oid, caseId } = await runningCase();
  const path = `/api/cases/${caseId}/answers`;
  const [, proved, own, said] = users;
  assert.ok(proved && own && said);
  await remember('0e000000-0000-4000-8000-0000000000f1', proved.id);
  await remember(OPERATOR, own.id);
  const refused = told(await ask(path, account(proved.login)));
  assert.match(refused, /^409 answer-refused It was proved to be another person’s \(P1, github\/saml-identity:acme\)/);
  assert.ok(!refused.includes('0000000000f1'), 'whose it is, by source only');
  assert.match(told(await ask(path, account(own.login))), /^403 own-affair It is your own account/);
  assert.match(told(await ask(path, account('nobody-has-this'))), /^409 answer-refused GitHub shows no account/);
  assert.match(told(await ask(path, account(WORLD.github.organisation))), /type Organization: no person/);
  assert.match(told(await ask(path, account(proved.login, { kind: 'service-account' }))), /proved to be a person’s/);
  assert.match(
    told(await ask(path, { ...account(said.login), as: oid, roles: ['Offboarding.Operate'] })),
    /^403 own-affair/,
  );
  assert.match(told(await ask(path, { ...account(said.login), isApp: true })), /^403 own-affair/);
  const bodies = [
    account(undefined).body,
    account(said.login, { kind: 'none', vendor: undefined }).body,
    account(said.login, { kind: 'none', statement: 'is-not' }).body,
    account(undefined, { accountId: 'x' }).body,
    { kind: 'last-day', reason: 'x' },
    { kind: 'owner', reason: 'x' },
    { kind: 'same-person', reason: 'x' },
  ];
  for (const body of bodies) assert.equal((await ask(path, { body })).status, 422, JSON.stringify(body));
  assert.match(
    told(await ask(path, { body: { kind: 'owner', findingId: 'F-000000000000', reason: 'x' } })),
    /^409 answer-refused/,
  );

  // Another's by two people's word.
  assert.equal((await ask(path, account(said.login))).status, 202);
  assert.equal((await ask(`${path}/1/confirm`, { ...word, as: APPROVER })).status, 202);
  const second = await runningCase();
  assert.match(
    told(await ask(`/api/cases/${second.caseId}/answers`, account(said.login))),
    /^409 answer-refused It is a person’s already by answer 1/,
  );
  // Until those two are one person.
  const same = { kind: 'same-person', other: oid, reason: 'Rehired.' };
  assert.equal((await ask(`/api/cases/${second.caseId}/answers`, { body: same })).status, 202);
  assert.equal((await ask(`/api/cases/${second.caseId}/answers/1/confirm`, { ...word, as: APPROVER })).status, 202);
  assert.equal((await ask(`/api/cases/${second.caseId}/answers`, account(said.login))).status, 202);
});

test('nobody is joined to a person whom no case may touch', async () => {
  const boss = app.hire({ id: PROTECTED });
  const { caseId } = await runningCase();
  const body = { kind: 'same-person', other: boss, reason: 'The same.' };
  assert.match(told(await ask(`/api/cases/${caseId}/answers`, { body })), /^409 answer-refused .*protected/);
});

test('a list answers for many, each line for itself', async () => {
  const [one, other] = [app.hire(), app.hire()];
  const [, , , , user] = users;
  assert.ok(user);
  const line = (oid: Oid, accountId: string) => ({ oid, vendor: 'github', accountId });
  const lines = [line(one, String(user.id)), line(other, '999999999')];
  const answered = await ask('/api/answers', { body: { lines, reason: 'The list of the team leads.' } });
  assert.equal(answered.status, 200, answered.body);
  const [first, second] = jsonOf(answered).lines;
  assert.deepEqual([first.given, first.n, first.account.login], [true, 1, user.login]);
  assert.deepEqual([second.given, /no account/.test(second.why)], [false, true]);
});

test('nothing is accepted of a case that has no report, and nobody’s exceptions are listed', async () => {
  const { caseId } = await runningCase();
  const body = { findingIds: ['F-0123456789ab'], until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'x' };
  assert.match(told(await ask(`/api/cases/${caseId}/exceptions`, { body, as: APPROVER })), /^409 nothing-to-decide/);
  assert.deepEqual(jsonOf(await ask('/api/exceptions')), { exceptions: [] });
  assert.match(told(await ask('/api/exceptions/X-0123456789ab/revoke', word)), /^404/);
});
