import type { CaseId } from '../../src/cases/ids.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { revisionBefore } from '../case/report/revision-before.ts';

/**
 * The day of the report before of this case, where it says that a list was read whole, and that it showed something of
 * the leaver’s own, which was cut. What a deleted person has grows no more: where the same deletion still holds, that
 * nothing is listed then is what the cut left, and no list that hides the deleted.
 */
export async function cutBefore(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  { oid, state, deletedAt }: Pick<Leaver, 'oid' | 'state' | 'deletedAt'>,
  list: { readonly source: string; readonly kinds: readonly string[] } | undefined,
): Promise<string | undefined> {
  if (list === undefined || state !== 'soft-deleted' || deletedAt === undefined) return undefined;
  const row = (await vendors.storage.getCase(caseId))?.row;
  const before = row && (await revisionBefore(vendors, row));
  if (before === undefined || before.end.leaver.deletedAt !== deletedAt) return undefined;
  const { steps, generatedAt } = before.end;
  const isWhole = steps.some(({ coverage }) =>
    coverage.some(({ source, state }) => source === list.source && state === 'complete'),
  );
  const wasCut = steps.some(({ findings }) =>
    findings.some(
      ({ kind, status, evidence }) =>
        list.kinds.includes(kind) && status === 'done' && String(evidence.principalId).toLowerCase() === oid,
    ),
  );
  return isWhole && wasCut ? generatedAt.slice(0, 10) : undefined;
}
