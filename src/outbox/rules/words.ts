import type { CaseRow } from '../../cases/case.ts';
import { lateWords } from '../../cases/following/lateness.ts';
import type { CaseMessage, Moment } from '../../cases/words/message.ts';
import { instant } from '../../cases/words/wording.ts';
import { endInWords } from './end-words.ts';

interface Words {
  readonly title: string | ((row: CaseRow) => string);
  /** `at`: when it happened, which may be long before it is told. */
  readonly text: (row: CaseRow, at: string) => string;
}

/**
 * What is said of a case where there is no report to say more. Nobody is named, and nothing is said that people wrote:
 * the case has an id, and a link.
 */
const WORDS: Readonly<Record<Moment, Words>> = {
  incident: {
    title: 'Incident: something acted as the leaver after the departure',
    text: (row) =>
      `Something acted as the leaver: the report says what, when, and what is to be done now. ${endInWords(row)}`,
  },
  'containment-failed': {
    title: 'Containment failed: the gateway may still let a leaver in',
    text: ({ contained }) =>
      contained === 'done'
        ? 'The gateway could not be told at first to refuse the leaver. By now it refuses them: look at what they did until then.'
        : 'The gateway could not be told to refuse the leaver. It is tried again by itself every minute. Until the case says otherwise, take them for not contained: docs/operations/containment.md says how to put them on the list by hand.',
  },
  failed: {
    title: ({ report }) =>
      report === undefined ? 'An offboarding broke without a report' : 'An offboarding broke while it was read again',
    text: ({ report, mode }) =>
      [
        report === undefined
          ? `The case broke, and no report says what was ${mode === 'plan' ? 'found' : 'cut'}.`
          : 'The case broke while it was read again; its report is of before.',
        ...(mode === 'plan' ? [] : ['Whom it contained stays denied.']),
        'Look into the log of the app for the id of the case, then ask for it again with POST /api/cases.',
      ].join(' '),
  },
  'decision-awaited': {
    title: 'An offboarding waits for a decision',
    text: (row) =>
      `${endInWords(row)} Something of what was found is cut only when somebody decides it, because that can stop production: the report says what, and what each decision takes.`,
  },
  reopened: {
    title: ({ passed, sweptAt }) =>
      passed === undefined && sweptAt === undefined
        ? 'An offboarding was opened again'
        : 'An offboarding is read again: something of the leaver lives',
    text: ({ n, passed, sweptAt }) =>
      passed !== undefined
        ? PASSED
        : sweptAt !== undefined
          ? SWEPT
          : `An earlier case of the same person ended or broke, and this one, number ${n}, was opened after it. The case says who asked for it, and why.`,
  },
  ended: {
    title: ({ outcome }) => `An offboarding ended${outcome === undefined ? '' : `: ${outcome}`}`,
    text: (row) => endInWords(row),
  },
  'on-hold': { title: 'An offboarding is on hold', text: onHoldInWords },
  refused: {
    title: 'An offboarding was refused',
    text: () =>
      'Nobody is cut off by this case, and it never starts. The case says why: if the person leaves all the same, mend that, and ask for another case with POST /api/cases.',
  },
  started: { title: 'An offboarding started', text: startedInWords },
};

const PASSED =
  'The gateway let a call of the leaver pass although it had begun to refuse them: the case is read again at once, as an incident. See that every gateway reads the deny list, docs/operations/after-the-case.md says how; the report that follows names the call.';
const SWEPT =
  'A sweep found a credential of the leaver of which the last report does not say that it stands: the case is read again, and its next report says what became of it.';

/** The row says with names, and with what people wrote, what keeps it. */
function onHoldInWords(row: CaseRow): string {
  const start = 'start it with POST /api/cases for this person, or all of them with POST /api/held/release.';
  const isScheduled = row.state === 'scheduled';
  const ask = `Look whether these people leave. If so, ${start}`;
  switch (row.heldBy) {
    case 'paused':
      return `The app is paused, and the case was not started. ${meanwhile(row)}When the pause has ended (DELETE /api/pause), ${start}`;
    case 'mass-leaving':
      // Asked for with POST /api/cases before the day, it would start at once.
      return isScheduled
        ? 'More leavers than usual within an hour: the case does not start on its day by itself, and nobody is cut off before. If it is meant, POST /api/cases/{id}/reschedule releases it for the same day or another; POST /api/cases would start it at once.'
        : `More leavers than usual within an hour: the case was not started. ${meanwhile(row)}${ask}`;
    case undefined:
      return `The case was not started. ${meanwhile(row)}${ask}`;
    default:
      return row.heldBy satisfies never;
  }
}

function meanwhile({ contained }: CaseRow): string {
  if (contained === 'done') return 'The gateway refuses the leaver meanwhile. ';
  return contained === 'failed' ? 'The gateway could not be told to refuse the leaver meanwhile. ' : '';
}

function startedInWords({ mode, contained, startsAt }: CaseRow, at: string): string {
  const began = new Date(at);
  const scheduled =
    startsAt === undefined
      ? ''
      : Date.parse(startsAt) > began.getTime()
        ? ` It was scheduled for ${instant(startsAt)}, and began before.`
        : ` It was scheduled for ${instant(startsAt)}${lateWords(startsAt, began)}.`;
  if (mode === 'plan') return `The case looks for access, and cuts nobody off.${scheduled}`;
  if (contained === 'done')
    return `The gateway refuses the leaver; what else lets them in is looked for and cut.${scheduled}`;
  if (contained === 'failed')
    return `The case runs, and the gateway could not be told yet to refuse the leaver.${scheduled}`;
  return `The case runs: what lets the leaver in is looked for and cut.${scheduled}`;
}

/** Title and a few sentences for a moment of a case. A plan, which cuts nobody off, says first that it is one. */
export function wordsFor(
  { moment, at }: Pick<CaseMessage, 'moment' | 'at'>,
  row: CaseRow,
): { readonly title: string; readonly text: string } {
  const words = WORDS[moment];
  const title = typeof words.title === 'string' ? words.title : words.title(row);
  return {
    title: row.mode === 'plan' ? `Plan: ${title.replace(/^An /, 'an ')}` : title,
    text: words.text(row, at),
  };
}
