import * as z from 'zod';
import { type CaseRow, CaseRowSchema } from '../../../src/cases/case.ts';
import { isGap } from '../../../src/cases/coverage/coverage.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { CaseIdSchema } from '../../../src/cases/ids.ts';
import { type Action, type BlobRef, type RemedyCall, wasCut } from '../../../src/cases/remedies/remedy.ts';
import type { GivenBack } from '../../../src/cases/remedies/restore.ts';
import { StepPartRefSchema, type StepResult } from '../../../src/cases/step-result.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { givenBack } from '../../../src/intake/deciding/read-undone.ts';
import { isLessByOthersSince, type RestedOn } from '../../../src/people/answers/answers-since.ts';
import { remedyDefinition, stepsIn } from '../../../src/steps/registry.ts';
import { givenBackOf } from '../../../src/steps/restoring/given-back.ts';
import { AppliedRemedySchema } from '../applied-remedy.ts';
import { fileStepResult } from './file-step-result.ts';
import { type RevisionBefore, revisionBefore } from './revision-before.ts';

/** Targets that are read at once. */
const AT_ONCE = 8;

const CarriedSchema = z.strictObject({
  /** The findings that are carried on. */
  parts: z.array(StepPartRefSchema),
  /** The remedies that were carried out before, as they were recorded then. */
  applied: z.array(AppliedRemedySchema),
});
export type Carried = Shaped<typeof CarriedSchema>;

/**
 * What the report before found, for the next one. Much of it is found no more because it was cut: each target is read
 * back anew, what lives on after a cut is told until it ends, and what somebody did with the access stays an incident.
 * Left out is what was found anew, what is seen to be gone although the case did not cut it, and what could not be
 * checked where this reading was whole, and so has its own word; of these an incident stands all the same.
 */
export const carryFindings = defineActivity(
  'carryFindings',
  {
    input: z.strictObject({
      caseId: CaseIdSchema,
      row: CaseRowSchema,
      /** What was found by this reading. */
      parts: z.array(StepPartRefSchema),
      /** An answer that the report before may have rested on does not hold any more. */
      weakened: z.exactOptional(z.literal(true)),
    }),
    output: CarriedSchema,
  },
  async ({ caseId, row, parts, weakened: byOwn }, { vendors }) => {
    const before = await revisionBefore(vendors, row);
    if (before === undefined) return { parts: [], applied: [] };
    const weakened = byOwn === true || (await isLessByOthers(vendors, row, before));
    const steps = before.files.filter(({ name }) => name.includes('/steps/'));
    const undone = await givenBack(vendors, row.restores ?? []);
    const [cut, filed, found] = await Promise.all([
      cutBefore(vendors, before.files, undone),
      readAll<StepResult>(vendors, steps),
      readAll<StepResult>(
        vendors,
        parts.map(({ ref }) => ref),
      ),
    ]);
    const anew = new Set(found.flatMap(({ findings }) => findings.map(({ id }) => id)));
    const earlier = new Map(filed.flatMap(({ findings }) => findings.map((each) => [each.id, each] as const)));
    const missing = [...earlier.values()].filter(({ id }) => !anew.has(id));
    const here = found.flatMap(({ findings }) => findings.flatMap(({ remedy }) => remedy?.call ?? []));
    const isUnread = (step: string): boolean => {
      const own = found.filter((part) => part.step === step);
      return own.length === 0 || own.some(({ coverage }) => coverage.some(isGap));
    };
    const reading = { undone, here, isUnread };
    const carried = (
      await mapBounded(
        missing,
        AT_ONCE,
        async (each) => (await asItStands(vendors, weakened ? withoutRemedy(each, cut) : each, cut, reading)) ?? [],
      )
    ).flat();
    const filing = stepsIn('discover').flatMap(({ name }) => {
      const findings = carried.filter(({ step }) => step === name);
      if (findings.length === 0) return [];
      return [fileStepResult(vendors, caseId, { step: name, findings, coverage: [], actions: [] })];
    });
    const remedies = new Set(carried.flatMap(({ remedy }) => remedy?.id ?? []));
    return {
      parts: await Promise.all(filing),
      applied: [...remedies].flatMap((remedyId) => {
        const known = cut.get(remedyId);
        return known === undefined ? [] : [{ remedyId, ...known }];
      }),
    };
  },
);

const Rested = z.object({
  leaver: z.object({
    github: z.array(z.object({ id: z.number() })),
    devops: z.array(z.object({ descriptor: z.string() })),
  }),
});

