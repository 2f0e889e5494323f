import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { callerOf, MAY, may, ROLES } from '../../src/api/access/caller.ts';
import { answerFailure } from '../../src/api/problems/answer-failure.ts';
import { faultsOf } from '../../src/api/problems/faults.ts';
import { pointerTo } from '../../src/api/problems/json-pointer.ts';
import { problem } from '../../src/api/problems/problem.ts';
import { OffboardingError } from '../../src/errors.ts';
import { readEntraEvent } from '../../src/triggers/entra/read-entra-event.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';
import { fc } from '../support/properties.ts';

const TENANT = '5f8a2c1e-7b34-4d0e-9c61-2f3e8d7a9b10';
const OID = '11111111-2222-4333-8444-555555555555';

test('a pointer leads to the member that it was made for', () => {
  const segment = fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', 'a/b~c', ''), fc.nat(9));
  fc.assert(
    fc.property(fc.array(segment), (path) => {
      const parts = pointerTo(path).split('/').slice(1);
      const resolved = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
      assert.deepEqual(resolved, path.map(String));
    }),
  );
});

test('every member that is not known is a fault of its own', () => {
  const shape = z.strictObject({ inner: z.strictObject({ a: z.string() }) });
  const parsed = shape.safeParse({ inner: { a: 1, b: 2, c: 3 }, d: 4 });
  assert.ok(parsed.error);
  assert.deepEqual(
    faultsOf(parsed.error)
      .map(({ pointer }) => pointer)
      .sort(),
    ['/d', '/inner/a', '/inner/b', '/inner/c'],
  );
});

test('what is missing is called missing, and not an undefined that nobody sent', () => {
  const { error } = z.strictObject({ reason: z.string(), days: z.int() }).safeParse({ days: 'two' });
  assert.ok(error);
  assert.deepEqual(
    faultsOf(error).map(({ pointer, detail }) => `${pointer} ${detail}`),
    ['/reason is missing; it has to be of type string', '/days Invalid input: expected number, received string'],
  );
});

test('what has a format and is not in it is told how it is written', () => {
  const shape = z.strictObject({ at: z.iso.datetime(), day: z.iso.date(), id: z.guid(), own: z.iso.date('say a day') });
  const { error } = shape.safeParse({ at: '2026-11-23', day: '23.11.2026', id: 'x', own: 'y' });
  assert.ok(error);
  assert.deepEqual(
    faultsOf(error).map(({ detail }) => detail.split('written ')[1] ?? detail),
    ['2026-11-23T09:00:00Z', '2026-11-23', '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35', 'say a day'],
  );
});

test('a caller has the roles that are this API’s, and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...ROLES), fc.string())), (roles) => {
      const caller = callerOf({ oid: OID, tid: TENANT, azp: 'x', roles }, TENANT);
      assert.deepEqual(
        caller?.roles,
        ROLES.filter((role) => roles.includes(role)),
      );
      assert.equal(
        caller !== undefined && may(caller, 'operate'),
        MAY.operate.some((role) => roles.includes(role)),
      );
    }),
  );
});

test('an ID token is no access token, and one of another tenant is nobody’s', () => {
  const claims = { oid: OID, tid: TENANT, azp: 'x', roles: ['Offboarding.Operate'] };
  const { azp: _, ...idToken } = claims;
  assert.equal(callerOf(idToken, TENANT), undefined);
  assert.equal(callerOf({ ...claims, tid: OID }, TENANT), undefined);
  assert.equal(callerOf({ ...claims, roles: 'Offboarding.Operate' }, TENANT), undefined);
  assert.ok(callerOf({ ...idToken, appid: 'x' }, TENANT));
});

test('whatever arrives as an event or a message is read or rejected, and never breaks the reader', () => {
  const almost = fc.record(
    {
      specversion: fc.constantFrom('1.0', '0.3'),
      id: fc.string(),
      type: fc.constantFrom('Microsoft.Graph.UserUpdated', 'MICROSOFT.GRAPH.USERDELETED', 'x', ''),
      source: fc.constantFrom(`/tenants/${TENANT}/applications/x`, `/tenants/${OID}/applications/x`, 'x'),
      time: fc.constantFrom('2026-11-20T09:00:00Z', 'yesterday', ''),
      data: fc.record(
        {
          tenantId: fc.constantFrom(TENANT, TENANT.toUpperCase(), OID, 'x'),
          resourceData: fc.oneof(fc.jsonValue(), fc.record({ id: fc.constantFrom(OID, OID.toUpperCase(), 'x') })),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), almost), (received) => {
      const event = readEntraEvent(received, TENANT);
      if (event.kind === 'user-changed') {
        const { data, source } = received as { data: { tenantId: string }; source: string };
        assert.equal(data.tenantId.toLowerCase(), TENANT);
        assert.ok(!source.includes(OID));
        assert.equal(event.oid, OID);
      }
      const message = readHrMessage(received, new Date(), { BUSINESS_TIME_ZONE: 'UTC', LAST_DAY_ENDS: '18:00' });
      assert.ok(message.kind === 'notice' || message.faults.length > 0);
    }),
    { numRuns: 500 },
  );
});

test('a problem’s own members cannot be overwritten by its extra ones', async () => {
  const body = JSON.parse(await problem('not-found', { detail: 'x', extra: { status: 200, type: 'y' } }).text());
  assert.deepEqual([body.status, body.type], [404, 'urn:mcp-offboarding:problem:not-found']);
});

test('a failure becomes a problem without its reason, which the log has', async () => {
  const lines: unknown[] = [];
  const write = (...args: unknown[]): void => void lines.push(...args);
  const context = { invocationId: 'op-1', info: write, warn: write, error: write };
  const reason = `lost on the way to ${'x'.repeat(8)}`;
  const answers = [];
  for (const error of [
    new Error(reason),
    new OffboardingError('storage-conflict', reason),
    Object.assign(new Error(reason), { name: 'RestError', statusCode: 503 }),
    Object.assign(new Error(reason), { name: 'RestError', statusCode: 403 }),
  ]) {
    answers.push(await answerFailure(context, () => Promise.reject(error)));
  }
  assert.deepEqual(
    answers.map(({ status }) => status),
    [500, 503, 503, 500],
  );
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  assert.ok(bodies.every((body) => body.includes('op-1') && !body.includes(reason)));
  assert.equal(lines.filter((line) => String(line).includes(reason)).length, 4);
});
