import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { replaceLatest } from '../../../src/connectors/storage/evidence/evidence.ts';
import { enterMetrics } from '../../../src/connectors/storage/metrics.ts';
import { EXPOSURE_METRIC, figuresOfDay } from '../../../src/exposure/company-figures.ts';
import { KEPT, type KeptExposure } from '../../../src/exposure/kept.ts';
import type { ExposurePath } from '../../../src/exposure/path.ts';
import { type Answered, type Asking, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);
const now = new Date('2026-11-30T08:00:00Z');
const ANN = 'a1000000-0000-4000-8000-000000000001';
const BEN = 'a1000000-0000-4000-8000-000000000002';
const NEW = 'a1000000-0000-4000-8000-000000000003';

async function ask(path: string, oid: string, roles: readonly string[] = [], more: Asking = {}): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid, clientId: 'cli', scopes: ['access'], roles };
  const settings = { ...app.config, EXPOSURE: ['own', 'company'] as const, ...more.tools?.settings };
  return api(path, {
    token: await app.tenant.tokens.issue(claims),
    ...more,
    tools: { now: () => now, ...more.tools, settings: { ...settings, EXPOSURE: [...settings.EXPOSURE] } },
  });
}
const jsonOf = ({ body }: Answered) => JSON.parse(body);

const path = (n: number, given: Partial<ExposurePath> = {}): ExposurePath => ({
  ...{ id: `X-${String(n).padStart(12, '0')}`, kind: 'deploy-key', title: 'A deploy key', where: `acme/place-${n}` },
  ...{ survives: true, why: 'Whoever has the private key gets in.' },
  remedy: { class: 'approval', todo: 'Delete the key.' },
  ...given,
});
const KEPT_RUN: Required<KeptExposure> = {
  schemaVersion: '1.0',
  readAt: '2026-11-30T04:10:00Z',
  notRead: [],
  people: {
    [ANN]: [
      path(1),
      path(2, { remedy: { class: 'human', todo: 'Hand the schedule over.' } }),
      path(3, { survives: false }),
    ],
    [BEN]: [path(4)],
  },
  linked: [ANN, BEN],
  published: {
    bands: [
      { band: '0', people: null, suppressed: true },
      { band: '1-2', people: 12, suppressed: false },
      { band: '3-5', people: 7, suppressed: false },
      { band: 'more', people: null, suppressed: true },
    ],
    kinds: [{ kind: 'deploy-key', people: 9, suppressed: false }],
  },
};

test('before the first reading there is nothing; with the setting off there is never anything', async () => {
  for (const at of ['/api/exposure/me', '/api/exposure']) {
    const none = await ask(at, ANN, ['Offboarding.Read']);
    assert.deepEqual([none.status, none.problem], [404, 'not-found']);
    const off = await ask(at, ANN, ['Offboarding.Read'], { tools: { settings: { ...app.config, EXPOSURE: [] } } });
    assert.deepEqual([off.status, off.problem], [409, 'exposure-off']);
  }
});

test('everybody sees their own list, without any role, what is hardest to mend first, and nobody else’s id', async () => {
  await replaceLatest(app.config, KEPT, KEPT_RUN);
  const own = await ask('/api/exposure/me', ANN.toUpperCase());
  assert.equal(own.status, 200);
  assert.equal(own.headers.get('cache-control'), 'no-store', 'no browser that several people use keeps it');
  const told = jsonOf(own);
  assert.deepEqual([told.oid, told.state, told.surviving], [ANN, 'exact', 2]);
  assert.deepEqual(
    told.paths.map(({ where }: ExposurePath) => where),
    ['acme/place-2', 'acme/place-1', 'acme/place-3'],
  );
  assert.ok(!own.body.includes(BEN));
});

test('somebody of whom no account is known is told that there may be more, and never that there is nothing', async () => {
  const told = jsonOf(await ask('/api/exposure/me', NEW));
  assert.deepEqual([told.oid, told.state, told.paths], [NEW, 'at-least', []]);
  assert.match(told.notRead[0].detail, /No account on GitHub is proved to be yours/);
});

