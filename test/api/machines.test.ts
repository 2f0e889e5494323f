import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gitHubOidcOf, type JobClaims, OWNER_ID } from '../../local/tenant/github/actions/oidc.ts';
import { emptyGitHub } from '../../local/tenant/github/state/state.ts';
import { makeGitHub } from '../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Tools } from '../../src/api/route.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { MOST_BYTES } from '../../src/machines/limits.ts';
import { aReport, aToken } from '../machines/a-report.ts';
import { type Answered, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../support/storage-in-memory/tables.ts';
import { startAuthority } from './support/authority.ts';

keepBlobsInMemory();
keepTablesInMemory();
const app = await startIntakeApp({
  storage: 'memory',
  vendors: (core) => [makeGitHub(core, emptyGitHub())],
  settings: { MACHINES_OWNER_IDS: OWNER_ID },
});
const settings = app.config;
after(() => app.stop());
const api = askApi(app);
const oidc = await gitHubOidcOf(app.tenant.core);
const { storage } = openVendors(app.config);
const ORGANISATION = WORLD.github.organisation;
const AT = Date.now();

const job = (claims: JobClaims = {}, audience = settings.MACHINES_AUDIENCE) => oidc.mint(audience, claims);
const identity = (more: object = {}) =>
  app.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid: 'a1000000-0000-4000-8000-0000000000aa', clientId: 'a-machine' },
    ...{ roles: ['Offboarding.Inventory'], ...more },
  });
type Given = Parameters<typeof aReport>[0];
const reportOf = (name: string, given: Given = {}) =>
  aReport({
    ...{ takenAt: new Date(AT).toISOString(), tokens: [aToken(name)], ...given },
    machine: { name, registeredAt: `https://github.com/${ORGANISATION}`, ...given?.machine },
  });
const send = (token: string | undefined, body: unknown, tools: Partial<Tools> = {}): Promise<Answered> =>
  api('/api/machines/reports', { method: 'POST', token, body, tools: { settings, ...tools } });
const told = ({ status, problem }: Answered) => [status, problem];
const kept = async (name: string) =>
  (await storage.listMachines()).machines.filter(({ id }) => id === `github/${ORGANISATION}/${name}`.toLowerCase());

test('a job and a managed identity tell of a machine, each for itself, and who reads sees both', async () => {
  const first = await send(await job(), reportOf('both'));
  assert.deepEqual(
    [first.status, JSON.parse(first.body)],
    [202, { id: `github/${ORGANISATION}/both`.toLowerCase(), job: '4711/1/build/laptop-7', taken: 'new' }],
  );
  const [telling] = (await storage.listTellings()).tellings;
  const { runId, attempt, checkRunId } = telling?.runs[0] ?? {};
  assert.deepEqual([runId, attempt, checkRunId], ['4711', '1', '81234567']);
  const resourceId = `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-1`;
  assert.equal((await send(await identity({ resourceId }), reportOf('both', { tokens: [] }))).status, 202);
  const sayers = (await kept('both')).map(({ sayer }) => sayer);
  assert.deepEqual(sayers.map(({ kind }) => kind).sort(), ['github-job', 'managed-identity']);
  assert.ok(sayers.some((each) => each.kind === 'managed-identity' && each.resourceId === resourceId));
  const reader = await app.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] },
    roles: ['Offboarding.Read'],
  });
  const pages: { tokens: number }[] = [];
  for (let path: string | undefined = '/api/machines?limit=1'; path !== undefined; ) {
    const page = JSON.parse((await api(path, { token: reader })).body) as { machines: []; next?: string };
    pages.push(...page.machines);
    path = page.next;
  }
  assert.deepEqual(pages.map(({ tokens }) => tokens).sort(), [0, 1]);
});

test('a report is taken once for its job, also where it comes twice at the same moment', async () => {
  const token = await job();
  const both = await Promise.all([1, 2].map(() => send(token, reportOf('twice'))));
  assert.deepEqual(both.map(({ body }) => JSON.parse(body).taken).sort(), ['before', 'new']);
  assert.equal((await kept('twice')).length, 1);
});

