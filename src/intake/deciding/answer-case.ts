import { createHash } from 'node:crypto';
import { canonical } from '../../cases/canonical.ts';
import type { CaseRow } from '../../cases/case.ts';
import type { Config } from '../../config.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type Answer, type AnswerKind, answerInWords, forceOf, selvesOf } from '../../people/answers/answers.ts';
import type { Oid } from '../../people/oid.ts';
import { askProtection, type ProtectionSettings } from '../person/protection.ts';
import { resolveSubject } from '../person/resolve-subject.ts';
import { isLessBy, isLessForOthersBy, othersWithIt, whyNot, whyNoWord } from './answer-rules.ts';
import { answeredAccount, type NamedAccount, type ShownAccount } from './answered-account.ts';
import { thingOf } from './answered-thing.ts';
import { type Reading, readBecauseOf } from './read-because-of.ts';

type AnswerSettings = ProtectionSettings &
  Pick<Config, 'GITHUB_ORGANISATIONS' | 'DEVOPS_ORGANISATIONS' | 'TENANT_ID' | 'READ_AGAIN_DAYS'>;

/** What somebody answers. */
export interface Said extends Partial<NamedAccount> {
  readonly kind: AnswerKind;
  readonly statement: Answer['statement'];
  readonly only?: boolean;
  readonly other?: Oid;
  readonly day?: string;
  readonly findingId?: string;
  readonly reason: string;
  readonly evidenceUrl?: string;
  /** Object id of the person who says it. */
  readonly by: Oid;
}

/** What became of it. */
export type Answered =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly shown?: ShownAccount; readonly reading: Reading }
  | { readonly kind: 'refused'; readonly why: string }
  /** Whoever says it may not: it is about them. */
  | { readonly kind: 'own'; readonly why: string }
  | { readonly kind: 'unread'; readonly failure: VendorFailure }
  | { readonly kind: 'unknown' };

/** So many answers about one person are more than questions. */
const MOST = 100;

/**
 * Records what somebody says about a person, and has their case read again with it. What a source or two people say
 * otherwise is refused: a contradiction is settled where it stands, and not by one word more.
 */
export async function answerAbout(
  vendors: Vendors,
  settings: AnswerSettings,
  { oid, row }: { readonly oid: Oid; readonly row?: CaseRow | undefined },
  said: Said,
  now: Date,
): Promise<Answered> {
  const answers = await vendors.storage.listAnswers();
  const selves = selvesOf(said.by, answers);
  if (selves.has(oid)) return { kind: 'own', why: 'It is about you: somebody else answers.' };
  const own = answers.filter((each) => each.oid === oid);
  if (own.length >= MOST) return { kind: 'refused', why: `There are ${MOST} answers about the person already.` };
  const about = await whatAbout(vendors, settings, oid, row, said);
  if ('kind' in about) return about;
  const against = await whyNot(vendors, oid, said, about.account, answers);
  if (against !== undefined) return against;
  const shown = createHash('sha256')
    .update(JSON.stringify(canonical({ ...about, said: { ...said, by: undefined }, report: row?.report })))
    .digest('hex');
  const { kind, statement, vendor, scope, only, other, day, findingId, reason, evidenceUrl, by } = said;
  const { account, thing } = about;
  const at = now.toISOString();
  const same = own.find(
    (each) =>
      forceOf(each) !== 'withdrawn' &&
      each.kind === kind &&
      each.statement === statement &&
      each.vendor === vendor &&
      each.scope === scope &&
      each.accountId === account?.accountId &&
      each.other === other &&
      each.day === day &&
      each.findingId === findingId,
  );
  if (same !== undefined)
    return { kind: 'refused', why: `That is ${answerInWords(same)}. Confirm that one, or withdraw it first.` };
  const answer = await vendors.storage.addAnswer({
    ...{ oid, kind, statement, reason, by, at, shown },
    ...(row && { caseId: row.caseId }),
    ...(vendor && { vendor }),
    ...(scope && { scope }),
    ...(account && { accountId: account.accountId, login: account.login }),
    ...(only && { only }),
    ...(other && { other }),
    ...(day && { day }),
    ...(findingId && { findingId }),
    ...(thing && { thing }),
    ...(evidenceUrl && { evidenceUrl }),
  });
  const reading = await readBecauseOf(vendors, settings, oid, at, false);
  return { kind: 'answered', answer, ...(account && { shown: account }), reading };
}

