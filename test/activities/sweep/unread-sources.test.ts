import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { fileSweep } from '../../../activities/sweep/file-sweep.ts';
import { findOrphanedCredentials } from '../../../activities/sweep/find-orphaned-credentials.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Log } from '../../../src/log.ts';
import type { SweepFindings, SweepReport } from '../../../src/sweep/sweep-report.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({
  vendors: (core) => [makeGraph(core, state)],
  storage: 'memory',
  settings: { GITHUB_ORGANISATIONS: '' },
});
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());

let sweeps = 0;
/** A sweep's two ends, and which lines it wrote as errors. */
async function sweep() {
  sweeps += 1;
  const errors: string[] = [];
  const nothing = (): void => {};
  const log: Log = {
    info: nothing,
    warn: nothing,
    error: (message, fields) => errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const context = { ...app.context, log };
  const at = new Date().toISOString();
  const { found } = await findOrphanedCredentials.handler({ at }, context);
  const filed = await fileSweep.handler({ sweepId: `s${sweeps}`, at, finishedAt: at, found, cases: [] }, context);
  const { storage } = app.context.vendors;
  return {
    errors,
    found: await storage.getJson<SweepFindings>(found),
    report: await storage.getJson<SweepReport>(filed.report),
  };
}

test('somebody whose last day has passed is found by the filter on it, which Graph takes as an advanced query only', async () => {
  const { found, report } = await sweep();
  assert.deepEqual(
    found.orphaned.map(({ person }) => person.oid),
    [WORLD.leaver.oid],
  );
  // Its consent was listed, so that somebody is to be opened a case for; nothing was unread.
  assert.deepEqual(report.faults, []);
});

test('a source that a sweep could not read is an error with a code, and a fault in its report', async () => {
  for (const [path, status] of [
    [/employeeLeaveDateTime/, 400],
    [/deletedItems/, 403],
    [/oauth2PermissionGrants/, 503],
  ] as const) {
    app.tenant.faults.clear();
    const body = '{"error":{"code":"TroubleCode","message":"no"}}';
    app.tenant.faults.add({ vendor: 'graph', path, effect: { kind: 'answer', status, body } });
    const { errors, report } = await sweep();
    assert.equal(report.faults.length, 1, String(path));
    assert.match(report.faults[0] ?? '', new RegExp(`answered ${status} \\(TroubleCode\\)`));
    const [line, ...more] = errors;
    assert.deepEqual(more, []);
    assert.match(line ?? '', /^the sweep did not read everything .*"code":"sweep-incomplete".*TroubleCode/);
  }
});

test('a list of consents that shows nothing of the deleted, and was never seen to, is not whole', async () => {
  const [grant] = state.grants.all();
  const user = state.users.all().find(({ id }) => id === grant?.principalId);
  assert.ok(grant !== undefined && user !== undefined);
  state.users.delete(user.id);
  state.deletedUsers.add({ ...user, deletedDateTime: new Date(Date.now() - 60_000).toISOString() });
  const consents = async () => {
    const { report } = await sweep();
    return report.coverage.find(({ source }) => source === 'entra/gateway-grants');
  };
  state.switches.hideGrantsOfSoftDeleted = true;
  const hidden = await consents();
  assert.equal(hidden?.state, 'partial');
  assert.match(hidden?.detail ?? '', /no consent of the 1 deleted person/);
  // Once it shows somebody who is deleted, it leaves nobody out for that.
  state.switches.hideGrantsOfSoftDeleted = false;
  assert.equal((await consents())?.state, 'complete');
  // That says nothing about whoever has been deleted for longer: lists may keep the deleted for a while.
  const other = state.users.all().find(({ id }) => state.grants.where((each) => each.principalId === id).length === 0);
  assert.ok(other !== undefined);
  state.users.delete(other.id);
  state.deletedUsers.add({ ...other, deletedDateTime: new Date(Date.now() - 20 * 86_400_000).toISOString() });
  const longer = await consents();
  assert.equal(longer?.state, 'partial');
  assert.match(longer?.detail ?? '', /no consent of the 1 deleted person/);
});
