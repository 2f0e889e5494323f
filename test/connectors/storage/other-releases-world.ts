import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { type CaseRow, type CaseState, instanceIdOf } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { openDenied } from '../../../src/connectors/denied/index.ts';
import { type TableName, tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const AT = '2026-11-20T09:00:00.000Z';
export const oidOf = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
export const NEWER = { newerText: 'ü', newerFlag: true, newerCount: 7, newerShare: 0.5, newerList: '["a"]' } as const;

export function rowOf(person: number, state: CaseState, more: Partial<CaseRow> = {}): CaseRow {
  const caseId = makeCaseId(oidOf(person), 1);
  const asked = { trigger: 'api', reason: 'left', requestedBy: 'hr', requestedAt: AT } as const;
  return {
    ...asked,
    ...{ oid: oidOf(person), caseId, n: 1, mode: 'apply', state, instanceId: instanceIdOf(caseId), openedAt: AT },
    merged: [],
    ...more,
  };
}

/** What each phase writes beside what every row has. */
export const OF_PHASE: Readonly<Record<CaseState, Partial<CaseRow>>> = {
  scheduled: { startsAt: '2026-12-01T17:00:00.000Z', lastDay: '2026-12-01' },
  open: { onHold: 'more than usual', heldBy: 'mass-leaving', contained: 'done' },
  running: { generation: 1, attempts: [{ instanceId: 'x', endedAt: AT, why: 'storage' }], attemptAt: AT },
  filed: { filedAt: AT, outcome: 'clear', incident: false, report: 'cases/1/report.json' },
  refused: { refusal: 'protected' },
  cancelled: { cancellation: 'by hr' },
  failed: { failure: 'lost', outcome: 'failed' },
};

/** Storage with rows as another release wrote them. */
export async function startOtherReleases() {
  const arm = seedArm(seedContext());
  const app = await startApp({ vendors: (core) => [makeArm(core, arm)], storage: true });
  const { config } = app;
  const vendors = openVendors(config);
  const { storage } = vendors;
  const denied = openDenied({ ...vendors, restMs: 0 });

  /** An entity as it stands, without what storage writes at every change. */
  async function raw(table: TableName, partitionKey: string, rowKey: string): Promise<object> {
    const { etag: _, timestamp: __, ...columns } = await tableOf(config, table).getEntity(partitionKey, rowKey);
    return columns;
  }

  return { arm, app, config, vendors, storage, denied, raw };
}

export type Releases = Awaited<ReturnType<typeof startOtherReleases>>;
