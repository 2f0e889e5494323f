import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { auditRow, emptyLogs, gatewayRow } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { rateLimited } from '../../../src/posture/checks/rate-limited.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told, toldOf } from '../support/checked.ts';
import { gatewayOf, limit, policy, TO_SERVER } from '../support/gateway.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';
import { GUARD, limited, POLICIES, RETURN } from './situations/rate-limited.ts';

const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
const app = await startApp({ vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)] });
after(() => app.stop());
const gateway = gatewayOf(arm);

beforeEach(() => {
  gateway.clear();
  logs.rows.length = 0;
  logs.gatewayRows.length = 0;
});

const outcome = async (): Promise<string> => told(await checked(app, rateLimited));

let judged: Awaited<ReturnType<typeof checked>>;
before(async () => {
  gateway.clear();
  for (const [at, [, text]] of POLICIES.entries()) gateway.api(`p${at}`, text);
  judged = await checked(app, rateLimited);
});
for (const [at, [situation, , said]] of POLICIES.entries()) {
  test(`${situation}: ${said}`, () => {
    assert.equal(toldOf(judged, `p${at}`), said.replace(/ a$/, ` p${at}`));
  });
}

const NAMED_VALUES: readonly (readonly [value: string, secret: boolean, said: string])[] = [
  ['50', false, 'pass'],
  ['500', false, 'fail: limit-too-high a'],
  ['50', true, 'unknown: unreadable'],
  ['@(500)', false, 'unknown: unreadable'],
];
for (const [value, secret, said] of NAMED_VALUES) {
  test(`named value ${value}${secret ? ', secret' : ''}: ${said}`, async () => {
    gateway.namedValue('limit', value, secret);
    gateway.api('a', limited(limit('{{limit}}')));
    assert.equal(await outcome(), said);
  });
}

test('what forwards nothing needs no limit', async () => {
  gateway.api('a', policy(RETURN));
  assert.equal(await outcome(), 'not-applicable');
});

test('a limit of the service counts where an API takes it over', async () => {
  gateway.setPolicy('', policy(GUARD + limit()));
  gateway.api('a', policy(`<base />${TO_SERVER}`));
  assert.equal(await outcome(), 'pass');
  gateway.api('b', policy(TO_SERVER));
  assert.equal(await outcome(), 'fail: no-limit b');
});

test('the only offender is on the second page, and ids are written in another case', async () => {
  arm.gatewayPageSize = 2;
  for (const name of ['A', 'b']) gateway.api(name, limited(limit()));
  gateway.api('C', limited(limit('60')));
  assert.equal(await outcome(), 'fail: limit-too-high C');
});

test('an API of the type MCP has policies that nobody reads', async () => {
  gateway.api('a', limited(limit()), { type: 'mcp' });
  assert.equal(await outcome(), 'unknown: unreadable');
});

withoutEach(app, [gatewayApis], async (action) => {
  gateway.whole('http://10.40.0.4:8080');
  gateway.fragment('guard', GUARD + limit());
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

test('throttled to the end: nobody can say', async () => {
  gateway.api('a', limited(limit()));
  await throttled(app, /apis\/a\/policies/, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
});

test('a list that breaks off behind an offender: fail', async () => {
  arm.gatewayPageSize = 1;
  gateway.api('a', limited(''));
  gateway.api('b', limited(limit()));
  await throttled(app, /\/apis\?.*skip/, async () => {
    assert.equal(await outcome(), 'fail: no-limit a');
  });
});

/** Calls of somebody in one minute of yesterday; each row is there twice. */
function calls(number: number, more: Partial<Parameters<typeof auditRow>[0]> = {}): void {
  const at = new Date(Math.floor((Date.now() - 86_400_000) / 60_000) * 60_000);
  for (let each = 0; each < number; each += 1) {
    const row = auditRow({ at, oid: 'a1', server: 'github', tool: 'get_issue', resource: 'PRICE-1', ...more });
    logs.rows.push(row, row);
  }
}

test('the log refutes what let through more than twice the limit in each unit, and proves nothing', async () => {
  arm.gatewayUnits = 2;
  gateway.api('a', limited(limit()));
  calls(200);
  calls(40, { oid: 'b2' });
  calls(40, { status: 429 });
  assert.equal(await outcome(), 'pass');
  calls(1);
  const judged = await checked(app, rateLimited);
  assert.equal(told(judged), 'fail: let-through apim-mcp-prod#busiest-minute');
  assert.equal(judged.shows.calls_in_busiest_minute, 201);
  assert.doesNotMatch(JSON.stringify(judged), /"a1"/);
  arm.gatewayNetwork = { additionalLocations: [{ sku: { name: 'Premium', capacity: 1 } }] };
  assert.equal(await outcome(), 'pass');
  arm.gatewayNetwork = {};
  gateway.api('a', limited(''));
  logs.rows.length = 0;
  calls(3);
  assert.equal(await outcome(), 'fail: no-limit a');
});

test('how many calls were refused for their number is told, each once, and nothing where the gateway’s log is silent', async () => {
  gateway.api('a', limited(limit()));
  assert.equal((await checked(app, rateLimited)).shows.refused_for_their_number, undefined);
  const at = new Date(Date.now() - 86_400_000);
  for (const [id, status] of [
    ['R-1', 429],
    ['r-1', 429],
    ['r-2', 429],
    ['r-3', 200],
  ] as const) {
    logs.gatewayRows.push(gatewayRow({ at, id, server: 'github', status }));
  }
  const judged = await checked(app, rateLimited);
  assert.deepEqual([told(judged), judged.shows.refused_for_their_number], ['pass', 2]);
});

test('without the log, and with a part of it, nothing refutes the limit: nobody can say', async () => {
  gateway.api('a', limited(limit()));
  logs.answers = 'partial';
  assert.equal(await outcome(), 'unknown: partial');
  logs.answers = 'complete';
  app.assessor.logs.clear();
  assert.equal(await outcome(), 'unknown: denied Log Analytics Data Reader');
});
