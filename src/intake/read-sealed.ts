import * as z from 'zod';
import type { CaseRow } from '../cases/case.ts';
import { FINDING_STATUSES, type FindingStatus } from '../cases/finding.ts';
import { manifestBeside } from '../cases/folders.ts';
import { FindingIdSchema } from '../cases/ids.ts';
import { type Plan, PlanSchema } from '../cases/plan.ts';
import { BlobRefSchema } from '../cases/remedy.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { OffboardingError } from '../errors.ts';

const Seal = z.object({ files: z.array(BlobRefSchema.omit({ container: true })) });

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
  const seal = await storage.getText('evidence', manifestBeside(name));
  if (seal === undefined) throw new OffboardingError('evidence-altered', `evidence/${manifestBeside(name)} is gone.`);
  const { files } = Seal.parse(JSON.parse(seal));
  const checked = async (wanted: string): Promise<string | undefined> => {
    const file = files.find((each) => each.name === wanted);
    return file === undefined ? undefined : storage.getChecked({ container: 'evidence', ...file });
  };
  const [report, plan] = await Promise.all([checked(name), checked(name.replace(/[^/]+$/, 'plan.json'))]);
  if (report === undefined) throw new OffboardingError('evidence-altered', `${manifestBeside(name)} does not name it.`);
  const { steps } = Filed.parse(JSON.parse(report));
  const waits = steps.flatMap(({ findings }) => findings.filter(({ status }) => WAIT.has(status)));
  return {
    report,
    waiting: new Set(waits.map(({ id }) => id)),
    ...(plan === undefined ? {} : { plan: PlanSchema.parse(JSON.parse(plan)) }),
  };
}
