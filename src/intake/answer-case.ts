import { createHash } from 'node:crypto';
import { canonical } from '../cases/canonical.ts';
import type { CaseRow } from '../cases/case.ts';
import type { Config } from '../config.ts';
import type { VendorFailure } from '../connectors/result.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type Answer, type AnswerKind, answerInWords, confirmedOf, forceOf, joinedWith } from '../people/answers.ts';
import { type Oid, parseOid } from '../people/oid.ts';
import { answeredAccount, type NamedAccount, type ShownAccount } from './answered-account.ts';
import { thingOf } from './answered-thing.ts';
import type { ProtectionSettings } from './protection.ts';
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
  if (said.by === oid || joinedWith(oid, answers).has(said.by))
    return { kind: 'own', why: 'It is about you: somebody else answers.' };
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
  if (said.kind === 'same-person') return isOther(vendors, oid, said.other);
  if (said.vendor === undefined || (said.kind !== 'account' && said.kind !== 'service-account')) return {};
  const found = await answeredAccount(vendors, settings, oid, { ...said, vendor: said.vendor });
  if (found.kind === 'found') return { account: found.account };
  return found.kind === 'unread' ? found : { kind: 'refused', why: found.why };
}

async function isOther(
  vendors: Pick<Vendors, 'graph'>,
  oid: Oid,
  other: Oid | undefined,
): Promise<About | Exclude<Answered, { readonly kind: 'answered' }>> {
  if (other === undefined || other === oid)
    return { kind: 'refused', why: 'It is the object id that the case is about already.' };
  const found = await vendors.graph.findPerson(other);
  if (!found.ok) return { kind: 'unread', failure: found.failure };
  return {};
}

/** What says otherwise: what was proved, what two people say, and that it is the answerer's own. */
async function whyNot(
  { storage }: Pick<Vendors, 'storage'>,
  oid: Oid,
  { kind, statement, vendor, by, other }: Said,
  account: ShownAccount | undefined,
  answers: readonly Answer[],
): Promise<Extract<Answered, { readonly kind: 'refused' | 'own' }> | undefined> {
  if (other !== undefined && other === by) return { kind: 'own', why: 'It is about your own account.' };
  const { accounts } = await storage.readMemory([]);
  const joined = joinedWith(oid, answers);
  if (kind === 'none' && statement === 'is') {
    const held = accounts.find((each) => each.vendor === vendor && each.oid === oid);
    if (held === undefined) return undefined;
    return { kind: 'refused', why: `An account of the person was proved (${held.code}, ${held.source}).` };
  }
  if (account === undefined) return undefined;
  const remembered = accounts.find((each) => each.vendor === vendor && each.id === account.accountId);
  const said = confirmedOf(answers).find(
    (each) =>
      each.vendor === vendor &&
      each.accountId === account.accountId &&
      each.kind === 'account' &&
      each.statement === 'is',
  );
  if (remembered?.oid === by || said?.oid === by) return { kind: 'own', why: 'It is your own account.' };
  const claims = kind === 'service-account' || statement === 'is';
  if (!claims) return undefined;
  if (
    remembered !== undefined &&
    (kind === 'service-account' || (remembered.oid !== oid && !joined.has(remembered.oid)))
  ) {
    const whose = kind === 'service-account' ? 'a person’s' : 'another person’s';
    return { kind: 'refused', why: `It was proved to be ${whose} (${remembered.code}, ${remembered.source}).` };
  }
  if (said === undefined || (kind === 'account' && (said.oid === oid || joined.has(said.oid)))) return undefined;
  return { kind: 'refused', why: `It is a person’s already by ${answerInWords(said)}: that one is withdrawn first.` };
}

/** A word about an answer: another person confirms it, or somebody withdraws it. */
export async function sayOfAnswer(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: AnswerSettings,
  { oid, n }: { readonly oid: Oid; readonly n: number },
  word: 'confirmed' | 'withdrawn',
  { by, reason }: { readonly by: Oid; readonly reason: string },
  now: Date,
): Promise<Answered> {
  if (by === oid || joinedWith(oid, await vendors.storage.listAnswers()).has(by))
    return { kind: 'own', why: 'It is about you: somebody else decides.' };
  const { accounts } = await vendors.storage.readMemory([]);
  let not: Extract<Answered, { readonly kind: 'refused' | 'own' }> | undefined;
  let before: Answer | undefined;
  const at = now.toISOString();
  const answer = await vendors.storage.changeAnswer({ oid, n }, (current) => {
    before = current;
    const holds = accounts.some(({ vendor, id, oid: holder }) => {
      return vendor === current.vendor && id === current.accountId && holder === by;
    });
    not = whyNoWord(current, word, by, holds || parseOid(current.other ?? '') === by);
    return not === undefined ? { ...current, [word]: { by, at, reason } } : undefined;
  });
  if (answer === undefined) return { kind: 'unknown' };
  if (not !== undefined) return not;
  // What is cut now may rest on what does not hold any more.
  const stops = word === 'withdrawn' ? before?.confirmed !== undefined : denies(answer);
  return { kind: 'answered', answer, reading: await readBecauseOf(vendors, settings, oid, at, stops) };
}

function whyNoWord(
  answer: Answer,
  word: 'confirmed' | 'withdrawn',
  by: Oid,
  isTheirs: boolean,
): Extract<Answered, { readonly kind: 'refused' | 'own' }> | undefined {
  if (isTheirs) return { kind: 'own', why: 'It is about your own account.' };
  if (answer.withdrawn !== undefined) return { kind: 'refused', why: `It was withdrawn by ${answer.withdrawn.by}.` };
  if (word === 'withdrawn') return undefined;
  if (answer.confirmed !== undefined) return { kind: 'refused', why: `It was confirmed by ${answer.confirmed.by}.` };
  return answer.by === by ? { kind: 'own', why: 'You gave the answer: a second person confirms it.' } : undefined;
}

/** Whether it says that something is not the person's. */
function denies({ kind, statement }: Answer): boolean {
  return statement === 'is-not' || kind === 'service-account' || kind === 'none';
}
