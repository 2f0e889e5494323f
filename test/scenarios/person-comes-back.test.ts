import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deleteUser } from '../../local/follow-case.ts';
import type { CallRecord } from '../../local/tenant/core/server.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/report/report.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { rewinder } from './support/rewind.ts';

const stack = await startFastStack();
after(() => stack.stop());
const rewind = rewinder(stack);
const { oid } = WORLD.leaver;
let cases = 0;

/** The case of a deletion that is taken back, once, right after the first call that matches. */
async function restoredAt(moment: (call: CallRecord) => boolean): Promise<{ report: Report; removals: string[] }> {
  rewind();
  const restored = Promise.withResolvers<void>();
  let waiting = true;
  let from = Number.POSITIVE_INFINITY;
  const unwatch = stack.tenant.server.onCall((call) => {
    if (!waiting || !moment(call)) return;
    waiting = false;
    stack.administrator.restoreUser(oid).then(() => {
      from = stack.tenant.calls.length;
      restored.resolve();
    }, restored.reject);
  });
  await deleteUser(stack, oid);
  cases += 1;
  const report = await filedReport(stack, `${oid}-${cases}`);
  unwatch();
  await restored.promise;
  return {
    report,
    removals: stack.tenant.calls
      .slice(from)
      .filter(removes)
      .map(({ method, path }) => `${method} ${path}`),
  };
}

function removes({ vendor, method, path }: CallRecord): boolean {
  if (vendor === 'login' || vendor === 'vault' || vendor === 'teams') return false;
  return (
    method === 'DELETE' ||
    method === 'PATCH' ||
    /personal-access-tokens$|revocations/i.test(`${method === 'POST' ? path : ''}`)
  );
}

const findingsOf = ({ steps }: Report) => steps.flatMap(({ findings }) => findings);

test('an account that is restored while its accounts are looked for: nothing is cut, and the report says why', async () => {
  const { report, removals } = await restoredAt(({ path }) => path.includes('federatedIdentityCredentials'));
  assert.deepEqual(removals, []);
  const back = findingsOf(report).find(({ kind }) => kind === 'person-returned');
  assert.equal(back?.status, 'manual-action');
  assert.match(back?.reason ?? '', /somebody restored it/);
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
