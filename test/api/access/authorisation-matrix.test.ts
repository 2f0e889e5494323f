import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, mock, test } from 'node:test';
import * as jose from 'jose';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { type Claims, startAuthority } from '../support/authority.ts';

/** What the committed document says of an operation. Nothing here is asked of the code. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly open: boolean;
  readonly roles: readonly string[];
  /** Any good token will do. */
  readonly anyRole: boolean;
}
const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { security: unknown[]; 'x-roles': string[]; 'x-any-role'?: boolean }>>;
};
const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, it]) => ({
    ...{ method: verb.toUpperCase(), path: path.replace('{oid}', WORLD.operator.oid).replaceAll(/\{\w+\}/g, 'x-1') },
    ...{ open: it.security.length === 0, roles: it['x-roles'], anyRole: it['x-any-role'] === true },
  })),
);
const GUARDED = OPERATIONS.filter(({ open }) => !open);
const ROLES = [
  ...new Set(GUARDED.flatMap(({ roles }) => roles)),
  'Offboarding.Workflow',
  'Offboarding.Inventory',
  'Somebody.Else',
];

const app = await startIntakeApp();
const authority = await startAuthority(app.config.TENANT_ID);
after(async () => {
  await authority.stop();
  await app.stop();
});
const settings = { ...app.config, LOGIN_ENDPOINT: authority.endpoint };
const api = askApi(app);
const ask = ({ method, path }: Operation, token: string | undefined) =>
  api(path, {
    ...{ method, token, tools: { settings } },
    ...(method === 'GET' ? {} : { body: {} }),
  });

const now = Math.floor(Date.now() / 1_000);
const claimsOf = (roles: unknown): Claims => ({
  ...{ iss: authority.issuer, aud: app.config.API_AUDIENCE, tid: app.config.TENANT_ID, ver: '2.0' },
  ...{ oid: 'a1000000-0000-4000-8000-0000000000aa', sub: 'x', azp: 'a-client', scp: 'access', roles },
  ...{ iat: now - 5, nbf: now - 5, exp: now + 3_600 },
});
/** A caller who would be let in everywhere, were it not for one thing. */
const everything = claimsOf(ROLES);
const without = (...names: string[]): Claims =>
  Object.fromEntries(Object.entries(everything).filter(([name]) => !names.includes(name)));

test('an operation lets in whoever has one of its roles, and nobody else: 403', async () => {
  for (const operation of GUARDED) {
    for (const role of ROLES) {
      const answer = await ask(operation, await authority.sign(claimsOf([role])));
      const what = `${operation.method} ${operation.path} as ${role}`;
      if (operation.roles.includes(role) || operation.anyRole)
        assert.ok(![401, 403].includes(answer.status), `${what}: ${answer.status}`);
      else assert.deepEqual([answer.status, answer.problem], [403, 'missing-role'], what);
    }
  }
});

test('roles in another form than a list of names are none', async () => {
  const forms: Readonly<Record<string, Claims>> = {
    absent: without('roles'),
    empty: claimsOf([]),
    'a text': claimsOf(ROLES.join(' ')),
    'an object': claimsOf({ 0: ROLES[0] }),
    nested: claimsOf([ROLES]),
    'objects in a list': claimsOf(ROLES.map((value) => ({ value }))),
    'in another case': claimsOf(ROLES.map((role) => role.toUpperCase())),
    'in scp': { ...without('roles'), scp: ROLES.join(' ') },
    'in wids': { ...without('roles'), wids: ROLES },
    'in groups': { ...without('roles'), groups: ROLES },
  };
  for (const [what, claims] of Object.entries(forms)) {
    const token = await authority.sign(claims);
    for (const operation of GUARDED.filter(({ anyRole }) => !anyRole)) {
      const { status } = await ask(operation, token);
      assert.ok(status === 403 || status === 401, `${what}: ${operation.method} ${operation.path} answered ${status}`);
    }
  }
});