test('a token opens this for whom it was made, and nothing else', async () => {
  const person = await identity({ scopes: ['access'] });
  const refused: Readonly<Record<string, readonly [string, number, string]>> = {
    'of another owner': [await job({ repository_owner_id: '9012346' }), 403, 'missing-role'],
    'of an owner of another form': [await job({ repository_owner_id: Number(OWNER_ID) }), 403, 'missing-role'],
    'of an owner by name alone': [await job({ repository_owner_id: undefined }), 403, 'missing-role'],
    'of a machine of GitHub’s': [await job({ runner_environment: 'github-hosted' }), 403, 'missing-role'],
    'that does not say on what it runs': [await job({ runner_environment: undefined }), 403, 'missing-role'],
    'of a job for the API': [await job({}, settings.API_AUDIENCE), 401, 'unauthenticated'],
    'of an identity for machines': [await identity({ audience: settings.MACHINES_AUDIENCE }), 401, 'unauthenticated'],
    expired: [await job({ exp: Math.floor(AT / 1_000) - 60 }), 401, 'unauthenticated'],
    'not yet valid': [await job({ nbf: Math.floor(AT / 1_000) + 600 }), 401, 'unauthenticated'],
    'without an expiry': [await job({ exp: undefined }), 401, 'unauthenticated'],
    'without a beginning': [await job({ nbf: undefined }), 401, 'unauthenticated'],
    'without when it was made': [await job({ iat: undefined }), 401, 'unauthenticated'],
    'of another issuer': [await job({ iss: 'https://token.actions.example' }), 401, 'unauthenticated'],
    'of the tenant’s issuer by GitHub’s key': [
      await job({ iss: `${settings.LOGIN_ENDPOINT}/${settings.TENANT_ID}/v2.0` }),
      401,
      'unauthenticated',
    ],
    'of a person with the role': [person, 403, 'missing-role'],
    'of an identity with another role': [await identity({ roles: ['Offboarding.Administer'] }), 403, 'missing-role'],
    'of an identity without a role': [await identity({ roles: [] }), 403, 'missing-role'],
  };
  for (const [what, [token, status, problem]] of Object.entries(refused))
    assert.deepEqual(told(await send(token, reportOf('nobody'))), [status, problem], what);
  const nobody = { settings: { ...settings, MACHINES_OWNER_IDS: [] } };
  assert.deepEqual(told(await send(await job(), reportOf('nobody'), nobody)), [403, 'missing-role']);
  assert.deepEqual(await kept('nobody'), []);
  // Whoever may send may do nothing else.
  for (const token of [await job(), await identity()])
    assert.ok([401, 403].includes((await api('/api/machines', { token, tools: { settings } })).status));
});

test('a token whose signature is not GitHub’s opens nothing, and where its keys cannot be read it is 503', async () => {
  const authority = await startAuthority('github');
  const other = { ...settings, GITHUB_OIDC_ISSUER: authority.endpoint };
  const payload = JSON.parse(Buffer.from((await job()).split('.')[1] ?? '', 'base64url').toString());
  const claims = { ...payload, iss: authority.endpoint };
  const foreign = await authority.foreign();
  const ask = (token: string) => send(token, reportOf('forged'), { settings: other });
  const unsigned = [{ alg: 'none', typ: 'JWT' }, claims].map((each) =>
    Buffer.from(JSON.stringify(each)).toString('base64url'),
  );
  try {
    authority.setReadable(false);
    const dark = await ask(await authority.sign(claims));
    assert.deepEqual([...told(dark), dark.headers.get('retry-after')], [503, 'unavailable', '30']);
    authority.setReadable(true);
    assert.equal((await ask(await authority.sign(claims))).status, 202);
    for (const token of [
      `${unsigned.join('.')}.`,
      `${unsigned.join('.')}.c2lnbmF0dXJl`,
      await authority.sign(claims, { alg: 'HS256' }, await authority.publicBytes()),
      await authority.sign(claims, { alg: 'RS512' }, await authority.privateAs('RS512')),
      await authority.sign(claims, { kid: foreign.kid }, foreign.privateKey),
      await authority.sign(claims, {}, foreign.privateKey),
    ])
      assert.deepEqual(told(await ask(token)), [401, 'unauthenticated']);
  } finally {
    await authority.stop();
  }
});

