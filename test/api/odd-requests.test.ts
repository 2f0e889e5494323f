import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { notText } from '../../src/api/problems/not-text.ts';
import { type Answered, type Asking, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../support/storage-in-memory/tables.ts';

keepTablesInMemory();
keepBlobsInMemory();
const app = await startIntakeApp({ storage: 'memory' });
after(() => app.stop());
const token = await app.tenant.tokens.issue({
  ...{ audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] },
  roles: ['Offboarding.Operate', 'Offboarding.Administer'],
});
const api = askApi(app);
const ask = (path: string, asking: Asking = {}): Promise<Answered> => api(path, { token, ...asking });
const errorsOf = ({ body }: Answered) => (JSON.parse(body) as { errors: Record<string, string>[] }).errors;
const leaving = { reason: 'left', mode: 'plan' };

test('a text that is no Unicode, or holds U+0000, is refused by its place before anybody is asked for it', async () => {
  for (const odd of ['o\ud800@firm.example', '\udc00', 'a\0b']) {
    const answer = await ask('/api/cases', { body: { ...leaving, userPrincipalName: odd } });
    assert.deepEqual([answer.status, errorsOf(answer)[0]?.pointer], [422, '/userPrincipalName'], JSON.stringify(odd));
  }
  const search = await ask('/api/people?search=ab%00');
  assert.deepEqual([search.status, errorsOf(search)[0]?.parameter], [422, 'search']);
  const whole = await ask('/api/cases', { body: { ...leaving, userPrincipalName: 'nobody.🙂@firm.example' } });
  assert.equal(whole.problem, 'unknown-person');
});

test('what is no text is found in a body that is as deep as it is long', () => {
  const depth = 30_000;
  const body = JSON.parse(`${'['.repeat(depth)}"\\ud800"${']'.repeat(depth)}`) as unknown;
  assert.deepEqual(notText(body), ['/0'.repeat(depth)]);
  assert.deepEqual(notText({ a: ['x', '\0'], 'b/c': { d: '\udfff' } }), ['/a/1', '/b~1c/d']);
});

test('a search without a letter and a digit would find everybody, and is refused', async () => {
  assert.equal((await ask('/api/people', { query: { search: '""\\"' } })).status, 422);
  assert.equal((await ask('/api/people', { query: { search: 'שלום' } })).status, 200);
});

test('If-None-Match does not hide what a change has done', async () => {
  const answer = await ask('/api/held/release', { body: { reason: 'now' }, headers: { 'if-none-match': '*' } });
  assert.equal(answer.status, 200);
  assert.equal((await ask('/api/me', { headers: { 'if-none-match': '*' } })).status, 304);
});

test('an operation that reads no query is not troubled by one', async () => {
  assert.equal((await ask('/api/health?a=1&a=2')).status, 200);
  assert.equal((await ask('/api/cases?limit=1&limit=2')).status, 422);
});

test('a fixed path is not taken for an id: it names its own methods', async () => {
  const answer = await ask('/api/cases/several');
  assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST']);
});

test('a credential in the wrong place is not told again, in the answer or later', async () => {
  const secret = makeTokenMint().mint('github-classic');
  const answers = [
    await ask('/api/cases', { body: { ...leaving, userPrincipalName: secret } }),
    await ask('/api/cases', { body: { ...leaving, mail: `${secret}@firm.example` } }),
    await ask('/api/cases', { body: '{}', headers: { 'content-type': secret } }),
    await ask(`/api/cases?${secret}=1&${secret}=2`),
    await ask(`/api/denied/${secret}/release`, { body: { reason: 'back' } }),
    await ask('/api/privileged-calls'),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [422, 422, 415, 422, 404, 200],
  );
  for (const { body } of answers) assert.ok(!body.includes(secret), body);
});
