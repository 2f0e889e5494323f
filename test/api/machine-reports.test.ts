import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { MOST_CHARACTERS } from '../../src/machines/limits.ts';
import { aToken } from '../machines/a-report.ts';
import { AT, type Given, type MachinesWorld, ORGANISATION, reportOf, startMachines, told } from './machines-world.ts';

let app: MachinesWorld['app'];
let settings: MachinesWorld['settings'];
let storage: MachinesWorld['storage'];
let job: MachinesWorld['job'];
let identity: MachinesWorld['identity'];
let send: MachinesWorld['send'];
let kept: MachinesWorld['kept'];
before(async () => {
  ({ app, settings, storage, job, identity, send, kept } = await startMachines());
});
after(() => app.stop());

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
    ['too large', `${text}${' '.repeat(MOST_CHARACTERS)}`, 413],
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