test('a report names an organisation of the firm, the job’s own, and was taken now', async () => {
  const registered = (registeredAt: string): Given => ({ machine: { registeredAt } });
  const taken = (ms: number): Given => ({ takenAt: new Date(AT + ms).toISOString() });
  const hour = 3_600_000;
  const other = { ...settings, GITHUB_ORGANISATIONS: [...settings.GITHUB_ORGANISATIONS, 'second'] };
  for (const [given, pointer] of [
    [registered('https://github.com/somebody-else'), '/machine/registeredAt'],
    [registered('https://github.com/second'), '/machine/registeredAt'],
    [registered(ORGANISATION), '/machine/registeredAt'],
    [registered(`http://github.com/${ORGANISATION}`), '/machine/registeredAt'],
    [registered(`https://u:p@github.com/${ORGANISATION}`), '/machine/registeredAt'],
    [{ vendor: 'azure-devops', ...registered(`https://dev.azure.com/${WORLD.devops.organisation}`) }, ''],
    [taken(2 * hour), '/takenAt'],
    [taken(-8 * 24 * hour), '/takenAt'],
  ] as const) {
    const answer = await send(await job(), reportOf('odd', given), { settings: other });
    assert.deepEqual(told(answer), [422, 'invalid-request'], JSON.stringify(given));
    assert.ok(answer.body.includes(`"pointer":"${pointer}`), answer.body);
  }
  assert.equal((await send(await job(), reportOf('ahead', taken(hour / 2)))).status, 202);
  const enterprise = registered('https://github.com/enterprises/northwind-group');
  assert.equal((await send(await job(), reportOf('ofEnterprise', enterprise))).status, 202);
  assert.equal((await send(await identity(), reportOf('ofEnterprise', enterprise))).status, 202);
  const shared = (await storage.listMachines()).machines.map(({ id }) => id);
  assert.equal(shared.filter((id) => id === 'github/enterprises/northwind-group/ofenterprise').length, 2);
  assert.equal((await send(await job({ enterprise: 'Northwind-Group' }), reportOf('ofOurs', enterprise))).status, 202);
  for (const [claims, given] of [
    [{ enterprise: 'another' }, enterprise],
    [{ repository_owner: 'somebody-else' }, enterprise],
    [{}, registered('https://github.com/enterprises')],
    [{}, registered('https://github.com/enterprises/a%20b')],
  ] as const)
    assert.equal((await send(await job(claims), reportOf('odd', given))).status, 422, JSON.stringify([claims, given]));
  const agent = reportOf('agent', {
    vendor: 'azure-devops',
    ...registered(`https://dev.azure.com/${WORLD.devops.organisation}`),
  });
  assert.equal((await send(await identity(), agent)).status, 202);
});

test('what is no report is refused, whatever it is, and nothing of it is told again', async () => {
  const secret = makeTokenMint().mint('github-classic');
  const good = reportOf('hostile');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const text = JSON.stringify(good);
  const machine = (name: unknown) => ({ ...good, machine: { ...good.machine, name } });
  const token = (more: object) => ({ ...good, tokens: [{ ...aToken('a'), ...more }] });
  const cases: readonly (readonly [string, unknown, number])[] = [
    ['too large', `${text}${' '.repeat(MOST_BYTES)}`, 413],
    ['a million tokens', `{"tokens":[${'{},'.repeat(1_000_000)}{}]}`, 413],
    ['deep', deep, 422],
    ['no JSON', `{"job":"${secret}`, 400],
    ['a list', [good], 422],
    ['more tokens than it may have', { ...good, tokens: Array.from({ length: 201 }, (_, at) => aToken(`${at}`)) }, 422],
    ['a number for a name', machine(7), 422],
    ['a control character', machine('a\u0007b'), 422],
    ['a character of direction', machine('a\u202eb'), 422],
    ['a line separator', machine('a\u2028b'), 422],
    ['half a surrogate pair', machine('a\ud800'), 422],
    ['a value beside its digest', token({ value: secret }), 422],
    ['a member named like a token', { ...good, [secret]: 1 }, 422],
    ['five last letters', token({ lastFour: 'abcde' }), 422],
    ['a token where its digest belongs', token({ sha256: secret }), 422],
    ['__proto__', text.replace('{', '{"__proto__":{"admin":true},'), 422],
    ['constructor', text.replace('{', '{"constructor":{"prototype":{"admin":true}},'), 422],
  ];
  const sender = await identity();
  for (const [what, body, status] of cases) {
    const answer = await send(sender, body);
    assert.equal(answer.status, status, `${what}: ${answer.body.slice(0, 300)}`);
    assert.ok(!answer.body.includes(secret), what);
  }
  assert.deepEqual(await kept('hostile'), []);
  assert.ok(!app.logged.join('\n').includes(secret));
});

