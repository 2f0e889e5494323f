import { type CaseRow, instanceIdOf, type OffboardingRequest } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { enqueueMessages } from '../../outbox/enqueue.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import { containFirst } from '../containing/contain-first.ts';
import type { Asked } from '../person/read-asked.ts';
import type { IntakeDecision } from '../rules/decide-intake.ts';
import { mayStart, mergeRequest } from '../rules/merge-request.ts';
import { asStarted, goOn } from '../starting/go-on.ts';
import { massLeaving, released } from '../starting/hold-case.ts';
import type { OpenedCase, StartSettings } from '../starting/opened-case.ts';
import { type StartCase, startRow } from '../starting/start-row.ts';

/** A decision with all that it was made of. */
interface Decided extends Asked {
  readonly decision: IntakeDecision;
  readonly start: StartCase;
  readonly now: () => Date;
}

/** Does what was decided about a request. @returns undefined where somebody else was faster: it must be decided anew */
export async function carryOut(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  decided: Decided,
): Promise<OpenedCase | undefined> {
  const { decision, cases } = decided;
  switch (decision.kind) {
    case 'not-a-leaver':
    case 'unknown-person':
      return decision;
    case 'open':
      return open(vendors, settings, decided, decision);
    case 'refuse': {
      const row: CaseRow = { ...newRow(decided, decision), state: 'refused', refusal: decision.refusal };
      const stored = await writeRefused(vendors, settings, row);
      return stored && { kind: 'refused', stored };
    }
    case 'merge':
      return merge(vendors, settings, decided, decision.caseId);
    case 'duplicate': {
      const repeated = cases.find(({ row }) => row.caseId === decision.caseId);
      return repeated && goOn(vendors, settings, decided, repeated, 'duplicate');
    }
    default:
      return decision satisfies never;
  }
}

async function open(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  decided: Decided,
  as: Identity,
): Promise<OpenedCase | undefined> {
  const { request, person, start, now } = decided;
  const row = newRow(decided, as);
  // Entered before it is counted, so that of many at the same moment each sees the others.
  await vendors.storage.enterInIndex(row);
  const hold = await massLeaving(vendors, settings, row);
  if (hold !== undefined) await enqueueMessages(vendors, settings, { row, moments: ['on-hold'], at: row.openedAt });
  if (row.mode === 'apply' && decided.cases.some(({ row: earlier }) => hasCutBefore(earlier)))
    await enqueueMessages(vendors, settings, { row, moments: ['reopened'], at: row.openedAt });
  await enterStart(vendors, row.caseId, request, now());
  const stored = await vendors.storage.createCase({ ...row, ...hold });
  if (stored === undefined) {
    await vendors.storage.removeFromIndex(row);
    return undefined;
  }
  // Nobody is contained before their day.
  if (row.state === 'scheduled') return { kind: hold === undefined ? 'opened' : 'on-hold', stored };
  if (hold !== undefined)
    return asStarted('opened', (await containFirst(vendors, settings, row, now)).stored ?? stored);
  return asStarted('opened', await startRow(vendors, settings, row, person, start, now));
}

async function merge(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: StartSettings,
  decided: Decided,
  caseId: CaseId,
): Promise<OpenedCase | undefined> {
  const { request, person, cases, now } = decided;
  await enterStart(vendors, caseId, request, now());
  const seen = cases.find(({ row }) => row.caseId === caseId)?.row.state;
  let changed = false;
  const merged = await vendors.storage.updateCase(caseId, (row) => {
    changed = row.state !== seen;
    // What began, ended or was cancelled meanwhile is decided about anew: this request may need a case of its own.
    if (changed) return undefined;
    const next = mergeRequest(row, request, person.deletedAt);
    if (!mayStart(next, request)) return next;
    // An operator asks for a case that is on hold: that is the release.
    return released(next);
  });
  return changed ? undefined : goOn(vendors, settings, decided, merged, 'merged');
}

/** Before the row: an entry that leads nowhere is taken away later, a row without one would wait for ever. */
async function enterStart(
  vendors: Pick<Vendors, 'storage'>,
  caseId: CaseId,
  { startsAt }: Pick<OffboardingRequest, 'startsAt'>,
  now: Date,
): Promise<void> {
  if (startsAt !== undefined) await vendors.storage.enterDueStart({ caseId, startsAt }, now);
}

async function writeRefused(
  vendors: Pick<Vendors, 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
): Promise<StoredCase | undefined> {
  await vendors.storage.enterInIndex(row);
  await enqueueMessages(vendors, settings, { row, moments: ['refused'], at: row.openedAt });
  const stored = await vendors.storage.createCase(row);
  if (stored === undefined) await vendors.storage.removeFromIndex(row);
  return stored;
}

/** Whether another case of the same person opens anew what was over. */
function hasCutBefore({ mode, state }: CaseRow): boolean {
  return mode === 'apply' && (state === 'filed' || state === 'failed');
}

interface Identity {
  readonly caseId: CaseId;
  readonly n: number;
}

function newRow({ request, person, now }: Decided, { caseId, n }: Identity): CaseRow {
  const waits = request.startsAt !== undefined;
  return {
    ...request,
    caseId,
    n,
    state: waits ? 'scheduled' : 'open',
    ...(person.displayName && { displayName: person.displayName }),
    ...(person.userPrincipalName && { userPrincipalName: person.userPrincipalName }),
    instanceId: instanceIdOf(caseId),
    openedAt: now().toISOString(),
    merged: [],
    // What a case that waits is about is read when it starts.
    ...(person.deletedAt === undefined || waits ? {} : { deletedAt: person.deletedAt }),
  };
}
