import type { CaseRow } from '../../../src/cases/case.ts';
import type { CoverageDecisions } from '../../../src/cases/coverage/coverage-decisions.ts';
import type { Exception } from '../../../src/cases/decisions/exception.ts';
import { begunFolderOf, revisionFolderOf } from '../../../src/cases/folders.ts';
import { revisionOf } from '../../../src/cases/following/attempts.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { Plan } from '../../../src/cases/remedies/plan.ts';
import type { Action, BlobRef } from '../../../src/cases/remedies/remedy.ts';
import type { StepResult, StepResultRef } from '../../../src/cases/step-result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { ManifestFile } from '../../../src/report/report.ts';

/** What a report rests on. */
interface Evidence {
  readonly caseId: CaseId;
  readonly row: CaseRow;
  readonly parts: readonly StepResultRef[];
  readonly plan?: BlobRef;
  readonly actions: readonly BlobRef[];
  readonly leaver: Pick<Leaver, 'answers'>;
  /** Those that hold. */
  readonly exceptions: readonly Pick<Exception, 'file'>[];
}

export interface Collected {
  readonly parts: readonly StepResult[];
  readonly plan?: Plan;
  readonly actions: readonly Action[];
  readonly decisions: CoverageDecisions;
  /** Every file of the evidence so far, by name. */
  readonly files: readonly ManifestFile[];
}

/** Brings everything that the report rests on into the sealed container. */
export async function collectEvidence(
  vendors: Pick<Vendors, 'storage'>,
  folder: string,
  input: Evidence,
  decisions: CoverageDecisions,
): Promise<Collected> {
  const numbers = new Map<string, number>();
  const [parts, actions, plan, decided] = await Promise.all([
    Promise.all(
      input.parts.map(({ step, ref }) => {
        const n = (numbers.get(step) ?? 0) + 1;
        numbers.set(step, n);
        return seal<StepResult>(vendors, ref, `${folder}/steps/${step}-${n}.json`);
      }),
    ),
    Promise.all(input.actions.map((ref) => sealAction(vendors, folder, ref))),
    input.plan === undefined ? undefined : seal<Plan>(vendors, input.plan, `${folder}/plan.json`),
    // The first that were filed stand: a second run must write the same report, whatever the settings say by then.
    vendors.storage.putFirst('evidence', `${folder}/coverage-decisions.json`, prettyJson(decisions)),
  ]);
  const values = parts.map(({ value }) => value);
  const images = [...actions, ...values.flatMap((part) => part.actions)].flatMap((action) => action.beforeImage ?? []);
  // What was written comes with its digest: were a file changed since, the manifest must not vouch for the change.
  // What an earlier attempt cut belongs to the case: only it says so.
  const folders = [
    ...[revisionFolderOf(input.caseId, 1), revisionFolderOf(input.caseId, revisionOf(input.row))].flatMap((each) => [
      `${each}/before/`,
      `${each}/actions/`,
    ]),
    `${folder}/actions/`,
    // Whom the case was begun about.
    begunFolderOf(input.caseId),
  ];
  const listed = await Promise.all(
    [...new Set(folders)].map((prefix) => vendors.storage.listRefs('evidence', prefix, [...input.actions, ...images])),
  );
  const answers = (input.leaver.answers ?? []).flatMap(({ filed }) =>
    filed.map((file) => ({ ...file, container: 'evidence' as const })),
  );
  const said = await Promise.all([
    ...answers.map((ref) => sealWord(vendors, input.caseId, ref, `${folder}/answers`)),
    ...input.exceptions
      .flatMap(({ file = [] }) => file)
      .map((ref) => sealWord(vendors, input.caseId, ref, `${folder}/exceptions`)),
  ]);
  return {
    parts: values,
    actions,
    ...(plan === undefined ? {} : { plan: plan.value }),
    decisions: JSON.parse(decided.text) as CoverageDecisions,
    files: filesOf([
      ...parts.map(({ ref }) => ref),
      ...(plan === undefined ? [] : [plan.ref]),
      decided.ref,
      ...(input.row.decisions ?? []).map(({ file }) => file),
      ...said,
      ...listed.flat(),
      // Of an earlier revision, where what it cut stands in this report as well.
      ...input.actions.filter(({ container }) => container === 'evidence'),
    ]),
  };
}

/** The same with more. */
export function withFiles(files: readonly ManifestFile[], more: readonly BlobRef[]): ManifestFile[] {
  return more.length === 0
    ? [...files]
    : filesOf([...files.map((file) => ({ container: 'evidence' as const, ...file })), ...more]);
}

/** Each once, by name. */
function filesOf(refs: readonly BlobRef[]): ManifestFile[] {
  const byName = new Map(refs.map((ref) => [ref.name, fileOf(ref)]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Sealed<T> {
  readonly value: T;
  readonly ref: BlobRef;
}

async function seal<T>(vendors: Pick<Vendors, 'storage'>, ref: BlobRef, name: string): Promise<Sealed<T>> {
  const text = await vendors.storage.getChecked(ref);
  return { value: JSON.parse(text) as T, ref: await vendors.storage.putOnce('evidence', name, text) };
}

/** People's words are about the person, and lie where no other case is downloaded with this one: it has its own copy. */
async function sealWord(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  ref: BlobRef,
  folder: string,
): Promise<BlobRef> {
  if (ref.name.startsWith(`${revisionFolderOf(caseId, 1)}/`)) return ref;
  const text = await vendors.storage.getChecked(ref);
  return vendors.storage.putOnce('evidence', `${folder}/${ref.name.split('/').slice(-2).join('-')}`, text);
}

/** A successful action was filed as evidence when it happened; a failed one becomes final only now. */
async function sealAction(vendors: Pick<Vendors, 'storage'>, folder: string, ref: BlobRef): Promise<Action> {
  const text = await vendors.storage.getChecked(ref);
  const action = JSON.parse(text) as Action;
  if (ref.container !== 'evidence')
    await vendors.storage.putOnce('evidence', `${folder}/actions/${action.remedyId}-${action.result}.json`, text);
  return action;
}

export function fileOf({ name, sha256, bytes }: BlobRef): ManifestFile {
  return { name, sha256, bytes };
}

export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
