import * as z from 'zod';
import type { CaseRow } from '../cases/case.ts';
import { manifestName } from '../cases/folders.ts';
import type { Vendors } from '../connectors/vendors.ts';

/** What of a seal and of a report the row repeats. */
const Seal = z.object({
  generatedAt: z.string(),
  outcome: z.string(),
  files: z.array(z.object({ name: z.string() })),
});
const Told = z.object({ incident: z.boolean() });

/**
 * Writes into the row what its orchestration could not after it had sealed the report: the case is filed.
 * @returns whether it was this call that did
 */
export async function closeSealed(vendors: Pick<Vendors, 'storage'>, row: CaseRow): Promise<boolean> {
  const seal = Seal.parse(JSON.parse((await vendors.storage.getText('evidence', manifestName(row.caseId))) ?? 'null'));
  const report = seal.files.map(({ name }) => name).find((name) => name.endsWith('/report.json')) ?? '';
  const { incident } = Told.parse(JSON.parse((await vendors.storage.getText('evidence', report)) ?? 'null'));
  let written = false;
  await vendors.storage.updateCase(row.caseId, (current) => {
    written = current.state === 'running';
    if (!written) return undefined;
    const { attemptAt: _, ...rest } = current;
    return { ...rest, state: 'filed', filedAt: seal.generatedAt, outcome: seal.outcome, incident, report };
  });
  return written;
}
