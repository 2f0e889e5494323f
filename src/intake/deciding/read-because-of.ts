import type { CaseRow } from '../../cases/case.ts';
import { noteAnswer, toBeReadAgain } from '../../cases/following/attempts.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';
import type { ProtectionSettings } from '../person/protection.ts';
import { whyOver } from '../read-again.ts';

/**
 * What becomes of the newest case of a person because of an answer. `reads`: its next revision is due. `noted`: it runs,
 * or cannot be read now, and is read again as soon as it can. `none`: no case is read because of it; the next one uses it.
 */
export interface Reading {
  readonly kind: 'reads' | 'noted' | 'none';
  readonly caseId?: CaseRow['caseId'];
  readonly why?: string;
}

/** Has the newest case of a person that cuts, or where there is none the newest plan, read again. */
export async function readBecauseOf(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  oid: Oid,
  at: string,
  /** What the running attempt rests on does not hold any more. */
  stops: boolean,
): Promise<Reading> {
  const rows = (await vendors.storage.casesOf(oid)).map(({ row }) => row);
  const row = rows.findLast(({ mode }) => mode === 'apply') ?? rows.at(-1);
  if (row === undefined) return { kind: 'none', why: 'There is no case of the person; the next one uses it.' };
  const { caseId } = row;
  if (row.state === 'filed') {
    const paused = (await vendors.storage.readPause()) !== undefined;
    const over = paused ? 'unreadable' : await whyOver(vendors, settings, row);
    if (over !== undefined && over !== 'unreadable') return { kind: 'none', caseId, why: over.why };
    let kind: Reading['kind'] = 'none';
    await vendors.storage.updateCase(caseId, (current) => {
      const again = over === undefined ? toBeReadAgain(current, at, 'answer') : undefined;
      const next = again ?? noteAnswer(current, at, stops);
      kind = again !== undefined ? 'reads' : next === undefined ? 'none' : 'noted';
      return next;
    });
    return { kind, caseId };
  }
  let noted = false;
  const { row: now } = await vendors.storage.updateCase(caseId, (current) => {
    const next = noteAnswer(current, at, stops);
    noted = next !== undefined;
    return next;
  });
  return noted ? { kind: 'noted', caseId } : { kind: 'none', caseId, why: `The case is ${now.state}.` };
}
