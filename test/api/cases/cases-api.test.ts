import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import * as jose from 'jose';
import type { TokenClaims } from '../../../local/tenant/core/tokens.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Run } from '../../../src/api/case-view.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { parseCaseId } from '../../../src/cases/ids.ts';
import { instant } from '../../../src/cases/words/wording.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Log } from '../../../src/log.ts';
import { NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '2' } });
after(() => app.stop());

const OPERATE = ['Offboarding.Operate'];
const tokenOf = (more: Partial<TokenClaims> = {}): Promise<string> =>
  app.tenant.tokens.issue({
    audience: WORLD.app.audience,
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    scopes: ['access'],
    roles: OPERATE,
    ...more,
  });

const api = askApi(app);
/** As the operator, unless another token is named, or none. */
const ask = async (path: string, asking: Asking = {}): Promise<Answered> =>
  api(path, { ...asking, token: 'token' in asking ? asking.token : await tokenOf() });

/** The body with which somebody who still works here, as far as Entra knows, is offboarded. */
const leaving = (oid: Oid | string, more: Readonly<Record<string, unknown>> = {}) => ({
  oid,
  reason: 'left',
  mode: 'apply',
  confirmUserPrincipalName: app.directory.users.get(oid)?.userPrincipalName,
  ...more,
});

/** A log, and what it was told. */
function recordedLog(): { readonly log: Log; readonly lines: [string, Readonly<Record<string, unknown>>][] } {
  const lines: [string, Readonly<Record<string, unknown>>][] = [];
  const at =
    (level: string) =>
    (_message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void lines.push([level, fields]);
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

const post = (asking: Asking): Promise<Answered> => ask('/api/cases', asking);
const get = (id: string, asking: Asking = {}, run?: Run): Promise<Answered> =>
  ask(`/api/cases/${id}`, { ...asking, tools: { readRun: async () => run } });
const list = (asking: Asking): Promise<Answered> => ask('/api/cases', asking);
const headerOf = (answer: Answered, name: string): string | null => answer.headers.get(name);
const jsonOf = ({ body }: Answered) => JSON.parse(body) as Record<string, unknown>;

test('an operator opens a case and follows it', async () => {
  const oid = app.hire();
  const opened = await post({ body: leaving(oid, { oid: oid.toUpperCase(), reason: 'Left the company' }) });
  assert.equal(opened.status, 201);
  assert.equal(headerOf(opened, 'location'), `/api/cases/${oid}-1`);
  assert.deepEqual([jsonOf(opened).caseId, jsonOf(opened).state], [`${oid}-1`, 'running']);
  const progress = { steps: { containment: 'done', consent: 'running' } };
  const shown = await get(`${oid}-1`, {}, { runtimeStatus: 'Running', customStatus: progress });
  assert.equal(shown.status, 200);
  assert.deepEqual(
    [jsonOf(shown).progress, jsonOf(shown).requestedBy],
    [{ ...progress, ends: 'not known yet' }, WORLD.operator.oid],
  );
});

test('asking for a case that runs names it: 200 and the same place', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'first' }) });
  const again = await post({ body: leaving(oid, { reason: 'second' }) });
  assert.deepEqual([again.status, headerOf(again, 'location')], [200, `/api/cases/${oid}-1`]);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('who follows a case is told when nothing changed', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const first = await get(`${oid}-1`, {}, { runtimeStatus: 'Running', customStatus: { steps: {} } });
  const etag = headerOf(first, 'etag') ?? '';
  const same = await get(
    `${oid}-1`,
    { headers: { 'if-none-match': etag } },
    { runtimeStatus: 'Running', customStatus: { steps: {} } },
  );
  assert.deepEqual([same.status, same.body], [304, '']);
  const moved = { runtimeStatus: 'Running', customStatus: { steps: { consent: 'done' } } };
  assert.equal((await get(`${oid}-1`, { headers: { 'if-none-match': etag } }, moved)).status, 200);
});

