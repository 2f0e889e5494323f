import assert from 'node:assert/strict';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { CaseRow, OffboardingRequest } from '../../../src/cases/case.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import type { StartCase } from '../../../src/intake/starting/start-row.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const GROUP = '9a000000-0000-4000-8000-000000000001';
const arm = seedArm(seedContext());
export const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: {
    ...{ PROTECTED_GROUPS: GROUP, ISSUE_MOMENTS: 'none', TEAMS_WEBHOOK_URL: 'https://teams.localhost/hook' },
    TEAMS_MOMENTS: 'refused',
  },
});

export const { config, directory } = app;
export const vendors = openVendors(config);
export const council = new Set<string>();
directory.groups.add({ id: GROUP, displayName: 'Works council', memberIds: council });

export const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  ...{ oid, trigger: 'hr-queue', reason: 'left', requestedBy: 'hr', requestedAt: new Date().toISOString() },
  ...{ mode: 'apply', lastDay: '2026-01-31', dedupeKey: `hr:${oid}` },
  ...more,
});
export const down: StartCase = async () => {
  throw new Error('the engine is down');
};
export const rowOf = async (oid: Oid): Promise<CaseRow> => {
  const [stored] = await vendors.storage.casesOf(oid);
  assert.ok(stored !== undefined);
  return stored.row;
};
/** Somebody whose case was written, and contained them, and was not started. */
export async function leftOpen(more: Partial<OffboardingRequest> = {}): Promise<Oid> {
  const oid = app.hire();
  await assert.rejects(openCase(vendors, config, requestFor(oid, more), down), /engine/);
  return oid;
}
export const become = async (oid: Oid) => {
  const { caseId, state, refusal } = await rowOf(oid);
  const told = (await vendors.storage.messagesOf(caseId)).map(({ moment }) => moment);
  const isListed = arm.namedValues.all().some(({ value }) => value.includes(oid));
  return { state, refusal, told, isListed, starts: app.startsOf(oid).length };
};
