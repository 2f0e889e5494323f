import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OWNER_ID } from '../../local/tenant/github/actions/oidc.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { AT, type MachinesWorld, ORGANISATION, reportOf, startMachines, told } from './machines-world.ts';
import { startAuthority } from './support/authority.ts';

let app: MachinesWorld['app'];
let settings: MachinesWorld['settings'];
let api: MachinesWorld['api'];
let storage: MachinesWorld['storage'];
let job: MachinesWorld['job'];
let identity: MachinesWorld['identity'];
let send: MachinesWorld['send'];
let kept: MachinesWorld['kept'];
before(async () => {
  ({ app, settings, api, storage, job, identity, send, kept } = await startMachines());
});
after(() => app.stop());

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
