import { BECAUSE } from '../../cases/case.ts';
import { FINDING_STATUSES } from '../../cases/finding.ts';
import { comparedInWords, countsOf as numbersOf } from '../../cases/following/compare-revisions.ts';
import { counted, instant } from '../../cases/words/wording.ts';
import { joined, type Line } from '../../html/blocks.ts';
import { accountsOf } from '../../people/leaver.ts';
import type { Report } from '../report.ts';
import { statusLabel } from '../wording.ts';

/** A case may have been asked for a hundred times, and whoever reads it looks for the last ones. */
const MOST_ASKED = 4;
const MOST_ACCOUNTS = 8;

export type Fact = readonly [name: string, value: Line];

/** Who the person is, and who asked for the case. */
export function factsOf({ leaver, case: asked, comparison }: Pick<Report, 'leaver' | 'case' | 'comparison'>): Fact[] {
  const accounts = accountsOf(leaver).map(
    ({ vendor, name, confidence }): Line => [`${vendor} `, { code: name }, ` (${confidence})`],
  );
  const { manager } = leaver;
  return [
    ...(leaver.userPrincipalName === undefined ? [] : [fact('Account', { code: leaver.userPrincipalName })]),
    fact('Object id', { code: leaver.oid }),
    fact('Directory', leaver.state, ...(leaver.deletedAt === undefined ? [] : [' ', { time: leaver.deletedAt }])),
    ...lastDay(leaver),
    ...(manager === undefined
      ? []
      : [fact('Manager', `${manager.displayName}${manager.mail === undefined ? '' : ` (${manager.mail})`}`)]),
    ['Accounts', accounts.length === 0 ? ['none was resolved'] : accountsInLine(accounts)],
    fact('Opened', { time: asked.openedAt }, ` by ${asked.requestedBy}: ${asked.reason}`),
    ...askedAgain(asked),
    ...revisionOf({ case: asked, ...(comparison && { comparison }) }),
  ];
}

function accountsInLine(accounts: readonly Line[]): Line {
  const more = accounts.length - MOST_ACCOUNTS;
  return more > 0 ? joined([...accounts.slice(0, MOST_ACCOUNTS), [`${more} more`]]) : joined(accounts);
}

function askedAgain({ merged }: Report['case']): Fact[] {
  const before = Math.max(0, merged.length - MOST_ASKED);
  return [
    ...(before === 0 ? [] : [fact('Asked again', `${counted(before, 'time')} before those below, all in report.json`)]),
    ...merged
      .slice(before)
      .map(({ requestedAt, requestedBy, reason }) =>
        fact('Asked again', { time: requestedAt }, ` by ${requestedBy}: ${reason}`),
      ),
  ];
}

/** Which report of the case it is, and whether another is to come. */
export function revisionOf({ case: asked, comparison }: Pick<Report, 'case' | 'comparison'>): Fact[] {
  const { revision, because, previous, readAgainAt, notReadAgain } = asked;
  return [
    ...(revision === undefined || previous === undefined
      ? []
      : [
          fact(
            'Report',
            `number ${revision}${because === undefined ? '' : `, ${BECAUSE[because]}`}; the one before was filed `,
            { time: previous.filedAt },
            `: ${previous.outcome}`,
          ),
        ]),
    ...(comparison === undefined ? [] : [fact('Compared with it', comparedInWords(numbersOf(comparison)))]),
    ...(readAgainAt === undefined ? [] : [fact('Will be read again', { time: readAgainAt }, ' by itself')]),
    ...(notReadAgain === undefined ? [] : [fact('Not read again by itself', notReadAgain)]),
  ];
}

/** Findings by status, those of which there are any. */
function countsOf({ summary, case: asked }: Report): { readonly count: number; readonly text: string }[] {
  return FINDING_STATUSES.filter((status) => summary.counts[status] > 0).map((status) => ({
    count: summary.counts[status],
    text: statusLabel(status, asked.mode).text,
  }));
}

/** The same in one line. */
export function findingsInWords(report: Report): string {
  const counts = countsOf(report).map(({ count, text }) => `${count} ${text}`);
  return counts.length === 0 ? 'none' : counts.join(', ');
}

/** The day that came with the request is a date of the business; the directory's is an instant. */
function lastDay({ lastDay, leaveAt, answeredLastDay }: Report['leaver']): Fact[] {
  if (answeredLastDay !== undefined) return [fact('Last day', `${answeredLastDay.day}, by ${answeredLastDay.by}`)];
  if (lastDay !== undefined) return [fact('Last day', `${lastDay}, as the request says`)];
  return leaveAt === undefined ? [] : [fact('Last day', `${instant(leaveAt)}, as the directory says`)];
}

function fact(name: string, ...value: Line): Fact {
  return [name, value];
}