test('a case that runs tells of each source how many of how many are read, and when that ends', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const { storage } = openVendors(app.config);
  const [run, source] = [`${oid}-1`, 'github/repositories:acme'];
  const read = { source, step: 'runner-credentials', unit: 'repositories' };
  let whole: unknown;
  const sourcesOf = async (state: string): Promise<unknown> => {
    const steps = { 'runner-credentials': state };
    const shown = jsonOf(await get(run, {}, { runtimeStatus: 'Running', customStatus: { steps } }));
    const progress = shown.progress as { readonly sources?: unknown; readonly ends?: unknown };
    whole = progress.ends;
    return progress.sources;
  };
  assert.equal(await sourcesOf('running'), undefined);
  const at = new Date(Date.now() - 1_000).toISOString();
  await storage.beginCounting(run, { ...read, at });
  assert.deepEqual(await sourcesOf('running'), [{ ...read, done: 0, of: 'not known yet', ends: 'not known yet' }]);
  await storage.beginCounting(run, { ...read, at, of: 4_000, budget: { name: 'acme', points: 12_000 } });
  // Delivered twice, and two batches.
  for (const [piece, pieces] of [
    ['a', 100],
    ['a', 100],
    ['b', 100],
  ] as const)
    await storage.countDone(run, source, piece, pieces);
  const [told] = (await sourcesOf('running')) as [{ readonly ends: string }];
  assert.deepEqual(told, { ...read, done: 200, of: 4_000, ends: told.ends });
  assert.equal(whole, told.ends);
  const slower = { ...read, source: 'azure-devops/agents:acme', unit: 'pools' };
  await storage.beginCounting(run, { ...slower, at });
  await sourcesOf('running');
  assert.equal(whole, 'not known yet', 'nobody knows how many pools there are');
  await storage.beginCounting(run, { ...slower, at, of: 0 });
  // 11,400 points, 900 a minute.
  const minutes = (Date.parse(told.ends) - Date.now()) / 60_000;
  assert.ok(minutes > 12 && minutes < 15, told.ends);
  assert.deepEqual(await sourcesOf('done'), [
    { ...slower, done: 0, of: 0 },
    { ...read, done: 200, of: 4_000 },
  ]);
  assert.equal(whole, 'not known yet', 'what follows the reading is not measured');
  // Read again: what the reading before counted, up to its report, is not how far this one is.
  const filedAt = new Date(Date.now() + 60_000).toISOString();
  const before = { attempt: 1, filedAt, outcome: 'incomplete', report: 'report.json' } as const;
  await storage.updateCase(parseCaseId(run)?.caseId ?? assert.fail(), (row) => ({ ...row, revisions: [before] }));
  assert.equal(await sourcesOf('running'), undefined);
});

test('a case whose orchestration broke is shown as failed', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  assert.equal(jsonOf(await get(`${oid}-1`, {}, { runtimeStatus: 'Failed', customStatus: null })).state, 'failed');
});