test('whoever was not among those who were read is never told that nothing of theirs would work on', async () => {
  // Their account was disabled when it was read, so that what they hold is not there; whose account is whose is.
  await replaceLatest(app.config, KEPT, { ...KEPT_RUN, linked: [...KEPT_RUN.linked, NEW] });
  const { state, notRead } = jsonOf(await ask('/api/exposure/me', NEW));
  assert.equal(state, 'at-least');
  assert.match(notRead[0].detail, /You were not among the people who were read/);
  await replaceLatest(app.config, KEPT, KEPT_RUN);
});

test('no parameter, header or id shows another’s list, whatever the roles are', async () => {
  const roles = ['Offboarding.Read', 'Offboarding.Operate', 'Offboarding.Approve', 'Offboarding.Administer'];
  const expected = (await ask('/api/exposure/me', BEN, roles)).body;
  for (const [at, headers] of [
    [`/api/exposure/me?oid=${ANN}`, {}],
    [`/api/exposure/me?user=${ANN}&person=${ANN}`, {}],
    ['/api/exposure/me', { 'x-ms-client-principal-id': ANN, 'x-oid': ANN, 'x-forwarded-user': ANN }],
    ['/api/exposure/me', { 'if-none-match': '*', 'x-original-url': `/api/exposure/${ANN}` }],
  ] as const) {
    const { status, body } = await ask(at, BEN, roles, { headers });
    assert.ok(!body.includes(ANN) && !body.includes('place-1'), at);
    if (status === 200) assert.equal(body, expected);
  }
  for (const other of [`/api/exposure/${ANN}`, `/api/exposure/me/${ANN}`, `/api/people/${ANN}/exposure`])
    assert.equal((await ask(other, BEN, roles)).status, 404, other);
  const everybody = await ask('/api/exposure', BEN, roles);
  for (const hidden of [ANN, BEN, 'place-']) assert.ok(!everybody.body.includes(hidden));
});

test('an application has no list, also one that asks with the id of a person', async () => {
  const token = await app.tenant.tokens.issue({ audience: WORLD.app.audience, oid: ANN, clientId: 'app', roles: [] });
  const answer = await ask('/api/exposure/me', ANN, [], { token });
  assert.deepEqual([answer.status, answer.problem], [404, 'not-found']);
});

test('figures need a role that reads, and a day that withheld a number withholds it in the trend', async () => {
  assert.equal((await ask('/api/exposure', ANN)).status, 403);
  const { day, terms } = figuresOfDay(KEPT_RUN);
  await enterMetrics(app.config, [
    { metric: EXPOSURE_METRIC, day: '2026-11-23', runId: 'one', state: 'at-least', terms: { '1-2': 11 } },
    { metric: EXPOSURE_METRIC, day, runId: 'two', state: 'exact', terms: { ...terms } },
  ]);
  const { state, bands, kinds, trend } = jsonOf(await ask('/api/exposure', ANN, ['Offboarding.Read']));
  assert.deepEqual([state, bands, kinds], ['exact', KEPT_RUN.published.bands, KEPT_RUN.published.kinds]);
  assert.deepEqual(
    trend.map((each: { day: string; state: string }) => [each.day, each.state]),
    [
      ['2026-11-23', 'at-least'],
      ['2026-11-30', 'exact'],
    ],
  );
  assert.deepEqual(trend[1].bands, KEPT_RUN.published.bands);
  assert.deepEqual(trend[0].bands[2], { band: '3-5', people: null, suppressed: true });
});

test('whoever operates has it read now; a reader has not, and nobody where it is off', async () => {
  const begun: string[] = [];
  const body = { reason: 'After the tokens were cleaned up.' };
  const tools = { startExposure: async ({ at }: { at: string }) => void begun.push(at) };
  const answer = await ask('/api/exposure', ANN, ['Offboarding.Operate'], { body, tools });
  assert.deepEqual([answer.status, begun], [202, [now.toISOString()]]);
  assert.equal((await ask('/api/exposure', ANN, ['Offboarding.Read'], { body, tools })).status, 403);
  assert.equal((await ask('/api/exposure', ANN, [], { body, tools })).status, 403);
  const settings = { ...app.config, EXPOSURE: [] };
  const off = await ask('/api/exposure', ANN, ['Offboarding.Operate'], { body, tools: { ...tools, settings } });
  assert.deepEqual([off.status, begun.length], [409, 1]);
});
