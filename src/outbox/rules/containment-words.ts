import { type Denied, isByPersonAlone } from '../../cases/denied/denied.ts';
import type { AnyMoment, Message } from '../../cases/words/message.ts';
import { instant } from '../../cases/words/wording.ts';
import type { Truth } from './which-messages.ts';

interface Words {
  readonly title: string;
  readonly text: (row: Denied) => string;
}

const NEXT =
  'Decide: POST /api/cases for somebody who leaves, POST /api/denied/{oid}/extend for more time, POST /api/denied/{oid}/release for one who may come in again.';

/** As of a case, nothing that people wrote and nobody’s name: the row says who asked for it, and why. */
const WORDS: Readonly<Partial<Record<AnyMoment, Words>>> = {
  contained: {
    title: 'Somebody is contained without a case',
    text: (row) => `The gateway refuses whatever token they hold, ${endOf(row)}. ${NEXT}`,
  },
  'containment-ends-soon': {
    title: 'A containment ends soon: the gateway will let somebody in again',
    text: (row) => `Nobody has decided so far. They are refused ${endOf(row)}, and then let in by themselves. ${NEXT}`,
  },
  'containment-ended': {
    title: 'A containment has ended: the gateway lets somebody in again',
    text: ({ state }) =>
      state === 'released'
        ? 'They were let in again because nobody decided before the end. Nothing else became of the account. If it is still suspected, POST /api/denied contains it again.'
        : 'The containment ended because nobody decided, and they have been denied again since.',
  },
  'containment-released': {
    title: 'Somebody released a denial: the gateway lets them in again',
    text: ({ state }) =>
      state === 'released'
        ? 'The row says who released it, and why.'
        : 'It was released, and they have been denied again since. The row says by whom, and why.',
  },
  'containment-failed': {
    title: 'Containment failed: the gateway may still let a contained account in',
    text: () =>
      'The gateway could not be told at first to refuse an account that somebody contained. It is tried again by itself every minute, and the log says so until it is done; GET /api/doctor says what the gateway lacks. docs/operations/containment.md says how to put the id on the list by hand.',
  },
};

function endOf({ until }: Denied): string {
  return until === undefined ? 'until it is released' : `until ${instant(until)}`;
}

/** Title and a few sentences for something that happened to a containment. */
export function wordsOfContainment(
  { moment }: Pick<Message, 'moment'>,
  row: Denied,
): { readonly title: string; readonly text: string } {
  const words = WORDS[moment];
  // No containment comes to what cases come to.
  if (words === undefined) return { title: 'Something happened to a denial', text: 'The row says what.' };
  return { title: words.title, text: words.text(row) };
}

/** Whether a message still says what is so. What happened stays told; what was to come, and has changed since, does not. */
export function truthOfContainment({ moment, revision }: Pick<Message, 'moment' | 'revision'>, row: Denied): Truth {
  // Whom a case denies by now, its messages tell of.
  if (moment === 'contained') return isByPersonAlone(row) ? 'true' : 'never';
  if (moment === 'containment-ends-soon') return isByPersonAlone(row) && row.generation === revision ? 'true' : 'never';
  return 'true';
}