test('without a good token of this tenant for this API nobody gets in', async () => {
  const foreign = await jose.generateKeyPair('RS256');
  const secret = new TextEncoder().encode('s'.repeat(32));
  const claims = { oid: WORLD.operator.oid, tid: WORLD.tenantId, azp: 'x', roles: OPERATE };
  const issuer = `${app.config.LOGIN_ENDPOINT}/${app.config.TENANT_ID}/v2.0`;
  const forged = (alg: string): jose.SignJWT =>
    new jose.SignJWT(claims)
      .setProtectedHeader({ alg, kid: 'mine' })
      .setIssuer(issuer)
      .setAudience(WORLD.app.audience)
      .setNotBefore('-1m')
      .setExpirationTime('1h');
  const unsigned = new jose.UnsecuredJWT(claims)
    .setIssuer(issuer)
    .setAudience(WORLD.app.audience)
    .setExpirationTime('1h');
  const good = await tokenOf();
  const bad: Readonly<Record<string, string | undefined>> = {
    none: undefined,
    nonsense: 'nonsense',
    expired: await tokenOf({ lifetimeSeconds: -1 }),
    'for another API': await tokenOf({ audience: 'https://graph.microsoft.com' }),
    'of the v1 issuer': await tokenOf({ version: 1 }),
    'without an object id': await tokenOf({ oid: 'nobody' }),
    'signed by somebody else': await forged('RS256').sign(foreign.privateKey),
    'signed with a shared secret': await forged('HS256').sign(secret),
    unsigned: unsigned.encode(),
    'with another payload': [
      good.split('.')[0],
      (await tokenOf({ oid: WORLD.manager.oid })).split('.')[1],
      good.split('.')[2],
    ].join('.'),
  };
  for (const [what, token] of Object.entries(bad)) {
    for (const answer of [
      await post({ token, body: leaving(app.hire()) }),
      await get('x-1', { token }),
      await list({ token }),
    ]) {
      assert.equal(answer.status, 401, what);
      assert.equal(headerOf(answer, 'content-type'), 'application/problem+json', what);
      assert.match(
        headerOf(answer, 'www-authenticate') ?? '',
        what === 'none' ? /^Bearer$/ : /error="invalid_token"/,
        what,
      );
    }
  }
});

test('a role that is missing is named, and who may operate may also look', async () => {
  const reader = await tokenOf({ roles: ['Offboarding.Read'] });
  const nobody = await tokenOf({ roles: ['Something.Else'] });
  const oid = app.hire();
  const denied = await post({ token: reader, body: leaving(oid, { reason: 'x' }) });
  assert.equal(denied.status, 403);
  assert.match(String(jsonOf(denied).detail), /Offboarding\.Operate/);
  assert.equal((await list({ token: nobody })).status, 403);
  assert.equal((await list({ token: reader })).status, 200);
  assert.equal((await list({})).status, 200);
  assert.deepEqual(app.startsOf(oid), []);
});

test('every fault of a body is named with a pointer', async () => {
  const answer = await post({ body: { oid: 'me', reason: '', mode: 'destroy', 'a/b': 1 } });
  assert.equal(answer.status, 422);
  const errors = jsonOf(answer).errors as { pointer: string }[];
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/a~1b', '/mode', '/oid', '/reason']);
});

