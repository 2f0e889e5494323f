import type { ArmNamedValue } from '../../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { OffboardingRequest } from '../../../../src/cases/case.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { startIntakeApp } from '../../../support/apps/intake-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

const arm = seedArm(seedContext());
export const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });

export const { config, administrator } = app;
export const vendors = openVendors(config);
export const isListed = (oid: string): boolean =>
  arm.namedValues.all().some(({ value }: ArmNamedValue) => value.includes(oid));
export const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
export const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'entra-event',
  reason: 'left',
  requestedBy: 'entra',
  requestedAt: new Date().toISOString(),
  mode: 'apply',
  ...more,
});
export const rowOf = async (oid: Oid) => (await vendors.storage.casesOf(oid))[0]?.row;
export const by = { caller: WORLD.operator.oid, reason: 'they are meant' };

export const reset = async () => {
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: 'test', endedWhy: 'over' });
};
