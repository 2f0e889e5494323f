import type * as z from 'zod';
import { LeaverSchema } from '../../people/leaver.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant } from '../words/wording.ts';

/** What of a person says whether they leave. */
export const AccountSchema = LeaverSchema.pick({ state: true, deletedAt: true, leaveAt: true, leaveAtUnread: true });
type Account = Immutable<z.output<typeof AccountSchema>>;

export function accountOf({ state, deletedAt, leaveAt, leaveAtUnread }: Account): Account {
  return {
    state,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(leaveAt === undefined ? {} : { leaveAt }),
    ...(leaveAtUnread === undefined ? {} : { leaveAtUnread }),
  };
}

/**
 * Why a person is no leaver any more, in a sentence, by what was true when the case was opened; undefined where nothing
 * says so. An account that was enabled then, because HR or an operator knew better, may be enabled now.
 * @param now the instant at which `current` was read
 */
export function whyReturned(opened: Account, current: Account, now: Date): string | undefined {
  if (opened.state === 'unreadable' || !isLiving(current)) return undefined;
  if (!isLiving(opened)) {
    const when = opened.deletedAt === undefined ? '' : ` (at ${instant(opened.deletedAt)})`;
    return `The account was deleted${when} when the case was opened, and is ${stateWords(current)} now: somebody restored it.`;
  }
  if (opened.state === 'disabled' && current.state === 'active') {
    return 'The account was disabled when the case was opened, and is enabled now.';
  }
  return whyNotLeavingYet(opened, current, now);
}

/** HR moved the last day, or took it back. What the app may not read says nothing. */
function whyNotLeavingYet(opened: Account, current: Account, now: Date): string | undefined {
  if (opened.leaveAtUnread === true || current.leaveAtUnread === true) return undefined;
  const { leaveAt } = current;
  if (leaveAt === undefined) {
    return opened.leaveAt === undefined
      ? undefined
      : `The last day that HR had recorded (${instant(opened.leaveAt)}) was taken back.`;
  }
  const isSame = opened.leaveAt !== undefined && Date.parse(opened.leaveAt) === Date.parse(leaveAt);
  return !isSame && Date.parse(leaveAt) > now.getTime() ? `HR moved the last day to ${instant(leaveAt)}.` : undefined;
}

function isLiving({ state }: Account): boolean {
  return state === 'active' || state === 'disabled';
}

function stateWords({ state }: Account): string {
  return state === 'active' ? 'enabled' : 'there, disabled,';
}

/**
 * Milliseconds for which an account that was deleted may still be shown by a replica that has not heard of it. Nothing
 * is cut meanwhile, and nobody let in.
 */
export function staleFor(deletedAt: string | undefined, replicationSeconds: number, now: Date): number {
  return deletedAt === undefined ? 0 : Math.max(0, Date.parse(deletedAt) + replicationSeconds * 1_000 - now.getTime());
}
