import type { CaseRow } from '../../cases/case.ts';
import type { Moment } from '../../cases/message.ts';

interface Words {
  readonly title: string;
  readonly text: (row: CaseRow) => string;
}

/** What keeps a case from being started. The row says it with names, and with what people wrote. */
const HELD: Readonly<Record<NonNullable<CaseRow['heldBy']>, string>> = {
  paused: 'The app is paused.',
  'mass-leaving': 'More leavers than usual within an hour.',
};

/**
 * What is said of a case where there is no report to say more. Nobody is named, and nothing is said that people wrote:
 * the case has an id, and a link.
 */
const WORDS: Readonly<Record<Moment, Words>> = {
  incident: {
    title: 'Incident: something acted as the leaver after the departure',
    text: () => 'The case ended with an incident. The report says what acted, when, and what is left to do.',
  },
  'containment-failed': {
    title: 'Containment failed: the gateway may still let a leaver in',
    text: () =>
      'The gateway could not be told to refuse the leaver. It is tried again by itself. Until the case says otherwise, take them for not contained: docs/operations/containment.md says how to put them on the list by hand.',
  },
  failed: {
    title: 'An offboarding broke without a report',
    text: ({ report }) =>
      report === undefined
        ? 'The case broke, and no report says what was cut. Look into the log of the app, then ask for it again.'
        : 'The case broke while it was read again; its report is of before. Look into the log of the app, then ask for it again.',
  },
  'decision-awaited': {
    title: 'An offboarding waits for a decision',
    text: () => 'The case ended, and something of what was found is cut only when somebody decides it.',
  },
  reopened: {
    title: 'An offboarding was opened again',
    text: () => 'An earlier case of the same person ended or broke, and this one was opened after it.',
  },
  ended: {
    title: 'An offboarding ended',
    text: ({ outcome }) => `The case ended${outcome === undefined ? '' : ` with the outcome ${outcome}`}.`,
  },
  'on-hold': {
    title: 'An offboarding is on hold',
    text: ({ heldBy }) =>
      `The case was not started. ${heldBy === undefined ? '' : `${HELD[heldBy]} `}Ask for it again with POST /api/cases to start it.`,
  },
  refused: {
    title: 'An offboarding was refused',
    text: () => 'Nobody is cut off by this case; the case says why.',
  },
  started: { title: 'An offboarding started', text: () => 'The case runs.' },
};

/** Title and one sentence or two for a moment of a case. A plan, which cuts nobody off, says first that it is one. */
export function wordsFor(moment: Moment, row: CaseRow): { readonly title: string; readonly text: string } {
  const { title, text } = WORDS[moment];
  return { title: row.mode === 'plan' ? `Plan: ${title.replace(/^An /, 'an ')}` : title, text: text(row) };
}