test('a token that somebody pasted into a request by mistake is neither answered, kept nor logged', async () => {
  const token = makeTokenMint().mint('github-classic');
  const faulty = await post({ body: leaving(app.hire(), { [token]: token }) });
  assert.equal(faulty.status, 422);
  const opened = await post({ body: leaving(app.hire(), { reason: `left, revoke ${token}` }) });
  assert.equal(opened.status, 201);
  assert.match(String(jsonOf(opened).reason), /^left, revoke \[/);
  const everything = JSON.stringify([faulty, opened, app.started, app.logged]);
  assert.ok(!everything.includes(token));
});

test('what is not JSON, not said to be JSON, or too much of it is refused as that', async () => {
  const answers = [
    await post({ body: '{"oid":' }),
    await post({ body: '{}', headers: { 'content-type': 'text/plain' } }),
    await post({ body: JSON.stringify({ reason: 'x'.repeat(70_000) }) }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 415, 413],
  );
});

test('a body that Azure dropped on the way is named as one that did not come', async () => {
  const answer = await post({ body: '' });
  assert.deepEqual(
    [answer.status, jsonOf(answer).detail],
    [400, 'No body came; the platform drops one without a Content-Length.'],
  );
});

test('the same Idempotency-Key is the same case, even after its end; with another body it is refused', async () => {
  const oid = app.hire();
  const headers = { 'idempotency-key': 'ticket-4711' };
  const body = leaving(oid);
  assert.equal((await post({ body, headers })).status, 201);
  await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed' }));
  const again = await post({ body, headers });
  assert.deepEqual([again.status, headerOf(again, 'location')], [200, `/api/cases/${oid}-1`]);
  assert.equal((await post({ body: { ...body, reason: 'other' }, headers })).status, 422);
  assert.equal((await post({ body, headers: { 'idempotency-key': ' ' } })).status, 422);
  const fresh = await post({ body, headers: { 'idempotency-key': 'ticket-4712' } });
  assert.deepEqual([fresh.status, headerOf(fresh, 'location')], [201, `/api/cases/${oid}-2`]);
});

test('a protected account and oneself are refused, with the case that says so', async () => {
  const guarded = parseOid(WORLD.breakGlass.oid) as Oid;
  app.hire({ id: guarded });
  app.hire({ id: WORLD.operator.oid });
  for (const oid of [guarded, WORLD.operator.oid]) {
    const answer = await post({ body: leaving(oid, { reason: 'x' }) });
    assert.equal(answer.status, 409);
    const shown = await get(`${oid}-1`);
    assert.deepEqual([jsonOf(shown).state, shown.status], ['refused', 200]);
    assert.equal(jsonOf(shown).refusal, jsonOf(answer).detail);
  }
  assert.deepEqual(app.startsOf(guarded), []);
});

test('while the directory does not answer a plan begins with the id alone, and nobody is cut off', async () => {
  for (const status of [403, 429, 503]) {
    const oid = app.hire();
    const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status } });
    const [cut, plan] = [
      await post({ body: leaving(oid) }),
      await post({ body: { oid, reason: 'what would happen?', mode: 'plan' } }),
    ];
    lift();
    assert.deepEqual([cut.status, jsonOf(cut).type], [503, 'urn:mcp-offboarding:problem:unavailable'], String(status));
    assert.ok(Number(headerOf(cut, 'retry-after')) >= 30);
    assert.deepEqual([plan.status, jsonOf(plan).mode], [201, 'plan'], String(status));
    const started = app.started.filter(({ input }) => input.person.oid === oid);
    assert.deepEqual(
      started.map(({ input }) => [input.person, input.row.mode]),
      [[{ oid, state: 'unreadable', github: [], devops: [] }, 'plan']],
    );
  }
});

const NO_PERSON = {
  'a service principal': '5e000000-0000-4000-8000-000000000001',
  'an app registration': '5e000000-0000-4000-8000-000000000002',
  'a group': '5e000000-0000-4000-8000-000000000003',
  'the user of an AI agent': '5e000000-0000-4000-8000-000000000004',
} as const;
app.directory.servicePrincipals.add({
  id: NO_PERSON['a service principal'],
  appId: '5e000000-0000-4000-8000-0000000000a1',
  displayName: 'prod-agent',
  appRoleAssignmentRequired: false,
  appRoles: [],
});
app.directory.applications.add({
  id: NO_PERSON['an app registration'],
  appId: '5e000000-0000-4000-8000-0000000000a2',
  displayName: 'prod-app',
  tags: [],
  scopes: [],
  preAuthorized: [],
});
app.directory.groups.add({
  id: NO_PERSON['a group'],
  displayName: 'Everybody',
  memberIds: new Set(),
  mail: 'all@northwind-capital.example',
});
app.hire({ id: NO_PERSON['the user of an AI agent'], '@odata.type': '#microsoft.graph.agentUser' });

for (const [what, id] of Object.entries(NO_PERSON)) {
  test(`${what} is no person: refused with what it is, in every mode, whatever else the operator says`, async () => {
    for (const mode of ['apply', 'plan']) {
      const answer = await post({ body: { oid: id, reason: 'x', mode, acceptUnknown: true } });
      assert.deepEqual([answer.status, jsonOf(answer).type], [409, 'urn:mcp-offboarding:problem:not-a-person']);
      assert.match(String(jsonOf(answer).detail), new RegExp(what));
    }
    assert.deepEqual(app.startsOf(id as Oid), []);
    assert.equal((await get(`${id}-1`)).status, 404);
  });
}

