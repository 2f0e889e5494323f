import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const PROTECTED = '0e000000-0000-4000-8000-0000000000ee';
const context = seedContext();
const vault = seedVault(context);
const github = seedGitHub(context, vault);
const app = await startIntakeApp({
  vendors: (core) => [makeVault(core, vault), makeGitHub(core, github)],
  settings: { MAX_CASES_PER_HOUR: '1000', PROTECTED_OIDS: PROTECTED },
});
after(() => app.stop());
const { storage } = openVendors(app.config);
const api = askApi(app);
const [seeded] = github.users.all();
assert.ok(seeded);
const users = [1, 2, 3, 4, 5].map((n) => ({ ...seeded, id: 990_000 + n, login: `dev-${n}` }));
for (const user of users) github.users.add(user);
const [OPERATOR, APPROVER, OTHER] = [
  WORLD.operator.oid,
  ...[1, 2].map((n) => `a9000000-0000-4000-8000-00000000000${n}`),
];
const ROLES = { [OPERATOR]: ['Offboarding.Operate'], [APPROVER as string]: ['Offboarding.Approve'] };

interface Asking {
  readonly body?: object;
  readonly as?: string | undefined;
  readonly roles?: string[];
  readonly isApp?: boolean;
}
async function ask(path: string, { body, as = OPERATOR, roles = ROLES[as] ?? [], isApp = false }: Asking = {}) {
  const claims = { audience: WORLD.app.audience, oid: as, clientId: 'console', roles };
  const token = await app.tenant.tokens.issue(isApp ? claims : { ...claims, scopes: ['access'] });
  return api(path, { token, ...(body === undefined ? {} : { body }) });
}
const told = ({ status, problem, body }: Answered): string =>
  `${status} ${problem ?? ''} ${JSON.parse(body).detail ?? ''}`;
const jsonOf = ({ body }: Answered) => JSON.parse(body);

/** A case that runs, of somebody new. */
async function runningCase(): Promise<{ readonly oid: Oid; readonly caseId: CaseId }> {
  const oid = app.hire();
  const opened = await ask('/api/cases', { body: { oid, reason: 'left', mode: 'plan' } });
  assert.equal(opened.status, 201, opened.body);
  return { oid, caseId: jsonOf(opened).caseId };
}
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
const word = { body: { reason: 'Known from reviews.' } };

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

test('nobody is joined to a person whom no case may touch', async () => {
  const boss = app.hire({ id: PROTECTED });
  const { caseId } = await runningCase();
  const body = { kind: 'same-person', other: boss, reason: 'The same.' };
  assert.match(told(await ask(`/api/cases/${caseId}/answers`, { body })), /^409 answer-refused .*protected/);
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