test('what looks like a credential in a name or a path is cut out before it is kept, told or logged', async () => {
  const secret = makeTokenMint().mint('github-classic');
  const answer = await send(
    await identity(),
    reportOf('leaky', {
      job: `job ${secret}`,
      tokens: [{ ...aToken('leaky'), path: `/home/${secret}/.env`, account: secret }],
      machine: { host: secret },
    }),
  );
  assert.equal(answer.status, 202);
  const stands = JSON.stringify(await kept('leaky'));
  assert.ok(stands.includes('[github-classic token]'));
  for (const text of [stands, answer.body, app.logged.join('\n')]) assert.ok(!text.includes(secret));
});

test('a sender may tell of a machine once a minute, of so many an hour, and of so many machines', async () => {
  const token = await identity({ oid: 'a1000000-0000-4000-8000-0000000000cc' });
  const at = (ms: number) => ({ now: () => new Date(AT + ms) });
  assert.equal((await send(token, reportOf('often'), at(0))).status, 202);
  const soon = await send(token, reportOf('often', { job: 'second' }), at(30_000));
  assert.deepEqual([...told(soon), soon.headers.get('retry-after')], [429, 'too-many-reports', '60']);
  // The same job is known, however soon it comes again.
  assert.equal(JSON.parse((await send(token, reportOf('often'), at(30_000))).body).taken, 'before');
  assert.equal((await send(token, reportOf('often', { job: 'second' }), at(61_000))).status, 202);
  const sayer = { kind: 'managed-identity', oid: 'a1000000-0000-4000-8000-0000000000cc' } as const;
  for (let machine = 2; machine <= 500; machine += 1)
    await storage.keepMachine(sayer, reportOf(`made-up-${machine}`), new Date(AT));
  assert.deepEqual(told(await send(token, reportOf('one-more'), at(61_000))), [409, 'too-many-machines']);
  assert.equal((await send(token, reportOf('often', { job: 'third' }), at(200_000))).status, 202);
  const hour = { caller: `machines managed-identity ${sayer.oid}`, limit: 2_000, windowMs: 3_600_000 };
  while ((await storage.takeAllowance(hour, new Date(AT))) === 0);
  assert.deepEqual(told(await send(token, reportOf('often', { job: 'last' }), at(300_000))), [429, 'too-many-reports']);
});

test('what one sender says takes nothing from what another says of the same machine', async () => {
  await send(await identity(), reportOf('claimed'));
  const other = await identity({ oid: 'a1000000-0000-4000-8000-0000000000bb' });
  assert.equal((await send(other, reportOf('claimed', { job: 'empty', tokens: [] }))).status, 202);
  assert.deepEqual((await kept('claimed')).map(({ report }) => report.tokens.length).sort(), [0, 1]);
});

test('half a character is in no name, and the end of a token is what tokens are written in', async () => {
  for (const lastFour of ['\u202eab', '\u2028', '\ud800'])
    assert.equal((await send(await job(), reportOf('ends', { tokens: [{ ...aToken('x'), lastFour }] }))).status, 422);
  const name = 'a\ud800';
  assert.equal(
    (await send(await job(), { ...reportOf('ends'), machine: { ...reportOf('ends').machine, name } })).status,
    422,
  );
  assert.deepEqual(await kept('ends'), []);
});

test('a text that grows by what is cut out of it loses nobody’s report', async () => {
  const name = `${'x'.repeat(182)} Authorization: Be`;
  assert.equal(name.length, 200);
  assert.equal((await send(await job(), reportOf('grows', { tokens: [{ ...aToken('grows'), name }] }))).status, 202);
  const [found] = (await kept('grows')).flatMap(({ report }) => report.tokens);
  assert.equal(found?.name?.length, 200);
});
