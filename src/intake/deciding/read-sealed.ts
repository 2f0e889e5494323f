import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { FINDING_STATUSES, type FindingStatus } from '../../cases/finding.ts';
import { manifestBeside } from '../../cases/folders.ts';
import { FindingIdSchema } from '../../cases/ids.ts';
import { type Plan, PlanSchema } from '../../cases/remedies/plan.ts';
import { sealedFile } from '../../connectors/storage/evidence/seals.ts';
import type { Vendors } from '../../connectors/vendors.ts';

/** Of a filed report what deciding about it takes. */
const Filed = z.object({
  steps: z.array(z.object({ findings: z.array(z.object({ id: FindingIdSchema, status: z.enum(FINDING_STATUSES) })) })),
});

/** A rejection, and what was given back, stand until somebody decides anew. */
const WAIT = new Set<FindingStatus>(['awaiting-decision', 'rejected']);

/** The newest report of a case with its plan, each as it was sealed. */
export interface SealedReport {
  /** The report, as JSON. */
  readonly report: string;
  /** Findings that wait for a decision. */
  readonly waiting: ReadonlySet<string>;
  /** Absent where the case ended before it was made. */
  readonly plan?: Plan;
}

/** Undefined where nothing is filed. @throws OffboardingError `evidence-altered` where a file is not what was sealed */
export async function readSealed(
  { storage }: Pick<Vendors, 'storage'>,
  { report: name }: Pick<CaseRow, 'report'>,
): Promise<SealedReport | undefined> {
  if (name === undefined) return undefined;
  const seal = await storage.readSealThere(manifestBeside(name));
  const planned = seal.files.find((file) => file.name === name.replace(/[^/]+$/, 'plan.json'));
  const [report, plan] = await Promise.all([
    storage.getChecked(sealedFile(seal, name)),
    planned && storage.getChecked(planned),
  ]);
  const { steps } = Filed.parse(JSON.parse(report));
  const waits = steps.flatMap(({ findings }) => findings.filter(({ status }) => WAIT.has(status)));
  return {
    report,
    waiting: new Set(waits.map(({ id }) => id)),
    ...(plan === undefined ? {} : { plan: PlanSchema.parse(JSON.parse(plan)) }),
  };
}
