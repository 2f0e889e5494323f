import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, day, instant, sha256, text } from '../../shapes/primitives.ts';
import type { AccountEvidence } from '../evidence/evidence.ts';
import { type Oid, OidSchema } from '../oid.ts';

/** What a person can answer that no vendor says. docs/operations/answers.md tells what each permits. */
export const ANSWER_KINDS = ['account', 'none', 'same-person', 'service-account', 'last-day', 'owner'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** What somebody said afterwards: another person that it is right, or anybody that it does not hold any more. */
const WordSchema = z.strictObject({ by: text, at: instant, reason: text });

/** An answer about a person. It is never changed: somebody confirms it once, and somebody withdraws it once. */
export const AnswerSchema = z.strictObject({
  oid: OidSchema,
  /** Counted from 1 for each person. */
  n: count,
  /** The case on which it was given; absent for one of a list. */
  caseId: z.exactOptional(text),
  kind: z.enum(ANSWER_KINDS),
  statement: z.enum(['is', 'is-not']),
  vendor: z.exactOptional(z.enum(['github', 'azure-devops'])),
  /** The organisation of which it speaks; absent for all of the vendor. */
  scope: z.exactOptional(text),
  /** GitHub's number or the descriptor in Azure DevOps, and the name that it had when the answer was given. */
  accountId: z.exactOptional(text),
  login: z.exactOptional(text),
  /** The person has no other account there. */
  only: z.exactOptional(z.literal(true)),
  /** Of `same-person`: the other object id. */
  other: z.exactOptional(OidSchema),
  /** Of `last-day`. */
  day: z.exactOptional(day),
  /** Of `owner`: the finding about the thing, and what that is called. */
  findingId: z.exactOptional(text),
  thing: z.exactOptional(text),
  reason: text,
  evidenceUrl: z.exactOptional(text),
  by: text,
  at: instant,
  /** SHA-256 (hex) over what was shown to whoever answered. */
  shown: sha256,
  confirmed: z.exactOptional(WordSchema),
  withdrawn: z.exactOptional(WordSchema),
  /** In the container `evidence`: the answer as it was given, and as it stood after each word about it. */
  filed: z.array(z.strictObject({ name: text, sha256, bytes: count })),
});
export type Answer = Immutable<z.output<typeof AnswerSchema>>;

/** `waits`: one person's word. `confirmed`: two people's. */
export type AnswerForce = 'waits' | 'confirmed' | 'withdrawn';

export function forceOf({ confirmed, withdrawn }: Pick<Answer, 'confirmed' | 'withdrawn'>): AnswerForce {
  if (withdrawn !== undefined) return 'withdrawn';
  return confirmed === undefined ? 'waits' : 'confirmed';
}

/** Every answer that two people stand by. */
export function confirmedOf(answers: readonly Answer[]): Answer[] {
  return answers.filter((answer) => forceOf(answer) === 'confirmed');
}

/** `answer 3 by a1…, confirmed by b2…`, for a sentence. */
export function answerInWords({ n, by, confirmed, withdrawn }: Answer): string {
  if (withdrawn !== undefined) return `answer ${n} by ${by}, withdrawn by ${withdrawn.by}`;
  return `answer ${n} by ${by}, ${confirmed === undefined ? 'not confirmed' : `confirmed by ${confirmed.by}`}`;
}

/** Where evidence stands that an answer gave. */
const SOURCE = 'identity/answers';

/**
 * What answers say of one account and one person. Of two people that it is theirs: a proof, and a contradiction for
 * everybody else; that it is not, or is nobody's person: a contradiction. Of one person that it is theirs: strong. What
 * one person denies counts for nothing before another confirms it, so that nobody shields a leaver alone.
 */
export function answerEvidence(
  oid: Oid,
  { vendor, id }: { readonly vendor: 'github' | 'azure-devops'; readonly id: string },
  answers: readonly Answer[],
): readonly AccountEvidence[] {
  const joined = joinedWith(oid, answers);
  return answers.flatMap((answer): AccountEvidence[] => {
    const force = forceOf(answer);
    if (answer.vendor !== vendor || answer.accountId !== id || force === 'withdrawn') return [];
    const say = (code: AccountEvidence['code'], what: string) => [
      { code, source: SOURCE, what: `${what} (${answerInWords(answer)}).` },
    ];
    if (answer.kind === 'service-account')
      return force === 'confirmed' ? say('X5', 'People say that the account is a service’s and no person’s') : [];
    if (answer.kind !== 'account') return [];
    if (answer.oid !== oid) {
      const others = answer.statement === 'is' && force === 'confirmed' && !joined.has(answer.oid);
      return others ? say('X3', `People say that the account is that of the object id ${answer.oid}`) : [];
    }
    if (answer.statement === 'is-not')
      return force === 'confirmed' ? say('X4', 'People say that the account is not the person’s') : [];
    return force === 'confirmed'
      ? say('P6', 'People say that the account is the person’s')
      : say('S5', 'Somebody says that the account is the person’s');
  });
}

/** Object ids that are the same person's by two people's word: what is proved for one is not another's. */
export function joinedWith(oid: Oid, answers: readonly Answer[]): ReadonlySet<Oid> {
  const pairs = confirmedOf(answers).flatMap(({ kind, oid: one, other }) =>
    kind === 'same-person' && other !== undefined ? [[one, other] as const] : [],
  );
  return new Set(pairs.flatMap(([one, other]) => (one === oid ? [other] : other === oid ? [one] : [])));
}

/** Every object id that two people's word makes one person's with this one, itself first: whose affair something is. */
export function selvesOf(oid: Oid, answers: readonly Answer[]): ReadonlySet<Oid> {
  const selves = new Set([oid]);
  // A set that grows is walked to its end.
  for (const each of selves) for (const other of joinedWith(each, answers)) selves.add(other);
  return selves;
}

/**
 * Accounts of which two people say whose they are, or that they are a service's: nobody has to look for their owner. One
 * that is said to be two people's is nobody's for certain.
 */
export function accountsAnswered(vendor: 'github' | 'azure-devops', answers: readonly Answer[]): ReadonlySet<string> {
  const about = confirmedOf(answers).filter(
    (each) =>
      each.vendor === vendor &&
      each.accountId !== undefined &&
      (each.kind === 'service-account' || (each.kind === 'account' && each.statement === 'is')),
  );
  const whose = Map.groupBy(about, ({ accountId = '' }) => accountId);
  const agreed = [...whose].filter(([, all]) => {
    const [first] = all;
    return all.every(
      ({ kind, oid }) =>
        kind === first?.kind &&
        (kind === 'service-account' || oid === first.oid || joinedWith(oid, answers).has(first.oid)),
    );
  });
  return new Set(agreed.map(([id]) => id));
}

/**
 * The answer of two people that the person has no account in an organisation, or none besides the one that it names;
 * undefined where there is none, or where something else says otherwise: `held` are the accounts that are taken for theirs.
 */
export function closingAnswer(
  oid: Oid,
  { vendor, organisation, held, elsewhere }: Organisation,
  answers: readonly Answer[],
): Answer | undefined {
  const own = confirmedOf(answers).filter(
    (each) =>
      each.oid === oid && each.vendor === vendor && (each.scope === undefined || same(each.scope, organisation)),
  );
  const named = new Set(own.flatMap(({ kind, accountId }) => (kind === 'account' && accountId ? [accountId] : [])));
  return own.find(({ kind, only, statement, scope }) => {
    const against = scope === undefined ? [...held, ...elsewhere] : held;
    if (kind === 'none') return against.length === 0;
    return kind === 'account' && statement === 'is' && only === true && against.every((id) => named.has(id));
  });
}

interface Organisation {
  readonly vendor: 'github' | 'azure-devops';
  readonly organisation: string;
  /** Ids of its accounts that something makes the person's, at least likely; and of those elsewhere at the vendor. */
  readonly held: readonly string[];
  readonly elsewhere: readonly string[];
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * The last day by answers: of two people's the newest, whatever HR says; of one person's only where nobody else names a
 * day.
 */
export function answeredLastDay(
  answers: readonly Answer[],
  isToldElsewhere: boolean,
): { readonly day: string; readonly by: string } | undefined {
  const about = answers
    .filter(({ kind }) => kind === 'last-day')
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const counts =
    about.find((each) => forceOf(each) === 'confirmed') ??
    (isToldElsewhere ? undefined : about.find((each) => forceOf(each) === 'waits'));
  return counts?.day === undefined ? undefined : { day: counts.day, by: answerInWords(counts) };
}
