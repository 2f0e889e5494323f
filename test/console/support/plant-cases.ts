import type { Stack } from '../../../local/stack.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { loadConfig } from '../../../src/config.ts';
import type { Storage } from '../../../src/connectors/storage/index.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';

/** The app's storage, for what a story needs to be there. */
export function storageOf(stack: Stack): Storage {
  Object.assign(process.env, stack.tenant.identityEnvironment);
  return openVendors(loadConfig(stack.settings)).storage;
}

export const oidOf = (n: number): Oid => `0c000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;

/** A case as some trigger left it, in the list of cases as well. */
export async function plantCase(storage: Storage, more: Partial<CaseRow> & { readonly oid: Oid }): Promise<CaseRow> {
  const n = more.n ?? 1;
  const caseId = makeCaseId(more.oid, n);
  const openedAt = more.openedAt ?? new Date().toISOString();
  const row: CaseRow = {
    ...{ n, caseId, trigger: 'hr-queue', mode: 'apply', state: 'filed', instanceId: `case-${caseId}`, merged: [] },
    ...{ reason: 'End of contract', requestedBy: 'hr', requestedAt: openedAt, openedAt },
    ...((more.state ?? 'filed') === 'filed' && { filedAt: openedAt, report: 'none.json' }),
    ...more,
  };
  await storage.enterInIndex(row);
  await storage.createCase(row);
  return row;
}
