import * as z from 'zod';
import { PASSED_CALL } from '../cases/denied/passed-call.ts';
import { ComparisonSchema } from '../cases/following/compare-revisions.ts';
import { FindingIdSchema } from '../cases/ids.ts';
import { count } from '../shapes/primitives.ts';

/** What of a filed report tells how its case ended; of reports of every version. */
export const EndOfCaseSchema = z.object({
  outcome: z.string(),
  incident: z.boolean(),
  case: z.object({
    readAgainAt: z.exactOptional(z.string()),
    notReadAgain: z.exactOptional(z.string()),
    because: z.exactOptional(z.string()),
  }),
  comparison: z.exactOptional(ComparisonSchema),
  summary: z.object({ counts: z.object({ 'awaiting-decision': count }) }),
  leaver: z.object({ deletedAt: z.exactOptional(z.string()) }).default({}),
  generatedAt: z.string().default(''),
  steps: z.array(
    z.object({
      coverage: z.array(z.object({ source: z.string(), state: z.string() })).default([]),
      findings: z.array(
        z.object({
          id: FindingIdSchema,
          title: z.string().default(''),
          status: z.string(),
          residual: z.exactOptional(z.unknown()),
          kind: z.string().default(''),
          evidence: z.record(z.string(), z.unknown()).default({}),
        }),
      ),
    }),
  ),
});
export type EndOfCase = z.output<typeof EndOfCaseSchema>;

/** The same for what was filed as a document. */
export const endOfCaseIn = (text: string): EndOfCase => EndOfCaseSchema.parse(JSON.parse(text));

/**
 * Whether a report that will be followed by another, or was made because a follow-up was due, says nothing that the one
 * before did not say. Whoever was told of
 * that one hears of this case again when something was found, cut or failed, or when nothing more is to come. That
 * nothing was to be done about something is no news: it is found as soon as what was there is cut.
 */
export function saysNothingNew(report: EndOfCase, before: EndOfCase | undefined): boolean {
  const isQuiet = report.case.readAgainAt !== undefined || report.case.because === 'follow-up';
  if (!isQuiet || before === undefined) return false;
  if (report.outcome !== before.outcome || report.incident !== before.incident) return false;
  const said = new Set(findingsOf(before).map(wordOf));
  return findingsOf(report).every((finding) => finding.status === 'nothing-to-do' || said.has(wordOf(finding)));
}

export const findingsOf = ({ steps }: EndOfCase): EndOfCase['steps'][number]['findings'] =>
  steps.flatMap(({ findings }) => findings);
const wordOf = ({ id, status }: { readonly id: string; readonly status: string }): string => `${id} ${status}`;

/** When the newest call was made of which the report says that it passed the gateway; undefined where it tells of none. */
export function passedIn(report: EndOfCase): string | undefined {
  const told = findingsOf(report).find(({ kind }) => kind === PASSED_CALL);
  return told === undefined ? undefined : String(told.evidence.at);
}