test('an id of which one question was not answered is not taken for nobody’s', async () => {
  const oid = '99999999-1111-4222-8333-555555555555' as Oid;
  for (const path of [/servicePrincipals/, /applications/, /groups/]) {
    for (const status of [403, 429, 500]) {
      const lift = app.tenant.faults.add({ vendor: 'graph', path, effect: { kind: 'answer', status } });
      const answer = await post({ body: { oid, reason: 'x', mode: 'apply', acceptUnknown: true } });
      lift();
      assert.equal(answer.status, 503, `${path} ${status}`);
    }
  }
  assert.deepEqual(app.startsOf(oid), []);
});

test('there is no default: without a mode nothing happens, and the fault is named', async () => {
  const oid = app.hire();
  const { mode: _, ...body } = leaving(oid);
  const answer = await post({ body });
  assert.equal(answer.status, 422);
  assert.deepEqual(jsonOf(answer).errors, [{ pointer: '/mode', detail: 'say "plan" or "apply"; there is no default' }]);
  assert.deepEqual(app.startsOf(oid), []);
});

test('a colleague who works is not cut off by an id alone: the right UPN is wanted as well', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  const wrong = app.directory.users.get(other)?.userPrincipalName;
  const answers = [
    await post({ body: leaving(oid, { confirmUserPrincipalName: undefined }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: undefined, lastDay: '2026-01-31' }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: wrong }) }),
    await post({ body: leaving(oid, { confirmUserPrincipalName: wrong, mode: 'plan' }) }),
  ];
  for (const answer of answers)
    assert.deepEqual([answer.status, jsonOf(answer).type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
  assert.deepEqual(app.startsOf(oid), []);
  const upper = app.directory.users.get(oid)?.userPrincipalName.toUpperCase();
  assert.equal((await post({ body: leaving(oid, { confirmUserPrincipalName: upper }) })).status, 201);
});

test('a disabled account, a deleted one and one past its last day need no UPN', async () => {
  const gone = app.hire();
  await app.administrator.deleteUser(gone);
  const people = [
    gone,
    app.hire({ accountEnabled: false }),
    app.hire({ employeeLeaveDateTime: '2026-01-31T00:00:00Z' }),
  ];
  for (const oid of people)
    assert.equal((await post({ body: { oid, reason: 'left', mode: 'apply' } })).status, 201, oid);
  const still = app.hire({ employeeLeaveDateTime: '2999-01-31T00:00:00Z' });
  assert.equal((await post({ body: { oid: still, reason: 'left', mode: 'apply' } })).status, 422);
});

test('a person may be named by UPN or mail, in any case, as user, alias or deleted user', async () => {
  const oid = app.hire({ proxyAddresses: ['smtp:Mary.Former@northwind-capital.example'] });
  const { userPrincipalName = '' } = app.directory.users.get(oid) ?? {};
  const deleted = app.hire({ userPrincipalName: "pat.o'neil@northwind-capital.example", mail: null });
  await app.administrator.deleteUser(deleted);
  const named: readonly (readonly [string, object])[] = [
    [oid, { userPrincipalName: userPrincipalName.toUpperCase() }],
    [oid, { mail: userPrincipalName }],
    [oid, { mail: 'mary.former@northwind-capital.example' }],
    [deleted, { userPrincipalName: "pat.o'neil@northwind-capital.example" }],
  ];
  for (const [whose, name] of named) {
    const answer = await post({ body: { ...name, reason: 'who is it?', mode: 'plan' } });
    assert.ok(answer.status === 200 || answer.status === 201, JSON.stringify(jsonOf(answer)));
    assert.equal(jsonOf(answer).oid, whose, JSON.stringify(name));
  }
});

