import assert from 'node:assert/strict';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { filedAs } from '../../../src/cases/following/attempts.ts';
import type { FollowUp } from '../../../src/cases/following/follow-up.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const arm = seedArm(seedContext());
export const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });

export const { config } = app;
export const vendors = openVendors(config);
export const { storage } = vendors;
export const now = (): Date => new Date();
export const AGO = new Date(Date.now() - 40 * 86_400_000).toISOString();

/** A case of somebody who was deleted, carried out and filed 40 days ago, with the follow-ups that are still to come. */
export async function filedCase(followUps: readonly FollowUp[], more: Partial<CaseRow> = {}): Promise<CaseRow> {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await openCase(
    vendors,
    config,
    { oid, trigger: 'entra-event', reason: 'left', requestedBy: 'entra', requestedAt: AGO, mode: 'apply' },
    app.start,
  );
  const caseId = makeCaseId(oid, 1);
  const { row } = await storage.updateCase(caseId, (current) => ({
    ...filedAs(current, { filedAt: AGO, outcome: 'clear', incident: false, report: `cases/${caseId}/report.json` }),
    ...(followUps.length > 0 && { followUps }),
    ...more,
  }));
  return row;
}
export const rowOf = async ({ caseId }: Pick<CaseRow, 'caseId'>): Promise<CaseRow> =>
  (await storage.getCase(caseId))?.row ?? assert.fail();
