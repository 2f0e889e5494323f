import type { CaseRow } from '../cases/case.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { redactSecrets } from '../credentials/redact-secrets.ts';
import type { OutboxSettings } from '../outbox/listening.ts';
import { releaseOwn } from './containing/release-own.ts';
import { type Withdrawal, withdraw } from './rules/withdraw.ts';
import { datedWord, type Word as Said } from './rules/words.ts';
import { refuseRow } from './starting/refuse-start.ts';
import { type Word, withoutSecrets } from './starting/scheduled-cases.ts';

/** What became of a case. `refused`: also where an earlier delivery refused it, and died before it let anybody in. */
type Became = Exclude<Withdrawal['kind'], 'to-refuse'> | 'refused';

/**
 * Takes back words on a case, by the rule of `withdraw`, under the ETag of its row. A case on hold that nobody asks for
 * any more is refused, and whom it denied let in: nobody would start it.
 */
export async function withdrawWords(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  row: CaseRow,
  isMeant: (said: Said) => boolean,
  word: Word,
): Promise<Became> {
  const by = withoutSecrets(word);
  const refusal = redactSecrets(`${by.reason} The case was on hold, and was never started.`);
  const expected = withdraw(row, isMeant, by);
  if (expected.kind === 'to-refuse') {
    const isStill = (current: CaseRow): boolean => withdraw(current, isMeant, by).kind === 'to-refuse';
    const { refused } = await refuseRow(vendors, settings, row, { why: refusal, at: by.requestedAt }, isStill);
    if (!refused) return withdrawAnew(vendors, settings, row, isMeant, word);
  }
  if (expected.kind === 'to-refuse' || (row.state === 'refused' && row.refusal === refusal)) {
    await releaseOwn(vendors, row, { at: by.requestedAt, by: by.requestedBy, why: refusal });
    return 'refused';
  }
  if (expected.kind === 'untouched') return 'untouched';
  await enterDay(vendors, expected.row, by.requestedAt);
  const done: { as: Withdrawal } = { as: expected };
  await vendors.storage.updateCase(row.caseId, (current) => {
    done.as = withdraw(current, isMeant, by);
    return 'row' in done.as ? done.as.row : undefined;
  });
  return done.as.kind === 'to-refuse' ? withdrawAnew(vendors, settings, row, isMeant, word) : done.as.kind;
}

/** What was on hold, or was not, is otherwise by now: it is decided by the row as it stands. */
async function withdrawAnew(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: OutboxSettings,
  { caseId }: CaseRow,
  isMeant: (said: Said) => boolean,
  word: Word,
): Promise<Became> {
  const stored = await vendors.storage.getCase(caseId);
  return stored === undefined ? 'untouched' : withdrawWords(vendors, settings, stored.row, isMeant, word);
}

/** Before the row, as wherever a day is set: a row without an entry would wait for ever. */
async function enterDay(vendors: Pick<Vendors, 'storage'>, row: CaseRow, at: string): Promise<void> {
  const startsAt = row.state === 'cancelled' ? undefined : datedWord(row)?.startsAt;
  if (startsAt !== undefined) await vendors.storage.enterDueStart({ caseId: row.caseId, startsAt }, new Date(at));
}