/** Whether what people said about others speaks against what the report before rested on. */
async function isLessByOthers(
  { storage }: Pick<Vendors, 'storage'>,
  { oid, revisions = [] }: CaseRow,
  { files }: RevisionBefore,
): Promise<boolean> {
  const last = revisions.at(-1);
  const ref = files.find(({ name }) => name === last?.report);
  if (last === undefined || ref === undefined) return false;
  const [answers, report] = await Promise.all([storage.listAnswers(), storage.getJson<unknown>(ref)]);
  const read = Rested.safeParse(report);
  const accounts: RestedOn[] = !read.success
    ? []
    : [
        ...read.data.leaver.github.map(({ id }) => ({ vendor: 'github' as const, id: String(id) })),
        ...read.data.leaver.devops.map(({ descriptor }) => ({ vendor: 'azure-devops' as const, id: descriptor })),
      ];
  return isLessByOthersSince(oid, accounts, answers, last.filedAt);
}

/** What is known of this reading. */
interface Reading {
  readonly undone: readonly GivenBack[];
  readonly here: readonly RemedyCall[];
  /** Whether a step read less than all that it is to read. */
  readonly isUnread: (step: string) => boolean;
}

type Cut = ReadonlyMap<string, { readonly result: Action['result']; readonly action: BlobRef }>;

/** As the next report says it; undefined where that has nothing to say of it. */
async function asItStands(
  vendors: Vendors,
  finding: Finding,
  cut: Cut,
  { undone, here, isUnread }: Reading,
): Promise<Finding | undefined> {
  const { remedy, status, incident, residual } = finding;
  if (remedy !== undefined && cut.has(remedy.id)) return finding;
  const over = incident === true ? asIncident(finding) : undefined;
  const back = remedy && givenBackOf(undone, remedy.call);
  if (back !== undefined) {
    // Found anew, under the number that it has now; or seen to be gone, whoever took it.
    if (here.some((call) => givenBackOf([back], call) !== undefined)) return over;
    return back.undone.result !== 'unseen' && (await isGoneAgain(vendors, back.wanted.call)) ? over : finding;
  }
  // What lives on until it ends is nothing to do, and no reading finds it where the case cut what it came from.
  if (status === 'nothing-to-do') return residual === undefined ? over : finding;
  if (status === 'could-not-check') return isUnread(finding.step) ? withoutAct(finding) : over;
  if (remedy === undefined) return finding;
  const target = await remedyDefinition(remedy.call).read(vendors, remedy.call);
  return !target.ok || target.value.state === 'present' ? finding : over;
}

/** Whether something that was given back stands there no more. */
async function isGoneAgain(vendors: Vendors, call: RemedyCall): Promise<boolean> {
  const { restore } = remedyDefinition(call);
  if (restore.by !== 'app') return false;
  const now = await restore.look(vendors, call);
  return now.ok && now.value.is === 'free';
}

/**
 * Found by the report before and by this reading no more, after people took back, or denied, what that may have rested
 * on: nothing of it is cut before somebody has looked.
 */
function withoutRemedy(finding: Finding, cut: Cut): Finding {
  const { remedy, ...rest } = finding;
  if (remedy === undefined || cut.has(remedy.id)) return finding;
  const reason = `${finding.reason} The report before found it, and may have rested on an answer that does not hold any more: find out whose it is.`;
  return { ...rest, status: 'manual-action', reason };
}

/** Nobody acts on what could not be checked. */
function withoutAct({ remedy: _, ...finding }: Finding): Finding {
  return finding;
}

/** What somebody did stays an incident, whatever became of that with which they did it. */
function asIncident({ remedy: _, closedWith: __, ...finding }: Finding): Finding {
  const reason = `${finding.reason} The report before found it; this one has its own word on what is left of it.`;
  return { ...finding, status: 'nothing-to-do', reason };
}

/** What was carried out, by its remedy: of several actions about one the last, where nobody had it undone since. */
async function cutBefore(
  vendors: Pick<Vendors, 'storage'>,
  files: readonly BlobRef[],
  undone: readonly GivenBack[],
): Promise<Cut> {
  const backAt = new Map(undone.map(({ wanted, undone: { at } }) => [String(wanted.remedyId), Date.parse(at)]));
  const refs = files.filter(({ name }) => /\/actions\/R-[0-9a-f]{12}\.json$/.test(name));
  const actions = await readAll<Action>(vendors, refs);
  const all = actions.flatMap((action, index) => {
    const ref = refs[index];
    const isBack = Date.parse(action.at) <= (backAt.get(action.remedyId) ?? 0);
    return ref === undefined || !wasCut(action) || isBack ? [] : [{ action, ref }];
  });
  return new Map(
    all
      .toSorted((one, other) => Date.parse(one.action.at) - Date.parse(other.action.at))
      .map(({ action, ref }) => [action.remedyId, { result: action.result, action: ref }]),
  );
}

function readAll<T>(vendors: Pick<Vendors, 'storage'>, refs: readonly BlobRef[]): Promise<T[]> {
  return Promise.all(refs.map((ref) => vendors.storage.getJson<T>(ref)));
}