test('a name confirms no name: who is named by one is named by the object id before anything is cut', async () => {
  const upn = 'alexandra.again@northwind-capital.example';
  const createdDateTime = '2026-11-16T08:00:00Z';
  const newcomer = app.hire({ userPrincipalName: upn, mail: upn, createdDateTime });
  const before = app.hire();
  const seenAt = '2026-02-01T00:00:00.000Z';
  await openVendors(app.config).storage.rememberPeople(
    { ...NO_MEMORY, names: [{ name: upn, oid: before, kind: 'directory', from: seenAt, to: seenAt }] },
    NO_MEMORY,
  );
  for (const name of [{ userPrincipalName: upn }, { mail: upn }]) {
    const answer = await post({ body: { ...name, reason: 'left', mode: 'apply', confirmUserPrincipalName: upn } });
    const { type, detail, errors, candidates } = jsonOf(answer);
    assert.deepEqual([answer.status, type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
    assert.match(String(detail), new RegExp(`made at ${instant(createdDateTime)}.*${before} who had it before`));
    assert.equal((errors as { pointer: string }[])[0]?.pointer, '/oid');
    assert.deepEqual(
      (candidates as { oid: string; createdAt: string }[]).map((each) => [each.oid, each.createdAt]),
      [[newcomer, createdDateTime]],
    );
  }
  assert.deepEqual(app.startsOf(newcomer), []);
  assert.equal((await post({ body: { userPrincipalName: upn, reason: 'who is it?', mode: 'plan' } })).status, 201);
  assert.equal((await post({ body: leaving(newcomer) })).status, 201);
});

test('a disabled account is named by the object id as well: it may be made for somebody who has not begun', async () => {
  const oid = app.hire({ accountEnabled: false });
  const { userPrincipalName } = app.directory.users.get(oid) ?? {};
  assert.equal((await post({ body: { userPrincipalName, reason: 'left', mode: 'apply' } })).status, 422);
  assert.deepEqual(app.startsOf(oid), []);
});

test('a last day before the account was made is somebody else’s, and the answer names it', async () => {
  const oid = app.hire({ createdDateTime: '2026-11-16T08:00:00Z' });
  const answer = await post({ body: leaving(oid, { lastDay: '2026-01-31' }) });
  assert.deepEqual([answer.status, jsonOf(answer).type], [422, 'urn:mcp-offboarding:problem:not-confirmed']);
  assert.equal((jsonOf(answer).errors as { pointer: string }[])[0]?.pointer, '/lastDay');
  assert.deepEqual(app.startsOf(oid), []);
});

test('a name that several answer to is refused with all of them, and one that nobody has is nobody’s', async () => {
  const upn = 'alex.same@northwind-capital.example';
  const left = app.hire({ userPrincipalName: upn, mail: upn });
  await app.administrator.deleteUser(left);
  const newcomer = app.hire({ userPrincipalName: upn, mail: upn });
  for (const name of [{ userPrincipalName: upn }, { mail: upn }]) {
    const answer = await post({ body: { ...name, reason: 'x', mode: 'apply', confirmUserPrincipalName: upn } });
    assert.deepEqual([answer.status, jsonOf(answer).type], [409, 'urn:mcp-offboarding:problem:ambiguous-person']);
    const candidates = jsonOf(answer).candidates as { oid: string; state: string }[];
    assert.deepEqual(
      candidates.map(({ oid, state }) => `${oid} ${state}`).sort(),
      [`${left} soft-deleted`, `${newcomer} active`].sort(),
    );
  }
  assert.deepEqual([...app.startsOf(left), ...app.startsOf(newcomer)], []);
  const alias = 'helpdesk.lead@northwind-capital.example';
  const former = app.hire({ proxyAddresses: [`SMTP:${alias}`] });
  await app.administrator.deleteUser(former);
  app.hire({ mail: alias });
  assert.equal(
    (await post({ body: { mail: alias, reason: 'x', mode: 'plan' } })).status,
    409,
    'an alias passes on too',
  );
  const ask = async (name: object) => {
    const answer = await post({ body: { ...name, reason: 'x', mode: 'apply' } });
    return [answer.status, jsonOf(answer).type];
  };
  assert.deepEqual(await ask({ mail: 'all@northwind-capital.example' }), [
    409,
    'urn:mcp-offboarding:problem:not-a-person',
  ]);
  assert.deepEqual(await ask({ mail: 'nobody@northwind-capital.example' }), [
    422,
    'urn:mcp-offboarding:problem:unknown-person',
  ]);
  assert.equal((await ask({ mail: upn, oid: left }))[0], 422, 'one name, not two');
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /deletedItems/,
    effect: { kind: 'answer', status: 503 },
  });
  const sole = app.hire();
  const unsure = await ask({ userPrincipalName: app.directory.users.get(sole)?.userPrincipalName });
  lift();
  assert.equal(unsure[0], 503, 'a deleted namesake may be the one who is meant');
});