test('a token that is not a good one of this tenant for this API opens nothing: 401, and says little', async () => {
  const foreign = await authority.foreign();
  const jwk = await jose.exportJWK(foreign.publicKey);
  const hour = { iat: now - 7_200, nbf: now - 7_200 };
  const unsigned = (alg: string): string =>
    [{ alg, typ: 'JWT' }, everything].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const good = (await authority.sign(everything)).split('.');
  const tokens: Readonly<Record<string, string | undefined>> = {
    none: undefined,
    garbage: 'garbage',
    'garbage in three parts': 'a.b.c',
    expired: await authority.sign({ ...everything, ...hour, exp: now - 3_600 }),
    'not yet valid': await authority.sign({ ...everything, nbf: now + 3_600 }),
    'without an expiry': await authority.sign(without('exp')),
    'without a beginning': await authority.sign(without('nbf')),
    'of another tenant': await authority.sign({ ...everything, tid: crypto.randomUUID() }),
    'of another issuer': await authority.sign({
      ...everything,
      iss: `${authority.endpoint}/${crypto.randomUUID()}/v2.0`,
    }),
    'of the v1 issuer': await authority.sign({
      ...everything,
      iss: `https://sts.windows.net/${app.config.TENANT_ID}/`,
    }),
    'for another audience': await authority.sign({ ...everything, aud: 'https://graph.microsoft.com' }),
    'an ID token': await authority.sign(without('azp', 'scp')),
    'without a person': await authority.sign(without('oid')),
    'alg none': `${unsigned('none')}.`,
    'alg none with a signature': `${unsigned('none')}.${good[2]}`,
    'alg nOnE': `${unsigned('nOnE')}.`,
    'HS256 with the public key': await authority.sign(everything, { alg: 'HS256' }, await authority.publicBytes()),
    PS256: await authority.sign(everything, { alg: 'PS256' }, await authority.privateAs('PS256')),
    'RS512 of the same key': await authority.sign(everything, { alg: 'RS512' }, await authority.privateAs('RS512')),
    'of an unknown key': await authority.sign(everything, { kid: foreign.kid }, foreign.privateKey),
    'of a foreign key under our name': await authority.sign(everything, {}, foreign.privateKey),
    'with its own key (jwk)': await authority.sign(everything, { jwk }, foreign.privateKey),
    'with a place of keys (jku)': await authority.sign(
      everything,
      { jku: 'https://attacker.example/keys' },
      foreign.privateKey,
    ),
    'with a certificate’s place (x5u)': await authority.sign(
      everything,
      { x5u: 'https://attacker.example/x' },
      foreign.privateKey,
    ),
    'with another payload': [good[0], (await authority.sign(claimsOf(['x']))).split('.')[1], good[2]].join('.'),
    'without its signature': `${good[0]}.${good[1]}.`,
  };
  for (const [what, token] of Object.entries(tokens)) {
    for (const operation of GUARDED) {
      const answer = await ask(operation, token);
      const where = `${what}: ${operation.method} ${operation.path}`;
      assert.deepEqual([answer.status, answer.problem], [401, 'unauthenticated'], where);
      const challenge = answer.headers.get('www-authenticate') ?? '';
      assert.match(challenge, token === undefined ? /^Bearer$/ : /^Bearer error="invalid_token"$/, where);
      for (const secret of [app.config.TENANT_ID, authority.issuer, authority.kid(), ...ROLES.slice(0, 4)])
        assert.ok(!answer.body.includes(secret), `${where} tells ${secret}`);
    }
  }
});

test('a header that must be understood and is not (crit) opens nothing', async () => {
  const [, payload] = (await authority.sign(everything)).split('.');
  const header = { alg: 'RS256', typ: 'JWT', kid: authority.kid(), crit: ['exp-late'], 'exp-late': true };
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const key = await authority.privateAs('RS256');
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new TextEncoder().encode(`${head}.${payload}`));
  const token = `${head}.${payload}.${Buffer.from(signature).toString('base64url')}`;
  for (const operation of GUARDED) assert.equal((await ask(operation, token)).status, 401);
});

test('what a token of the tenant carries beside is not looked at: jku, x5u and jwk name another key in vain', async () => {
  const jwk = await jose.exportJWK((await authority.foreign()).publicKey);
  const token = await authority.sign(everything, {
    jwk,
    jku: 'https://attacker.example',
    x5u: 'https://attacker.example',
  });
  const health = GUARDED.find(({ method, path }) => method === 'GET' && path === '/api/cases');
  assert.ok(health);
  assert.equal((await ask(health, token)).status, 200);
});

test('an app of its own, without any person, has the rights of its roles', async () => {
  const [cases] = GUARDED.filter(({ method, path }) => method === 'GET' && path === '/api/cases');
  assert.ok(cases);
  const app = (roles: readonly string[]): Promise<string> =>
    authority.sign({ ...without('scp', 'roles'), roles, idtyp: 'app' });
  assert.equal((await ask(cases, await app(['Offboarding.Read']))).status, 200);
  assert.equal((await ask(cases, await app(['Somebody.Else']))).status, 403);
});

test('after the tenant has changed its keys the new one is read; while none can be read it is 503 and to be tried again', async () => {
  const [cases] = GUARDED.filter(({ method, path }) => method === 'GET' && path === '/api/cases');
  assert.ok(cases);
  await authority.rotate();
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 60_000 });
  try {
    authority.setReadable(false);
    const dark = await ask(cases, await authority.sign(everything));
    assert.deepEqual([dark.status, dark.problem, dark.headers.get('retry-after')], [503, 'unavailable', '30']);
    authority.setReadable(true);
    assert.equal((await ask(cases, await authority.sign(everything))).status, 200);
  } finally {
    mock.timers.reset();
  }
});

test('without a token those operations answer that the document calls open', async () => {
  for (const operation of OPERATIONS.filter(({ open }) => open)) {
    assert.equal((await ask(operation, undefined)).status, 200, operation.path);
  }
});
