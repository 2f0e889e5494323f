import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startHostedIntake } from '../../support/apps/hosted-intake.ts';

export const app = await startHostedIntake();

export async function write(oid: Oid, more: Partial<CaseRow>): Promise<void> {
  const caseId = makeCaseId(oid, 1);
  await createCase(app.config, {
    oid,
    caseId,
    n: 1,
    trigger: 'api',
    mode: 'apply',
    state: 'open',
    instanceId: instanceIdOf(caseId),
    reason: 'left',
    requestedBy: WORLD.operator.oid,
    requestedAt: '2026-11-20T09:00:00Z',
    openedAt: '2026-11-20T09:00:00Z',
    merged: [],
    ...more,
  });
}
