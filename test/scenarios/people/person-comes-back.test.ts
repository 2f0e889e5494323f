import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { REDELIVERIES } from '../../../local/host/engine/redelivery.ts';
import { deleteUser } from '../../../local/telling/follow-case.ts';
import type { CallRecord } from '../../../local/tenant/core/server.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Report } from '../../../src/report/report.ts';
import { type FastStack, filedReport, startFastStack } from '../support/fast-stack.ts';
import { rewinder } from '../support/rewind.ts';

const stack = await startFastStack();
after(() => stack.stop());
const rewind = rewinder(stack);
const { oid } = WORLD.leaver;
let cases = 0;

interface CameBack {
  readonly report: Report;
  /** What was removed, changed or revoked after the person was there again. */
  readonly removals: readonly string[];
}

/** The case of a deletion that is taken back, once, right after the first call that matches. */
async function restoredAt(moment: (call: CallRecord) => boolean): Promise<CameBack> {
  rewind();
  cases += 1;
  return restoredIn(stack, `${oid}-${cases}`, moment);
}

async function restoredIn(
  on: FastStack,
  caseId: string,
  moment: (call: CallRecord) => boolean,
  settled: () => Promise<void> = async () => {},
): Promise<CameBack> {
  const restored = Promise.withResolvers<void>();
  let waiting = true;
  let from = Number.POSITIVE_INFINITY;
  const unwatch = on.tenant.server.onCall((call) => {
    if (!waiting || !moment(call)) return;
    waiting = false;
    on.administrator.restoreUser(oid).then(() => {
      from = on.tenant.calls.length;
      restored.resolve();
    }, restored.reject);
  });
  await deleteUser(on, oid);
  const report = await filedReport(on, caseId);
  unwatch();
  await restored.promise;
  await settled();
  const removals = on.tenant.calls.slice(from).filter(removes);
  return { report, removals: removals.map(({ method, path }) => `${method} ${path}`) };
}

const isRefused = ({ states }: FastStack): boolean =>
  states.arm.namedValues.all().some(({ value }) => value.includes(oid));

/** Letting somebody in again is a change of the gateway's list. */
const othersThanList = (removals: readonly string[]) => removals.filter((each) => !/^PATCH .*namedValues/i.test(each));

function removes({ vendor, method, path }: CallRecord): boolean {
  if (vendor === 'login' || vendor === 'vault' || vendor === 'teams') return false;
  return (
    method === 'DELETE' ||
    method === 'PATCH' ||
    /personal-access-tokens$|revocations|revokeSignInSessions/i.test(`${method === 'POST' ? path : ''}`)
  );
}

const findingsOf = ({ steps }: Report) => steps.flatMap(({ findings }) => findings);

test('an account that is restored while discovery runs: nothing is cut, the gateway lets the person in, and the report says why', async () => {
  const { report, removals } = await restoredAt(({ path }) => path.includes('federatedIdentityCredentials'));
  assert.deepEqual(othersThanList(removals), []);
  assert.equal(isRefused(stack), false);
  const back = findingsOf(report).find(({ kind }) => kind === 'person-returned');
  assert.equal(back?.status, 'manual-action');
  assert.match(back?.reason ?? '', /somebody restored it.*The gateway lets them in\./);
  const list = findingsOf(report).find(({ kind }) => kind === 'gateway-deny-list');
  assert.doesNotMatch(`${list?.title}`, /refuses/);
  assert.equal(report.outcome, 'attention');
  const safe = findingsOf(report).filter(({ remedy }) => remedy?.risk === 'safe');
  assert.ok(safe.length > 5);
  for (const { status, reason } of safe) {
    assert.equal(status, 'planned');
    assert.match(reason, /Not carried out: The account was deleted/);
  }
  assert.deepEqual(
    report.steps.flatMap(({ actions }) => actions).filter(({ remedyId }) => remedyId.startsWith('R-')),
    [],
  );
});

test('an account that is restored while the plan is carried out: the round goes on to its end, and no other begins', async () => {
  const { report } = await restoredAt((call) => call.vendor === 'arm' && call.method === 'DELETE');
  assert.equal(report.outcome, 'attention');
  assert.ok(findingsOf(report).some(({ kind }) => kind === 'person-returned'));
  const safe = findingsOf(report).filter(({ remedy }) => remedy?.risk === 'safe');
  const left = safe.filter(({ status }) => status === 'planned');
  assert.ok(left.length > 0 && left.length < safe.length);
  for (const { reason } of left) assert.match(reason, /Not carried out: The account was deleted/);
  for (const { remedy } of left) {
    assert.equal(
      report.steps.flatMap(({ actions }) => actions).some(({ remedyId }) => remedyId === remedy?.id),
      false,
    );
  }
});

test('restored while discovery runs, and every activity is delivered again, beside itself, late and after the end: the person stays in', async () => {
  const settled = Promise.withResolvers<void>();
  const onLog = (line: string): void => {
    if (line.includes('"Every activity was delivered again after the end."')) settled.resolve();
  };
  const twice = await startFastStack({ deliverTwice: REDELIVERIES, onLog });
  try {
    const { report, removals } = await restoredIn(
      twice,
      `${oid}-1`,
      ({ path }) => path.includes('federatedIdentityCredentials'),
      () => settled.promise,
    );
    assert.deepEqual(othersThanList(removals), []);
    assert.equal(isRefused(twice), false);
    assert.equal(report.outcome, 'attention');
    assert.deepEqual(findingsOf(report).filter(({ kind }) => kind === 'person-returned').length, 1);
  } finally {
    await twice.stop();
  }
});
