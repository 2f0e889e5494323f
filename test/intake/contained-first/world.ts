import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { OffboardingRequest } from '../../../src/cases/case.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

export const arm = seedArm(seedContext());
export const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });

export const { config, administrator } = app;
export const vendors = openVendors(config);

export const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(oid));
export const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
export const event = (oid: Oid) => receiveEntraEvent(vendors, config, app.updated(oid), app.start, app.log);
export const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'hr-queue',
  reason: 'left',
  requestedBy: 'hr',
  requestedAt: new Date().toISOString(),
  mode: 'apply',
  lastDay: '2026-01-31',
  ...more,
});

export const reset = async () => {
  app.tenant.faults.clear();
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
};
