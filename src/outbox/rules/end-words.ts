import { BECAUSE, type CaseMode, type CaseRow } from '../../cases/case.ts';
import { revisionOf } from '../../cases/following/attempts.ts';
import { comparedInWords } from '../../cases/following/compare-revisions.ts';
import type { Outcome } from '../../cases/outcome.ts';
import { instant } from '../../cases/words/wording.ts';

/** What each outcome means, by whether the case cut. The report says the same with numbers. */
const MEANS: Readonly<Record<CaseMode, Readonly<Record<Outcome, string>>>> = {
  apply: {
    clear: 'nothing that was found is left to cut',
    residual: 'nothing that was found is left to cut, and what access is left ends by itself',
    attention: 'something that was found needs a person',
    incomplete: 'not everything could be read or checked, so that access may remain unseen',
    failed: 'something was not cut although it should have been, or was not looked for',
  },
  plan: {
    clear: 'nothing was found that it would cut',
    residual: 'nothing was found that it would cut, and some access ends by itself',
    attention: 'nothing was cut, and something that was found needs a decision or an action',
    incomplete: 'nothing was cut, and not everything could be read or checked',
    failed: 'nothing was cut, and something could not be looked for',
  },
};

/** How a case ended: its outcome and what that means, which report of it this is, and whether another is to come. */
export function endInWords(row: CaseRow): string {
  return [outcomeInWords(row), revisionInWords(row), ...readAgainInWords(row)].filter(Boolean).join(' ');
}

function outcomeInWords({ mode, outcome }: CaseRow): string {
  if (outcome === undefined) return 'The case ended.';
  // Rows of another release may say another word.
  const means = Object.entries(MEANS[mode]).find(([word]) => word === outcome)?.[1];
  return `The case ended with the outcome ${outcome}${means === undefined ? '' : `: ${means}`}.`;
}

function revisionInWords(row: CaseRow): string {
  const { compared } = row;
  const before = row.revisions?.at(-1);
  if (before === undefined) return '';
  return `It was read again${row.because === undefined ? '' : `, ${BECAUSE[row.because]}`}, and this is its report number ${revisionOf(row)}; the one before was filed at ${instant(before.filedAt)} with the outcome ${before.outcome}.${compared === undefined ? '' : ` Compared with that: ${comparedInWords(compared)}.`}`;
}

function readAgainInWords({ readAgainAt, notReadAgain, followUps }: CaseRow): string[] {
  if (followUps?.some(({ which }) => which === 'answer') === true)
    return ['Somebody answered about the person meanwhile: the case is read again at once.'];
  if (readAgainAt !== undefined)
    return [`A vendor did not answer: the case will be read again by itself at ${instant(readAgainAt)}.`];
  // Why not may hold what people wrote.
  return notReadAgain === undefined ? [] : ['It is not read again by itself; the report says why.'];
}
