import { isNewerOffboarding } from '../../cases/following/newer.ts';
import { type CaseId, parseCaseId } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';

/**
 * Why a case has no say in its person any more, in a sentence: a later one cuts them off, or will. Undefined where there
 * is none.
 */
export async function whyNewer({ storage }: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<string | undefined> {
  const about = parseCaseId(caseId);
  if (about === undefined) return undefined;
  const rows = (await storage.casesOf(about.oid)).map(({ row }) => row);
  const newer = rows.find((other) => isNewerOffboarding(other, about.n));
  return newer && `The case ${newer.caseId} is about the same person, and newer.`;
}
