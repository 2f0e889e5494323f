import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { assertValidReport } from './support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { tenant, states } = stack;
const { oid } = WORLD.leaver;

const ask = (): Promise<Response> =>
  stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'Seen on a runner at 2 AM' }),
  });
const isDenied = (): boolean => states.arm.namedValues.all().some(({ value }) => value.includes(oid));

test('while Graph is away an operator’s case contains the leaver, and its report says what Entra kept back', async () => {
  tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  assert.equal((await ask()).status, 201);
  const report = await filedReport(stack, `${oid}-1`);
  assertValidReport(report);
  assert.ok(isDenied());
  assert.deepEqual([report.leaver.state, report.outcome], ['unreadable', 'failed']);
  const [containment, consent] = report.steps;
  const statuses = containment?.findings.map(({ kind, status }) => `${kind} ${status}`).sort();
  assert.deepEqual(statuses, ['account-enabled could-not-check', 'gateway-deny-list done', 'sign-in-sessions failed']);
  const person = consent?.coverage.find(({ source }) => source === 'entra/users');
  assert.deepEqual(person?.state, 'unavailable');
});

test('where Graph comes back while the case runs, the person is known to all that follows', async () => {
  tenant.faults.clear();
  // Away for intake and containment, back when the accounts are looked up.
  let lift: (() => void) | undefined = tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  const unwatch = tenant.server.onCall(({ path }) => {
    if (!path.includes('revokeSignInSessions')) return;
    lift?.();
    lift = undefined;
  });
  assert.equal((await ask()).status, 201);
  const report = await filedReport(stack, `${oid}-2`);
  unwatch();
  assertValidReport(report);
  assert.deepEqual([report.leaver.state, report.leaver.userPrincipalName], ['active', WORLD.leaver.userPrincipalName]);
  const containment = report.steps[0]?.findings.map(({ kind, status }) => `${kind} ${status}`).sort();
  assert.deepEqual(containment, [
    'account-enabled manual-action',
    'gateway-deny-list nothing-to-do',
    'sign-in-sessions done',
  ]);
});
