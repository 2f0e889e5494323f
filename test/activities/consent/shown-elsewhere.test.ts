import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { discoverConsent } from '../../../activities/consent/discover-consent.ts';
import { grantRow } from '../../../local/tenant/entra/applications/grants.ts';
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
const leaver = WORLD.leaver.oid as Oid;
const [, ben] = WORLD.colleagues;
/** An application of the firm that has nothing to do with the gateway, and what it calls. */
const NOTES = { id: '5e000000-0000-4000-8000-000000000001', appId: '5e000000-0000-4000-8000-0000000000a1' };
const MAIL = '5e000000-0000-4000-8000-000000000002';
state.servicePrincipals.add({ ...NOTES, displayName: 'Notes', appRoleAssignmentRequired: false, appRoles: [] });

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
/** Deletes somebody with nothing left on the gateway. */
function gone(oid: string, since: number): void {
  const user = state.users.get(oid) ?? state.deletedUsers.get(oid);
  assert.ok(user);
  state.users.delete(oid);
  state.deletedUsers.add({ ...user, deletedDateTime: daysAgo(since) });
  for (const grant of state.grants.where(({ principalId }) => principalId === oid))
    state.grants.delete(caseSensitive(grant.id));
  for (const row of state.assignments.where(({ principalId }) => principalId === oid))
    state.assignments.delete(caseSensitive(row.id));
}
function consented(oid: string, resourceId = MAIL): void {
  const consent = {
    clientId: NOTES.id,
    resourceId,
    principalId: oid,
    consentType: 'Principal',
    scope: 'Mail.Read',
  } as const;
  state.grants.add(grantRow(consent));
}
function assigned(oid: string, resourceId = NOTES.id): void {
  state.assignments.add({
    id: `assigned-${oid}`,
    appRoleId: '00000000-0000-0000-0000-000000000000',
    createdDateTime: daysAgo(400),
    principalId: oid,
    principalType: 'User',
    principalDisplayName: 'somebody',
    resourceId,
    resourceDisplayName: 'Notes',
  });
}
afterEach(() => {
  gone(ben.oid, 1);
  state.users.add({ ...(state.deletedUsers.get(ben.oid) ?? assert.fail()), deletedDateTime: null });
  state.deletedUsers.delete(ben.oid);
  state.switches.hideGrantsOfSoftDeleted = false;
  state.switches.hideRolesOfSoftDeleted = false;
});

let cases = 0;
async function lines(): Promise<Readonly<Record<'consents' | 'roles', string>>> {
  const found = await findPerson(app.config, leaver);
  assert.ok(found.ok);
  cases += 1;
  const about = { caseId: makeCaseId(leaver, cases), leaver: { ...found.value, github: [], devops: [] } };
  // What a case before remembers would answer for this one.
  const storage = { ...app.context.vendors.storage, readDeletedSightings: async () => [] };
  const context = { ...app.context, vendors: { ...app.context.vendors, storage } };
  const { coverage } = await getJson<StepResult>(app.config, (await discoverConsent.handler(about, context)).ref);
  const line = (source: string): string => {
    const one = coverage.find((each) => each.source === source);
    return `${one?.state}: ${one?.detail ?? ''}`;
  };
  return { consents: line('entra/grant-cross-check'), roles: line('entra/app-role-assignments') };
}

describe('a deleted person of whom nothing is listed on the gateway', () => {
  test('who consented to nothing: nobody knows what the lists show of the deleted', async () => {
    gone(leaver, 3);
    const { consents, roles } = await lines();
    assert.match(consents, /^partial/);
    assert.match(roles, /^partial/);
  });

  test('whose consent to something else is listed had none to the gateway', async () => {
    gone(leaver, 3);
    consented(leaver);
    const { consents, roles } = await lines();
    assert.match(consents, /^complete: .*consents of this person to something else \(1\)/);
    assert.match(roles, /^partial/, 'roles are another list');
  });

  test('who is listed among the users of another application had no role on the gateway', async () => {
    gone(leaver, 3);
    consented(leaver);
    assigned(leaver);
    const { consents, roles } = await lines();
    assert.match(consents, /^complete/);
    assert.match(roles, /^complete: .*list of another application shows somebody who has been deleted for as long/);
  });

  test('whose lists leave the deleted out is not said to have had nothing', async () => {
    gone(leaver, 3);
    consented(leaver);
    assigned(leaver);
    state.switches.hideGrantsOfSoftDeleted = true;
    state.switches.hideRolesOfSoftDeleted = true;
    const { consents, roles } = await lines();
    assert.match(consents, /^partial/);
    assert.match(roles, /^partial/);
  });

  test('whose consents are listed, and whose roles are not: each list answers for itself', async () => {
    gone(leaver, 3);
    consented(leaver);
    assigned(leaver);
    state.switches.hideRolesOfSoftDeleted = true;
    const { consents, roles } = await lines();
    assert.match(consents, /^complete/);
    assert.match(roles, /^partial/);
  });

  for (const [what, days, expected] of [
    [
      'somebody who has been deleted for longer',
      20,
      /^complete: .*consents of somebody else who has been deleted for as long/,
    ],
    ['somebody who was deleted later, of whom lists may show more', 1, /^partial/],
  ] as const) {
    test(`beside ${what}, with a consent to something else`, async () => {
      gone(leaver, 3);
      gone(ben.oid, days);
      consented(ben.oid);
      assert.match((await lines()).consents, expected);
    });
  }

  for (const [what, days, expected] of [
    ['somebody who has been deleted for longer', 20, /^complete: .*of others who are deleted/],
    ['somebody who was deleted later, of whom it may show more', 1, /^partial/],
  ] as const) {
    test(`beside ${what}, of whom the gateway’s own list shows something`, async () => {
      gone(leaver, 3);
      gone(ben.oid, days);
      const gateway = state.servicePrincipals.where(({ appId }) => appId === app.config.GATEWAY_APP_ID)[0];
      assert.ok(gateway !== undefined);
      consented(ben.oid, gateway.id);
      assigned(ben.oid, gateway.id);
      const { consents, roles } = await lines();
      assert.match(consents, expected);
      assert.match(roles, expected);
    });
  }

  test('has a consent to the gateway that only its id finds: that others are listed says nothing then', async () => {
    gone(leaver, 3);
    const gateway = state.servicePrincipals.where(({ appId }) => appId === app.config.GATEWAY_APP_ID)[0];
    const client = state.grants.where(({ resourceId }) => resourceId === gateway?.id)[0]?.clientId;
    assert.ok(gateway !== undefined && client !== undefined);
    state.grants.add(
      grantRow({
        clientId: client,
        resourceId: gateway.id,
        principalId: leaver,
        consentType: 'Principal',
        scope: 'mcp',
      }),
    );
    state.switches.hideGrantsOfSoftDeleted = true;
    assert.match((await lines()).consents, /^partial: .*found by their ids/);
  });
});
