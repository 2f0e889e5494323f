import { emptyArm } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const [ana] = WORLD.colleagues;
export const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'active',
  displayName: WORLD.leaver.displayName,
  givenName: 'Alex',
  familyName: 'Moreau',
  userPrincipalName: WORLD.leaver.userPrincipalName,
  github: [],
  devops: [],
};
const OLD_PAGES = emptyArm();

/** Subscriptions with their gateway, whose roles and users tests change. */
export async function startPlatformAccess() {
  const seed = seedContext();
  const entra = seedEntra(seed);
  const arm = seedArm(seed);
  const app = await startApp({ vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)] });
  const { vendors } = app.context;

  function prepare(): void {
    const fresh = seedArm(seed);
    for (const kind of ['roleAssignments', 'vaults', 'gatewayObjects'] as const) arm[kind].clear();
    for (const row of fresh.roleAssignments.all()) arm.roleAssignments.add(row);
    for (const row of fresh.vaults.all()) arm.vaults.add(row);
    for (const row of fresh.gatewayObjects.all()) arm.gatewayObjects.add(row);
    arm.unlistedAssignments.clear();
    arm.hasPim = true;
    arm.gatewayPageSize = OLD_PAGES.gatewayPageSize;
    arm.betweenPages = () => {};
    app.tenant.faults.clear();
  }

  return { entra, arm, app, vendors, prepare };
}

export type PlatformAccessWorld = Awaited<ReturnType<typeof startPlatformAccess>>;
