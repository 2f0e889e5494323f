import type { OffboardingRequest } from '../../cases/case.ts';
import { leavesAt } from '../../cases/following/leaves-at.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import type { Oid } from '../../people/oid.ts';
import { findOnePerson } from '../person/find-one-person.ts';
import type { SaidOfPerson } from '../person/read-asked.ts';
import { hrKeyOf, wasMovedByOlder } from '../rules/hr-words.ts';
import { openCase } from '../starting/open-case.ts';
import type { OpenedCase } from '../starting/opened-case.ts';
import { moveScheduled } from '../starting/scheduled-cases.ts';
import { type NoticeOutcome, type NoticeParts, rejected, whyNotMoved } from './notice-outcome.ts';
import { takeBack } from './take-back.ts';

/**
 * Does what HR says of a leaving, as far as it is the newest that HR said of it. What is read while something newer is
 * recorded could be carried out after it: so the newest is looked for again at the end, and carried out last.
 */
export async function receiveNotice(parts: NoticeParts, notice: HrNotice): Promise<NoticeOutcome> {
  const { vendors } = parts;
  const meant = await findOnePerson(vendors, notice.person);
  if (meant.kind === 'not-known') return { kind: 'unreadable', failure: meant.failure };
  if (meant.kind === 'not-one') return rejected(meant.why);
  const { oid } = meant;
  const { about, confirmUserPrincipalName } = notice;
  const said = confirmUserPrincipalName === undefined ? meant.said : { ...meant.said, confirmUserPrincipalName };
  if (about === undefined) return act(parts, notice, oid, said);
  const recorded = await vendors.storage.recordLeaving(about.leavingId, { oid, notice });
  if (recorded.kind === 'another-person')
    return rejected(`/leavingId: HR named another person (${recorded.oid}) by it before; nothing was done`);
  if (recorded.kind === 'superseded') {
    // An earlier delivery may have carried this out, late, and died before it looked again.
    const again = await receiveNotice(parts, recorded.by);
    return again.kind === 'unreadable' ? again : rejected(whySuperseded(recorded.by));
  }
  const outcome = await act(parts, notice, oid, said);
  const newest = await vendors.storage.readLeaving(about.leavingId);
  if (newest !== undefined && newest.notice.messageId !== notice.messageId) {
    const again = await receiveNotice(parts, newest.notice);
    if (again.kind === 'unreadable') return again;
  }
  return outcome;
}

function whySuperseded({ messageId, kind, about }: HrNotice): string {
  return `/issuedAt: the message ${messageId} (${kind}, of ${about?.issuedAt}) is as new or newer, and counts; nothing was done`;
}

async function act(parts: NoticeParts, notice: HrNotice, oid: Oid, said: SaidOfPerson): Promise<NoticeOutcome> {
  switch (notice.kind) {
    case 'leaver':
    case 'changed':
      return leave(parts, notice, oid, said);
    case 'withdrawn':
    case 'rehired':
      return takeBack(parts, notice, oid);
    default:
      return notice.kind satisfies never;
  }
}

async function leave(parts: NoticeParts, notice: HrNotice, oid: Oid, said: SaidOfPerson): Promise<NoticeOutcome> {
  const { vendors, settings, start, now, mode } = parts;
  const { lastDay, leaving, requestedBy } = notice;
  const instant = leaving === undefined ? undefined : leavesAt(leaving);
  const startsAt = instant !== undefined && Date.parse(instant) > now().getTime() ? instant : undefined;
  const request: OffboardingRequest = {
    oid,
    trigger: 'hr-queue',
    reason: notice.reason ?? `HR reported a leaver${lastDay === undefined ? '' : `, last day ${lastDay}`}.`,
    requestedBy,
    requestedAt: now().toISOString(),
    mode,
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(startsAt === undefined ? {} : { startsAt }),
    dedupeKey: hrKeyOf(notice),
  };
  const opened = await openCase(vendors, settings, request, start, now, said);
  if (startsAt === undefined || !('stored' in opened)) return outcomeOf(opened, oid, request);
  const { row } = opened.stored;
  // A repeat moves nothing by itself, but something older may have moved the case since it was first carried out.
  const isElsewhere = row.state === 'scheduled' && row.startsAt !== startsAt && row.mode === request.mode;
  if (isElsewhere && wasMovedByOlder(row, notice)) {
    const moved = await moveScheduled(vendors, row.caseId, { startsAt, ...(lastDay && { lastDay }) }, request, now());
    // It was started or cancelled while this was on its way.
    if (moved.kind === 'not-scheduled') return rejected(whyNotMoved(moved.stored.row), moved.stored.row);
    return outcomeOf({ ...opened, stored: moved.stored }, oid, request);
  }
  if (notice.kind === 'changed' && row.state !== 'scheduled' && row.state !== 'refused')
    return rejected(whyNotMoved(row), row);
  return outcomeOf(opened, oid, request);
}

function outcomeOf(opened: OpenedCase, oid: Oid, request: OffboardingRequest): NoticeOutcome {
  switch (opened.kind) {
    case 'unreadable':
      return { kind: 'unreadable', failure: opened.failure };
    case 'not-a-person':
    case 'not-confirmed':
    case 'not-a-leaver':
    case 'unknown-person':
      return rejected(opened.why);
    case 'refused':
      return rejected(opened.stored.row.refusal ?? 'The case was refused.', opened.stored.row);
    case 'on-hold':
    case 'opened':
    case 'merged':
    case 'duplicate': {
      const { caseId, mode, state, openedAt, startsAt, onHold, reason } = opened.stored.row;
      const asPlan = mode === 'plan' && request.mode === 'apply' ? { note: reason } : {};
      const begins = { startsAt: state === 'scheduled' ? (startsAt ?? openedAt) : openedAt };
      const when = onHold === undefined ? { ...begins, ...asPlan } : { note: onHold };
      return { kind: 'accepted', oid, caseId, mode, ...when, opened: { request, as: opened } };
    }
    default:
      return opened satisfies never;
  }
}
