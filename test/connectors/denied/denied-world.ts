import assert from 'node:assert/strict';
import type { ArmNamedValue } from '../../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { openDenied } from '../../../src/connectors/denied/index.ts';
import type { Projected } from '../../../src/connectors/denied/project.ts';
import type { VendorResult } from '../../../src/connectors/result.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';

export const oidOf = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
export const caseOf = (n: number, count = 1): CaseId => makeCaseId(oidOf(n), count);
export const AT = '2026-11-28T09:00:00.000Z';
export const LATER = new Date('2026-11-28T10:00:00.000Z');
export const who = (...numbers: readonly number[]): string[] => numbers.map(oidOf).sort();
export const codesOf = (projected: VendorResult<Projected>): string[] => {
  assert.ok(projected.ok);
  return projected.value.faults.map(({ code }) => code);
};

/** The gateway’s two named values, the table of the denied, and what is read of both. */
export async function startDenied() {
  const state = seedArm(seedContext());
  const app = await startApp({ vendors: (core) => [makeArm(core, state)], storage: true });
  const { config, tenant } = app;
  const vendors = openVendors(config);
  const denied = openDenied({ ...vendors, restMs: 0 });
  const [first, second] = state.namedValues.all() as [ArmNamedValue, ArmNamedValue];
  const deny = (n: number, count = 1) =>
    denied.deny({ oid: oidOf(n), kind: 'person', caseId: caseOf(n, count), why: 'left', at: AT });
  const listed = (): string[] =>
    [first, second].flatMap(({ value }) => value.split(',').filter((each) => each.length === 36)).sort();
  const project = async (): Promise<string[]> => codesOf(await denied.project(LATER));

  async function prepare(): Promise<void> {
    tenant.faults.clear();
    for (const row of [first, second]) row.value = ',none,';
    await forgetDenied(config);
  }

  return { app, config, tenant, vendors, denied, first, second, deny, listed, project, prepare };
}

export type DeniedWorld = Awaited<ReturnType<typeof startDenied>>;
