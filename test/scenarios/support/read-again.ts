import assert from 'node:assert/strict';
import type { Stack } from '../../../local/stack.ts';
import { doDueWork } from '../../../local/telling/follow-case.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { loadConfig } from '../../../src/config.ts';
import { openVendors, type Vendors } from '../../../src/connectors/vendors.ts';
import type { Report } from '../../../src/report/report.ts';
import { filedReport } from './fast-stack.ts';

/** What a test reads of a case that is read again, and does about it, in the stack’s own storage. */
export interface ReadAgainCase {
  readonly storage: Vendors['storage'];
  readonly row: () => Promise<CaseRow>;
  /** Lets the time come at which the case is read again, and waits for the report of that. */
  readonly readAgain: () => Promise<Report>;
  /** Who was told of an end of the case, of which revision, and whether they were. */
  readonly endsTold: () => Promise<string[]>;
}

export function caseReadAgain(stack: Stack, caseId: CaseId): ReadAgainCase {
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const { storage } = openVendors(loadConfig(stack.settings));
  const row = async (): Promise<CaseRow> => {
    const stored = await storage.getCase(caseId);
    assert.ok(stored !== undefined);
    return stored.row;
  };
  return {
    storage,
    row,
    readAgain: async () => {
      await storage.updateCase(caseId, (now) => ({ ...now, readAgainAt: now.openedAt }));
      await doDueWork(stack);
      assert.equal((await row()).state, 'running');
      return filedReport(stack, caseId);
    },
    endsTold: async () =>
      (await storage.messagesOf(caseId))
        .filter(({ report }) => report !== undefined)
        .map(({ channel, revision, state }) => `${channel} ${revision} ${state}`)
        .sort(),
  };
}
