import type { Oid } from '../oid.ts';
import { type Answer, type AnswerForce, type AnswerKind, answerInWords, forceOf } from './answers.ts';

/** What an answer says, in a sentence. */
export function saidBy(answer: Answer): string {
  const { kind, statement, vendor, scope, accountId = '', login, only, other = '', day = '', thing = '' } = answer;
  const where = `${vendor === 'azure-devops' ? 'Azure DevOps' : 'GitHub'}${scope === undefined ? '' : ` (${scope})`}`;
  const account = `the account ${login === undefined ? accountId : `${login} (${accountId})`} of ${where}`;
  const is = statement === 'is' ? 'is' : 'is not';
  switch (kind) {
    case 'account':
      return `${capital(account)} ${is} the person’s${only === true ? ', and there is no other' : ''}.`;
    case 'none':
      return `The person has no account on ${where}.`;
    case 'same-person':
      return `The object id ${other} is the same person’s.`;
    case 'service-account':
      return `${capital(account)} is a service’s and no person’s.`;
    case 'last-day':
      return `The last day was ${day}.`;
    case 'owner':
      return `${thing} ${is} the person’s.`;
    default:
      return kind satisfies never;
  }
}

/** How somebody answers which account is the person's, or that they have none; the command and the call say the same. */
export function howToAnswer(vendor: 'github' | 'azure-devops'): string {
  return (
    `offboard case answer <case> account --vendor ${vendor} --login <login>, or … none --vendor ${vendor} ` +
    '(POST /api/cases/{id}/answers); a second person confirms it.'
  );
}

/** That an answer about an organisation waits for a second person, with a blank before it; empty where none does. */
export function waitingIn(
  answers: readonly Answer[],
  {
    oid,
    vendor,
    organisation,
  }: { readonly oid: Oid; readonly vendor: 'github' | 'azure-devops'; readonly organisation: string },
): string {
  const waiting = answers.filter(
    (each) =>
      each.oid === oid &&
      each.vendor === vendor &&
      (each.scope === undefined || each.scope.toLowerCase() === organisation.toLowerCase()) &&
      forceOf(each) === 'waits',
  );
  const told = waiting.map(
    (each) => `${saidBy(each)} That is ${answerInWords(each)}: a second person has to confirm it.`,
  );
  return told.length === 0 ? '' : ` ${told.join(' ')}`;
}

/** What an answer comes to by now: the table of docs/operations/answers.md. */
export function permittedBy(answer: Pick<Answer, 'kind' | 'statement' | 'confirmed' | 'withdrawn'>): string {
  const force = forceOf(answer);
  if (force === 'withdrawn') return 'withdrawn: it counts for nothing';
  const { kind, statement } = answer;
  const said: Said = kind === 'account' || kind === 'owner' ? (`${kind} ${statement}` as const) : kind;
  return PERMITS[said][force];
}

type Said = `${'account' | 'owner'} ${Answer['statement']}` | Exclude<AnswerKind, 'account' | 'owner'>;

const PERMITS: Readonly<Record<Said, Readonly<Record<Exclude<AnswerForce, 'withdrawn'>, string>>>> = {
  'account is': {
    waits: 'likely: what is found by the account waits for a decision',
    confirmed: 'proved: what is found by the account is cut as after any proof',
  },
  'account is-not': {
    waits: 'nothing before somebody confirms it',
    confirmed: 'contradicted: nothing happens on the account',
  },
  none: {
    waits: 'nothing before somebody confirms it',
    confirmed: 'nobody looks for an account there, unless one is found all the same',
  },
  'same-person': {
    waits: 'nothing before somebody confirms it',
    confirmed: 'what is proved for the other object id speaks for the person and not against them',
  },
  'service-account': {
    waits: 'nothing before somebody confirms it',
    confirmed: 'the account is nobody’s person, and nothing happens on it',
  },
  'last-day': {
    waits: 'the last day, where nobody else names one; that nobody is sure of it stays open',
    confirmed: 'the last day, whatever HR and Entra say',
  },
  'owner is': {
    waits: 'told with the finding; nothing is cut by it',
    confirmed: 'told with the finding, which is as severe as one of the leaver’s',
  },
  'owner is-not': {
    waits: 'told with the finding; nothing changes',
    confirmed: 'the finding is closed by their word, and nothing of it is cut',
  },
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
