import type { Vendors } from '../../connectors/vendors.ts';
import {
  type Answer,
  type AnswerKind,
  answerInWords,
  confirmedOf,
  forceOf,
  joinedWith,
  selvesOf,
} from '../../people/answers/answers.ts';
import type { Memory } from '../../people/evidence/remembered.ts';
import type { Oid } from '../../people/oid.ts';

/** Why somebody's word does not count. `own`: it is about them. */
interface Not {
  readonly kind: 'refused' | 'own';
  readonly why: string;
}

/** What of an answer is held against what is known. */
interface Claim {
  readonly kind: AnswerKind;
  readonly statement: Answer['statement'];
  readonly vendor?: Answer['vendor'] | undefined;
  readonly other?: Oid | undefined;
  readonly by: Oid;
}

/** What is known of accounts, from sources and from people. */
interface Known {
  readonly answers: readonly Answer[];
  readonly accounts: Memory['accounts'];
}

/** What says otherwise: what was proved, what two people say, and that it is the answerer's own. */
export async function whyNot(
  { storage }: Pick<Vendors, 'storage'>,
  oid: Oid,
  { kind, statement, vendor, by, other }: Claim,
  account: { readonly accountId: string } | undefined,
  answers: readonly Answer[],
): Promise<Not | undefined> {
  const selves = selvesOf(by, answers);
  if (other !== undefined && selves.has(other)) return { kind: 'own', why: 'It is about your own account.' };
  const { accounts } = await storage.readMemory([]);
  const joined = joinedWith(oid, answers);
  if (kind === 'none' && statement === 'is') {
    const held = accounts.find((each) => each.vendor === vendor && each.oid === oid);
    if (held === undefined) return undefined;
    return { kind: 'refused', why: `An account of the person was proved (${held.code}, ${held.source}).` };
  }
  if (account === undefined || vendor === undefined) return undefined;
  const { accountId } = account;
  if (holdersOf({ vendor, accountId }, { answers, accounts }).some((each) => selves.has(each)))
    return { kind: 'own', why: 'It is your own account.' };
  const claims = kind === 'service-account' || statement === 'is';
  if (!claims) return undefined;
  const remembered = accounts.find((each) => each.vendor === vendor && each.id === accountId);
  if (
    remembered !== undefined &&
    (kind === 'service-account' || (remembered.oid !== oid && !joined.has(remembered.oid)))
  ) {
    const whose = kind === 'service-account' ? 'a person’s' : 'another person’s';
    return { kind: 'refused', why: `It was proved to be ${whose} (${remembered.code}, ${remembered.source}).` };
  }
  const said = saidOf({ vendor, accountId }, confirmedOf(answers))[0];
  if (said === undefined || (kind === 'account' && (said.oid === oid || joined.has(said.oid)))) return undefined;
  return { kind: 'refused', why: `It is a person’s already by ${answerInWords(said)}: that one is withdrawn first.` };
}

/** Why somebody may not confirm or withdraw an answer. @param selves every object id that is known to be theirs */
export function whyNoWord(
  answer: Answer,
  word: 'confirmed' | 'withdrawn',
  by: Oid,
  { selves, ...known }: Known & { readonly selves: ReadonlySet<Oid> },
): Not | undefined {
  const { other } = answer;
  const isTheirs = holdersOf(answer, known).some((each) => selves.has(each));
  if (isTheirs || (other !== undefined && selves.has(other)))
    return { kind: 'own', why: 'It is about your own account.' };
  // Whoever said it may say it again: what rests on it is read again then.
  if (answer[word]?.by === by && (word === 'withdrawn' || answer.withdrawn === undefined)) return undefined;
  if (answer.withdrawn !== undefined) return { kind: 'refused', why: `It was withdrawn by ${answer.withdrawn.by}.` };
  if (word === 'withdrawn') return undefined;
  if (answer.confirmed !== undefined) return { kind: 'refused', why: `It was confirmed by ${answer.confirmed.by}.` };
  return [...selves].some((each) => each === answer.by)
    ? { kind: 'own', why: 'You gave the answer: a second person confirms it.' }
    : undefined;
}

/** Whether what the person's case rests on holds less by a word about an answer, so that what runs cuts nothing more. */
export function isLessBy({ kind, statement, confirmed }: Answer, word: 'confirmed' | 'withdrawn'): boolean {
  // One person's word that an account is theirs is what a decision may have rested on.
  if (word === 'withdrawn') return confirmed !== undefined || (kind === 'account' && statement === 'is');
  return statement === 'is-not' || kind === 'service-account' || kind === 'none';
}

/** The same of cases of others: an account that is somebody's, or a service's, is not theirs. */
export function isLessForOthersBy({ kind, confirmed }: Answer, word: 'confirmed' | 'withdrawn'): boolean {
  if (word === 'withdrawn') return kind === 'same-person' && confirmed !== undefined;
  return kind !== 'same-person';
}

/** Whose cases rest on an answer besides its person's: who is said to be the same, and who is known to hold the account. */
export function othersWithIt(answer: Answer, known: Known): ReadonlySet<Oid> {
  const { oid, kind, statement, other } = answer;
  const speaksOfAll = kind === 'service-account' || (kind === 'account' && statement === 'is');
  const said = speaksOfAll
    ? saidOf(
        answer,
        known.answers.filter((each) => forceOf(each) !== 'withdrawn'),
      )
    : [];
  const all = [...(other === undefined ? [] : [other]), ...said.map((each) => each.oid)];
  const holders = speaksOfAll ? holdersOf(answer, known) : [];
  return new Set([...all, ...holders].filter((each) => each !== oid));
}

/** Who holds an account by what was proved, or by two people's word. */
function holdersOf(account: Pick<Answer, 'vendor' | 'accountId'>, { answers, accounts }: Known): readonly Oid[] {
  const { vendor, accountId } = account;
  if (accountId === undefined) return [];
  const remembered = accounts.filter((each) => each.vendor === vendor && each.id === accountId);
  return [...remembered, ...saidOf(account, confirmedOf(answers))].map(({ oid }) => oid);
}

/** The answers that an account is somebody's. */
function saidOf({ vendor, accountId }: Pick<Answer, 'vendor' | 'accountId'>, answers: readonly Answer[]): Answer[] {
  return answers.filter(
    (each) =>
      each.vendor === vendor && each.accountId === accountId && each.kind === 'account' && each.statement === 'is',
  );
}