interface About {
  readonly account?: ShownAccount;
  readonly thing?: string;
}

/** What is answered about, as it is today. */
async function whatAbout(
  vendors: Vendors,
  settings: AnswerSettings,
  oid: Oid,
  row: CaseRow | undefined,
  said: Said,
): Promise<About | Exclude<Answered, { readonly kind: 'answered' }>> {
  if (said.kind === 'owner') return thingOf(vendors, row, said.findingId ?? '');
  if (said.kind === 'same-person') return isOther(vendors, settings, oid, said.other);
  if (said.vendor === undefined || (said.kind !== 'account' && said.kind !== 'service-account')) return {};
  const found = await answeredAccount(vendors, settings, oid, { ...said, vendor: said.vendor });
  if (found.kind === 'found') return { account: found.account };
  return found.kind === 'unread' ? found : { kind: 'refused', why: found.why };
}

/** What is proved for the other is cut as the leaver's, so that whom no case may touch is not joined to anybody. */
async function isOther(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  oid: Oid,
  other: Oid | undefined,
): Promise<About | Exclude<Answered, { readonly kind: 'answered' }>> {
  if (other === undefined || other === oid)
    return { kind: 'refused', why: 'It is the object id that the case is about already.' };
  const subject = await resolveSubject(vendors, other);
  if (subject.kind === 'not-known') return { kind: 'unread', failure: subject.failure };
  if (subject.kind === 'not-a-person') return { kind: 'refused', why: subject.why };
  const protection = await askProtection(vendors, settings, subject.person);
  if (protection.kind === 'unreadable') return { kind: 'unread', failure: protection.failure };
  return protection.kind === 'protected' ? { kind: 'refused', why: protection.why } : {};
}

/**
 * A word about an answer: another person confirms it, or somebody withdraws it. Whoever says the same word again has what
 * rests on it read again: a host may have died after it was recorded.
 */
export async function sayOfAnswer(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  { oid, n }: { readonly oid: Oid; readonly n: number },
  word: 'confirmed' | 'withdrawn',
  { by, reason }: { readonly by: Oid; readonly reason: string },
  now: Date,
): Promise<Answered> {
  const { storage } = vendors;
  const [answers, { accounts }] = await Promise.all([storage.listAnswers(), storage.readMemory([])]);
  const selves = selvesOf(by, answers);
  if (selves.has(oid)) return { kind: 'own', why: 'It is about you: somebody else decides.' };
  const meant = answers.find((each) => each.oid === oid && each.n === n);
  if (word === 'confirmed' && meant?.kind === 'same-person' && meant.confirmed === undefined) {
    const other = await isOther(vendors, settings, oid, meant.other);
    if ('kind' in other) return other;
  }
  let not: Extract<Answered, { readonly kind: 'refused' | 'own' }> | undefined;
  const at = now.toISOString();
  const answer = await storage.changeAnswer({ oid, n }, (current) => {
    not = whyNoWord(current, word, by, { selves, answers, accounts });
    return not === undefined && current[word] === undefined ? { ...current, [word]: { by, at, reason } } : undefined;
  });
  if (answer === undefined) return { kind: 'unknown' };
  if (not !== undefined) return not;
  const reading = await readBecauseOf(vendors, settings, oid, at, isLessBy(answer, word));
  for (const each of othersWithIt(answer, { answers, accounts }))
    await readBecauseOf(vendors, settings, each, at, isLessForOthersBy(answer, word));
  return { kind: 'answered', answer, reading };
}
