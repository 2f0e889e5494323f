import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inForm, refusedBy } from '../../../src/connectors/gateway/deny-list-value.ts';
import { fc } from '../../support/properties.ts';
import { assertPasses, assertRefused } from '../support/gateway/assert-outcome.ts';
import {
  ANN,
  applicationToken,
  BOB,
  message,
  PIPELINE,
  READ,
  secretsToken,
  toolCall,
  userToken,
  WRITE,
} from '../support/gateway/callers.ts';
import { testGateway } from '../support/gateway/test-gateway.ts';

const gateway = testGateway();
const { post: call } = gateway;

const DENIED: readonly [string, Readonly<Record<string, string>>][] = [
  ['first in the list', { 'mcp-denied-oids': `,none,${ANN},${BOB},` }],
  ['last in the list', { 'mcp-denied-oids': `,none,${BOB},${ANN},` }],
  ['in upper case', { 'mcp-denied-oids': `,none,${ANN.toUpperCase()},` }],
  ['in the second named value', { 'mcp-denied-oids-2': `,none,${ANN},` }],
  ['in a list that lost its first comma', { 'mcp-denied-oids': `${ANN},none,` }],
  ['in a list that lost its last comma', { 'mcp-denied-oids': `,none,${ANN}`, 'mcp-denied-oids-2': `${BOB},none` }],
  ['in a last list that lost its last comma', { 'mcp-denied-oids-2': `,none,${ANN}` }],
];
for (const [where, namedValues] of DENIED) {
  test(`who is denied, ${where}, may do nothing with any token`, async () => {
    const bodies = [READ, WRITE, message('initialize', {}), message('tools/list')];
    for (const body of bodies) {
      const token = userToken('mcp.tools.read mcp.tools.write');
      assertRefused(
        await gateway.call({ policy: 'github', body, token, namedValues }),
        403,
        /not use the gateway any more/,
      );
    }
    const upper = userToken('mcp.tools.read', { oid: ANN.toUpperCase() });
    assertRefused(await gateway.call({ policy: 'github', method: 'GET', token: upper, namedValues }), 403, /any more/);
  });
}

test('the pipeline of a leaver is denied like a person', async () => {
  const namedValues = { 'mcp-denied-oids-2': `,none,${PIPELINE},` };
  const token = applicationToken(['mcp.tools.write.app']);
  assertRefused(await gateway.call({ policy: 'github', body: READ, token, namedValues }), 403, /any more/);
});

test('the deny list holds whole ids: exactly who is in it is refused', async () => {
  const oid = fc.uuid();
  // What looks like an id and is not: a part of one, one with something before or behind it.
  const similar = fc.oneof(
    oid,
    oid.map((id) => id.slice(0, -1)),
    oid.map((id) => id.slice(1)),
    oid.map((id) => `${id}0`),
    oid.map((id) => `0${id}`),
    fc.constantFrom('none', '', ANN.slice(0, 35), ANN.slice(1), `${ANN}1`, `f${ANN}`),
  );
  const listOf = fc.array(fc.oneof({ weight: 6, arbitrary: similar }, { weight: 1, arbitrary: fc.constant(ANN) }), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(listOf, listOf, fc.boolean(), async (first, second, upper) => {
      const text = (ids: readonly string[]): string => `,none,${ids.map((id) => `${id},`).join('')}`;
      const value = (ids: readonly string[]): string => (upper ? text(ids).toUpperCase() : text(ids));
      const namedValues = { 'mcp-denied-oids': value(first), 'mcp-denied-oids-2': value(second) };
      const outcome = await gateway.call({
        policy: 'github',
        body: READ,
        token: userToken('mcp.tools.read'),
        namedValues,
      });
      assert.equal(outcome.status, [...first, ...second].includes(ANN) ? 403 : 200);
    }),
    { numRuns: 150 },
  );
});

