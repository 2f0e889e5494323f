import type { Oid } from '../oid.ts';
import { type Answer, forceOf } from './answers.ts';

/** How much earlier than a report an answer may have been said, and yet not be in it: a case reads for hours. */
const READ_FOR_MS = 24 * 3_600_000;

/**
 * Whether something that a report may have rested on does not hold any more: an answer was withdrawn, or says since, or
 * shortly before, that something is not the person's.
 */
export function isLessSince(answers: readonly Answer[], filedAt: string): boolean {
  const since = Date.parse(filedAt) - READ_FOR_MS;
  return answers.some(({ kind, statement, confirmed, withdrawn }) => {
    const denies = kind === 'service-account' || (kind === 'account' && statement === 'is-not');
    const words = [withdrawn, denies ? confirmed : undefined];
    return words.some((word) => word !== undefined && Date.parse(word.at) >= since);
  });
}

/** An account that an earlier report took for the person's. */
export interface RestedOn {
  readonly vendor: 'github' | 'azure-devops';
  readonly id: string;
}

/**
 * The same by what was said with another person's case: that the account is theirs or a service's, and that the two are
 * one person no more.
 */
export function isLessByOthersSince(
  oid: Oid,
  accounts: readonly RestedOn[],
  answers: readonly Answer[],
  filedAt: string,
): boolean {
  const about = answers.filter((each) => {
    if (each.oid === oid) return false;
    if (each.kind === 'same-person') return each.other === oid;
    const speaksOfAll = each.kind === 'service-account' || (each.kind === 'account' && each.statement === 'is');
    return speaksOfAll && accounts.some(({ vendor, id }) => vendor === each.vendor && id === each.accountId);
  });
  const since = Date.parse(filedAt) - READ_FOR_MS;
  return about.some((each) => {
    const word = each.kind === 'same-person' ? each.withdrawn : forceOf(each) === 'confirmed' && each.confirmed;
    return word !== undefined && word !== false && Date.parse(word.at) >= since;
  });
}
