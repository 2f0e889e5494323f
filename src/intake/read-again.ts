import { isDeepStrictEqual } from 'node:util';
import type { CaseRow } from '../cases/case.ts';
import { toBeReadAgain } from '../cases/following/attempts.ts';
import { type Due, dueOf } from '../cases/following/follow-up.ts';
import { isNewerOffboarding } from '../cases/following/newer.ts';
import { whyAllUndone } from '../cases/remedies/restore.ts';
import { instant } from '../cases/words/wording.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { askProtection, type ProtectionSettings, protectionFor } from './person/protection.ts';
import { resolveSubject } from './person/resolve-subject.ts';

type ReadAgainSettings = ProtectionSettings & Pick<Config, 'READ_AGAIN_DAYS'>;

/** What became of a filed case whose time to be read again has come. */
export type ReadAgainDue =
  /** The next attempt of it is due. */
  | { readonly kind: 'due' }
  /** The app is paused, the directory cannot be asked, or somebody else was faster. */
  | { readonly kind: 'waits' }
  /** It is not read again by itself. `nobodyKnows`: somebody has to look at it. */
  | { readonly kind: 'over'; readonly why: string; readonly nobodyKnows?: true };

const DAY_MS = 24 * 3_600_000;
const NEVER: Over = { why: 'The setting READ_AGAIN_DAYS says that no case is read again.' };

/**
 * Lets a filed case be read again that is due, as it was opened: same mode, same person. Not of somebody whom the firm has let in
 * again or protects by now, and not where a newer case is about the same person: what is known by now is its word.
 */
export async function readAgain(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ReadAgainSettings,
  row: CaseRow,
  now: Date,
): Promise<ReadAgainDue> {
  const due = dueOf(row, now);
  if (due === undefined || (await vendors.storage.readPause()) !== undefined) return { kind: 'waits' };
  const isNever = due.because === 'vendor-away' && settings.READ_AGAIN_DAYS === 0;
  const why = isNever ? NEVER : await whyOver(vendors, settings, row, due);
  const lost = why === 'unreadable' ? whyGivenUp(settings, due, now) : why;
  if (lost === 'waits') return { kind: 'waits' };
  let written = false;
  await vendors.storage.updateCase(row.caseId, (current) => {
    written =
      current.state === 'filed' &&
      current.readAgainAt === row.readAgainAt &&
      isDeepStrictEqual(current.followUps, row.followUps);
    if (!written) return undefined;
    if (lost === undefined) return toBeReadAgain(current, now.toISOString(), due.because);
    const { readAgainAt: _, followUps, ...rest } = current;
    return { ...rest, ...(isNever && followUps && { followUps }), notReadAgain: lost.why };
  });
  if (!written) return { kind: 'waits' };
  return lost === undefined ? { kind: 'due' } : { kind: 'over', ...lost };
}

/**
 * Why a filed case is over for good, so that nothing more is read or cut for it; `unreadable` where the directory cannot
 * be asked about its person.
 */
export async function whyOver(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  row: CaseRow,
  due?: Due,
): Promise<Over | 'unreadable' | undefined> {
  return (await whyNoMore(vendors, row, due)) ?? (await whyNotThem(vendors, settings, row));
}

interface Over {
  readonly why: string;
  readonly nobodyKnows?: true;
}

/** By what the app itself knows. */
async function whyNoMore({ storage }: Pick<Vendors, 'storage'>, row: CaseRow, due?: Due): Promise<Over | undefined> {
  const { oid, n, mode, restoredAt, cancellation, notReadAgain } = row;
  // A vendor that was asked in vain may be asked at a follow-up, or when somebody asks for it.
  if (notReadAgain !== undefined && due?.because === 'vendor-away') return { why: notReadAgain };
  if (restoredAt !== undefined && due?.restore !== true)
    return { why: `The account was seen to be back at ${instant(restoredAt)}.` };
  if (cancellation !== undefined) return { why: `The day was taken back: ${cancellation}` };
  const undone = whyAllUndone(row);
  if (undone !== undefined) return { why: undone };
  const newer = (await storage.casesOf(oid)).find(
    // Another plan is what is known by now of whom there is a plan alone.
    ({ row: other }) => isNewerOffboarding(other, n) || (mode === 'plan' && other.mode === 'plan' && other.n > n),
  );
  if (newer !== undefined) return { why: `The case ${newer.row.caseId} is about the same person, and newer.` };
  const denied = mode === 'apply' && due?.restore !== true ? await storage.getDenied(oid) : undefined;
  const released = denied?.state === 'released' ? denied.released : undefined;
  return released && { why: `${released.by} let the person in again at ${instant(released.at)}: ${released.why}` };
}

/** By what the directory says of the person. */
async function whyNotThem(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  row: CaseRow,
): Promise<Over | 'unreadable' | undefined> {
  if (row.mode === 'plan') return undefined;
  const subject = await resolveSubject(vendors, row.oid);
  if (subject.kind === 'not-a-person') return { why: subject.why };
  const protection =
    subject.kind === 'person'
      ? protectionFor(row.mode, await askProtection(vendors, settings, subject.person))
      : undefined;
  if (protection?.kind === 'free') return undefined;
  return protection?.kind === 'protected' ? { why: protection.why } : 'unreadable';
}

/** Nobody waits for the directory for longer than a case is read again. */
function whyGivenUp({ READ_AGAIN_DAYS }: ReadAgainSettings, { at }: Due, now: Date): Over | 'waits' {
  const days = Math.max(1, READ_AGAIN_DAYS);
  if (now.getTime() - Date.parse(at) < days * DAY_MS) return 'waits';
  return { why: `Entra could not be asked about the person for ${days} days.`, nobodyKnows: true };
}
