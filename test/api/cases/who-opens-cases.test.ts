import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type CasesApiWorld, headerOf, jsonOf, OPERATE, startCasesApi } from './cases-api-world.ts';

let app: CasesApiWorld['app'];
let tokenOf: CasesApiWorld['tokenOf'];
let leaving: CasesApiWorld['leaving'];
let post: CasesApiWorld['post'];
let get: CasesApiWorld['get'];
let list: CasesApiWorld['list'];
before(async () => {
  ({ app, tokenOf, leaving, post, get, list } = await startCasesApi());
});
after(() => app.stop());

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

test('there is no default: without a mode nothing happens, and the fault is named', async () => {
  const oid = app.hire();
  const { mode: _, ...body } = leaving(oid);
  const answer = await post({ body });
  assert.equal(answer.status, 422);
  assert.deepEqual(jsonOf(answer).errors, [{ pointer: '/mode', detail: 'say "plan" or "apply"; there is no default' }]);
  assert.deepEqual(app.startsOf(oid), []);
});
