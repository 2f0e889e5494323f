import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { discoverConsent } from '../../../activities/consent/discover-consent.ts';
import { findOrphanedCredentials } from '../../../activities/sweep/find-orphaned-credentials.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = seedEntra(seedContext());
const app = await startApp({ vendors: (core) => [makeGraph(core, state)], storage: 'memory' });
after(() => app.stop());
const admin = administratorOf(app.tenant.core, WORLD.operator.oid);
const leaver = WORLD.leaver.oid as Oid;
const [, ben] = WORLD.colleagues;

/** The lines about the leaver's consents and roles. */
async function linesOf(oid: Oid): Promise<StepResult['coverage']> {
  const found = await findPerson(app.config, oid);
  assert.ok(found.ok);
  const about = { caseId: makeCaseId(oid, 1), leaver: { ...found.value, github: [], devops: [] } };
  const { ref } = await discoverConsent.handler(about, app.context);
  const { coverage } = await getJson<StepResult>(app.config, ref);
  return coverage.filter(({ source }) => /grant-cross-check|app-role-assignments/.test(source));
}
const statesOf = async (oid: Oid): Promise<string[]> => (await linesOf(oid)).map((line) => line.state);

test('what lists showed of a deleted person counts for the next one, and the lines say when', async () => {
  await admin.deleteUser(leaver);
  for (const grant of state.grants.where(({ principalId }) => principalId === leaver))
    state.grants.delete(caseSensitive(grant.id));
  for (const row of state.assignments.where(({ principalId }) => principalId === leaver))
    state.assignments.delete(caseSensitive(row.id));
  assert.deepEqual(await statesOf(leaver), ['partial', 'partial'], 'nobody knows what the lists show');

  // The case of another person, whose consents the lists show after the deletion.
  await admin.deleteUser(ben.oid);
  await linesOf(ben.oid as Oid);
  for (const grant of state.grants.where(({ principalId }) => principalId === ben.oid))
    state.grants.delete(caseSensitive(grant.id));
  const lines = await linesOf(leaver);
  const consents = lines.find(({ source }) => source === 'entra/grant-cross-check');
  assert.equal(consents?.state, 'complete');
  assert.match(consents?.detail ?? '', /on \d{4}-\d\d-\d\d the list showed consents of somebody else/);
});

test('a sweep remembers it as well', async () => {
  const [anna] = WORLD.colleagues;
  await admin.deleteUser(anna.oid);
  await findOrphanedCredentials.handler({ at: new Date().toISOString() }, app.context);
  const sightings = await app.context.vendors.storage.readDeletedSightings();
  const shown = sightings.filter(({ list, oid }) => list === 'consents' && oid === anna.oid);
  assert.deepEqual([...new Set(shown.map((each) => each.shown))], [true]);
});