test('the last day that an operator names is kept with the case, and its year is no slip of the hand', async () => {
  const oid = app.hire();
  const opened = await post({ body: leaving(oid, { lastDay: '2026-01-31' }) });
  assert.deepEqual([opened.status, jsonOf(opened).lastDay], [201, '2026-01-31']);
  assert.equal(jsonOf(await get(`${oid}-1`)).lastDay, '2026-01-31');
  assert.equal((await post({ body: leaving(app.hire(), { lastDay: '2999-01-31' }) })).status, 422);
});

test('an id that Entra does not know is refused unless the operator insists', async () => {
  const oid = '99999999-1111-4222-8333-444444444444' as Oid;
  const body = { oid, reason: 'a slip of the hand', mode: 'apply' };
  const refused = await post({ body });
  assert.deepEqual([refused.status, jsonOf(refused).type], [422, 'urn:mcp-offboarding:problem:unknown-person']);
  assert.match(String(jsonOf(refused).detail), /acceptUnknown/);
  assert.equal((await get(`${oid}-1`)).status, 404);
  assert.equal((await post({ body: { ...body, acceptUnknown: true } })).status, 201);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
  assert.equal((await post({ body })).status, 200, 'there is a case of it by now');
});

test('a case that the rate limit holds is started by an operator’s POST', async () => {
  const crowd = [app.hire(), app.hire(), app.hire()];
  for (const oid of crowd) {
    await app.administrator.deleteUser(oid);
    await receiveEntraEvent(openVendors(app.config), app.config, app.updated(oid), app.start, app.log);
  }
  const onHold = crowd.at(-1) as Oid;
  const shown = jsonOf(await get(`${onHold}-1`));
  assert.deepEqual([shown.state, app.startsOf(onHold)], ['open', []]);
  assert.match(String(shown.onHold), /POST \/api\/cases/);
  const planned = await post({ body: { oid: onHold, reason: 'what would happen?', mode: 'plan' } });
  assert.deepEqual([planned.status, jsonOf(planned).state, app.startsOf(onHold)], [200, 'open', []]);
  const released = await post({ body: { oid: onHold, reason: 'the clean-up is meant', mode: 'apply' } });
  assert.deepEqual([released.status, jsonOf(released).state, jsonOf(released).onHold], [200, 'running', undefined]);
  assert.deepEqual(app.startsOf(onHold), [`case-${onHold}-1`]);
});

test('cases are listed newest first, page by page, none twice and none missing', async () => {
  const seen: string[] = [];
  let query: Record<string, string> = { limit: '4' };
  for (;;) {
    const page = jsonOf(await list({ query }));
    seen.push(...(page.cases as { caseId: string }[]).map(({ caseId }) => caseId));
    if (page.next === undefined) break;
    query = Object.fromEntries(new URL(String(page.next), 'https://app.localhost').searchParams);
  }
  const whole = jsonOf(await list({ query: { limit: '100' } })).cases as { caseId: string; openedAt: string }[];
  assert.deepEqual(
    seen,
    whole.map(({ caseId }) => caseId),
  );
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    whole.map(({ openedAt }) => openedAt),
    whole
      .map(({ openedAt }) => openedAt)
      .sort()
      .reverse(),
  );
  const refused = jsonOf(await list({ query: { state: 'refused' } })).cases as { state: string }[];
  assert.deepEqual([...new Set(refused.map(({ state }) => state))], ['refused']);
  assert.equal((await list({ query: { state: 'lost', limit: '0' } })).status, 422);
});

