import * as z from 'zod';
import { filedAs } from '../cases/attempts.ts';
import type { CaseRow } from '../cases/case.ts';
import { manifestName } from '../cases/folders.ts';
import { BlobRefSchema } from '../cases/remedy.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { OffboardingError } from '../errors.ts';
import { enqueueMessages } from '../outbox/enqueue.ts';
import type { OutboxSettings } from '../outbox/listening.ts';
import { momentsOfEnd } from '../outbox/rules/which-messages.ts';
import { count } from '../shapes/primitives.ts';

/** What of a seal and of a report the row and its messages repeat. */
const Seal = z.object({
  generatedAt: z.string(),
  outcome: z.string(),
  files: z.array(BlobRefSchema.omit({ container: true })),
});
const Told = z.object({
  incident: z.boolean(),
  summary: z.object({ counts: z.object({ 'awaiting-decision': count }) }),
});

/**
 * Does what its orchestration could not after it had sealed the report: tells of the end, in the same messages as
 * `closeCase`, and writes into the row that the case is filed.
 * @returns whether it was this call that wrote it
 */
export async function closeSealed(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
): Promise<boolean> {
  const manifest = manifestName(row.caseId);
  const seal = Seal.parse(JSON.parse((await vendors.storage.getText('evidence', manifest)) ?? 'null'));
  const file = seal.files.find(({ name }) => name.endsWith('/report.json'));
  if (file === undefined) throw new OffboardingError('unexpected', `${manifest} names no report.json.`);
  const report = { container: 'evidence', ...file } as const;
  const told = Told.parse(JSON.parse(await vendors.storage.getChecked(report)));
  const { incident } = told;
  // Before the row says so: whatever dies in between, somebody hears of it.
  await enqueueMessages(vendors, settings, {
    row,
    at: seal.generatedAt,
    moments: momentsOfEnd({ incident, awaiting: told.summary.counts['awaiting-decision'] }),
    report,
  });
  let written = false;
  await vendors.storage.updateCase(row.caseId, (current) => {
    written = current.state === 'running';
    const { generatedAt: filedAt, outcome } = seal;
    return written ? filedAs(current, { filedAt, outcome, incident, report: report.name }) : undefined;
  });
  return written;
}