test('the app says that the gateway refuses somebody exactly where the policy does, and whoever a list names is refused in its form', async () => {
  const between = fc.constantFrom(',', ', ', ' ,', ',,', ' ', ';', ',\t', ',{', '},', ',(', ",'", ',\u00a0', ',\u200b');
  const element = fc.constantFrom(ANN, ANN.toUpperCase(), BOB, 'none', `${ANN}0`);
  const value = fc
    .tuple(fc.constantFrom('', ','), fc.array(fc.tuple(element, between), { minLength: 1, maxLength: 5 }))
    .map(([first, rest]) => `${first}${rest.flat().join('')}`);
  const refuses = async (first: string, second: string): Promise<boolean> => {
    const namedValues = { 'mcp-denied-oids': first, 'mcp-denied-oids-2': second };
    const token = userToken('mcp.tools.read');
    return (await gateway.call({ policy: 'github', body: READ, token, namedValues })).status === 403;
  };
  await fc.assert(
    fc.asyncProperty(value, value, async (first, second) => {
      assert.equal(await refuses(first, second), refusedBy([first, second]).has(ANN));
      const named = [first, second].some((text) => new RegExp(`${ANN}(?!0)`, 'i').test(text));
      assert.equal(await refuses(inForm(first).value, inForm(second).value), named);
    }),
    { numRuns: 150 },
  );
});

test('fifty calls in a minute, for each principal, wherever they go', async () => {
  const window = 'fifty';
  const token = userToken('mcp.tools.read');
  for (let count = 1; count <= 50; count += 1) {
    const policy = count % 2 === 0 ? 'github' : 'filesystem';
    assertPasses(await gateway.call({ policy, body: READ, token, window }));
  }
  const late = await gateway.call({ policy: 'github', body: READ, token, window });
  assertRefused(late, 429, /RateLimitExceeded/);
  assert.equal(late.headers['retry-after'], '60');
  assert.deepEqual(late.rateLimitKeys, ['address 10.50.3.4', ANN]);
  const bob = userToken('mcp.tools.read', { oid: BOB });
  assertPasses(await gateway.call({ policy: 'github', body: READ, token: bob, window }));
});

test('calls count for the object id, however it is written, and not for the address or the subject', async () => {
  const keys = await Promise.all([
    call(userToken('mcp.tools.read', { oid: ANN.toUpperCase(), sub: 'another' }), READ),
    call(userToken('mcp.tools.read'), message('tools/list'), 'filesystem'),
    call(secretsToken({ oid: ANN }), toolCall('get_secret', { name: 'x' }), 'secrets'),
  ]);
  assert.deepEqual(new Set(keys.flatMap(({ rateLimitKeys }) => rateLimitKeys.slice(1))), new Set([ANN]));
});

test('an address is counted before anything else, and stops with or without a token', async () => {
  const request = { policy: 'github', body: READ, window: 'address' };
  for (let count = 1; count <= 1_000; count += 1) assert.equal((await gateway.call(request)).status, 401);
  const late = await gateway.call({ ...request, token: userToken('mcp.tools.read') });
  assertRefused(late, 429, /RateLimitExceeded/);
  assert.deepEqual([late.rateLimitKeys, late.events], [['address 10.50.3.4'], []]);
  const elsewhere = await gateway.call({ ...request, address: '10.50.3.5', token: userToken('mcp.tools.read') });
  assertPasses(elsewhere);
});

test('no body is read before token, deny list and both counts have let the caller pass', async () => {
  const unread = { policy: 'github', body: READ, window: 'unread' };
  const token = userToken('mcp.tools.read');
  for (let count = 1; count <= 50; count += 1) await gateway.call({ ...unread, token });
  const outcomes = [
    [await gateway.call(unread), 401],
    [await gateway.call({ ...unread, token, namedValues: { 'mcp-denied-oids': `,${ANN},` } }), 403],
    [await gateway.call({ ...unread, token: userToken('mcp.tools.read', { azp: BOB }) }), 403],
    [await gateway.call({ ...unread, token }), 429],
  ] as const;
  for (const [{ status, requestBodyReads }, expected] of outcomes)
    assert.deepEqual([status, requestBodyReads], [expected, 0]);
  const passes = await gateway.call({ policy: 'github', body: READ, token });
  assert.equal(passes.requestBodyReads, 1);
});

test('whatever a named value holds is text', async () => {
  for (const text of ['@(1/0)', '@{ return "";}', '"+throw+"', `@(",${BOB},")`, ',}}{{x}},']) {
    const namedValues = { 'mcp-denied-oids': text, 'mcp-denied-oids-2': `,${BOB},` };
    const call = (oid: string) =>
      gateway.call({ policy: 'github', body: READ, token: userToken('mcp.tools.read', { oid }), namedValues });
    assertPasses(await call(ANN));
    assertRefused(await call(BOB), 403, /any more/);
  }
});