/** What every manifest says beside its files. */
const SEALED = { generatedAt: '2026-11-29T09:00:00.000Z', outcome: 'clear' } as const;

test('the filed report is served as it was sealed, and nothing else beside it', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const { log, lines } = recordedLog();
  const file = (document: string, id = `${oid}-1`): Promise<Answered> =>
    ask(`/api/cases/${id}/${document}`, { tools: { log } });
  assert.equal((await file('report.html')).status, 404);
  const folder = `cases/${oid}-1`;
  const json = await putOnce(app.config, 'evidence', `${folder}/report.json`, '{"outcome":"clear"}');
  const page = await putOnce(app.config, 'evidence', `${folder}/report.html`, '<h1>Report</h1>');
  await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({
    ...row,
    state: 'filed',
    report: `${folder}/report.json`,
  }));
  assert.equal((await file('report.html')).problem, 'evidence-altered', 'sealed by nothing');
  await putOnce(app.config, 'evidence', `${folder}/manifest.json`, JSON.stringify({ ...SEALED, files: [json, page] }));
  lines.length = 0;
  const html = await file('report.html');
  assert.deepEqual([html.body, headerOf(html, 'content-type')], ['<h1>Report</h1>', 'text/html; charset=utf-8']);
  assert.match(headerOf(html, 'content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await file('report')).body, '{"outcome":"clear"}');
  for (const document of ['manifest.json', '%2e%2e', 'constructor', 'report.md'])
    assert.equal((await file(document)).status, 404);
  assert.equal((await file('report', 'nobody-1')).status, 404);
  assert.deepEqual(lines, []);
});

for (const [what, reported, sealed] of [
  ['was changed since it was sealed', '{"outcome":"clear"}', '{"outcome":"incomplete"}'],
  ['is not among what was sealed', '{"outcome":"clear"}', undefined],
] as const)
  test(`a report that ${what} is not served, and an alert says so`, async () => {
    const oid = app.hire();
    await post({ body: leaving(oid, { reason: 'left' }) });
    const report = `cases/${oid}-1/report.json`;
    await putOnce(app.config, 'evidence', report, reported);
    const sha256 = createHash('sha256')
      .update(sealed ?? '')
      .digest('hex');
    const files = sealed === undefined ? [] : [{ name: report, sha256, bytes: 1 }];
    await putOnce(app.config, 'evidence', `cases/${oid}-1/manifest.json`, JSON.stringify({ ...SEALED, files }));
    await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed', report }));
    const { log, lines } = recordedLog();
    const answer = await ask(`/api/cases/${oid}-1/report`, { tools: { log } });
    assert.equal(answer.status, 500);
    assert.equal(answer.problem, 'evidence-altered');
    assert.doesNotMatch(String(answer.body), /outcome/, 'nothing of it is shown');
    assert.deepEqual(
      lines.map(([level, { code, caseId, file }]) => [level, code, caseId, file]),
      [['error', 'evidence-altered', `${oid}-1`, report]],
    );
  });

for (const [what, manifest] of [
  ['no JSON', '{"outcome":'],
  ['no manifest', '{"files":"all of them"}'],
] as const)
  test(`evidence whose seal is ${what} is an incident, and an alert says so`, async () => {
    const oid = app.hire();
    await post({ body: leaving(oid, { reason: 'left' }) });
    const report = `cases/${oid}-1/report.json`;
    await putOnce(app.config, 'evidence', report, '{"outcome":"clear"}');
    await putOnce(app.config, 'evidence', `cases/${oid}-1/manifest.json`, manifest);
    await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed', report }));
    for (const document of ['evidence', 'findings', 'report']) {
      const answer = await ask(`/api/cases/${oid}-1/${document}`);
      assert.deepEqual([answer.status, answer.problem], [500, 'evidence-altered'], document);
    }
  });
