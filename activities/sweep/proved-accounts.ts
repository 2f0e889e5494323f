import { type Answer, answerEvidence, confirmedOf } from '../../src/people/answers/answers.ts';
import { isFresh, lastLogin, type Memory, NO_MEMORY } from '../../src/people/evidence/remembered.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';

/** What earlier cases and sweeps proved counts as well, against what is read now too: then an account is two people's. */
export function provedBy(
  accounts: readonly ProvedAccount[],
  memory: Memory | undefined,
  answers: readonly Answer[],
  now: Date,
): readonly ProvedAccount[] {
  const read = new Map(accounts.map((account) => [String(account.id), account]));
  const remembered = (memory ?? NO_MEMORY).accounts.flatMap((known): ProvedAccount[] => {
    if (known.vendor !== 'github') return [];
    const login = read.get(known.id)?.login ?? lastLogin(memory ?? NO_MEMORY, known.id);
    // An old proof opens no case by itself, and still speaks against another's.
    const counts = isFresh(known, now) || (read.has(known.id) && read.get(known.id)?.oid !== known.oid);
    return counts && login !== undefined ? [{ id: Number(known.id), login, oid: known.oid }] : [];
  });
  const said = confirmedOf(answers).flatMap(({ kind, statement, vendor, oid, accountId, login }): ProvedAccount[] => {
    if (kind !== 'account' || statement !== 'is' || vendor !== 'github' || accountId === undefined) return [];
    const name = read.get(accountId)?.login ?? lastLogin(memory ?? NO_MEMORY, accountId) ?? login;
    return name === undefined ? [] : [{ id: Number(accountId), login: name, oid }];
  });
  // Where a source and people disagree, the account proves nobody: the app alone opens no case by it.
  const all = [...accounts, ...remembered, ...said];
  const disputed = all.filter(({ id, oid }) =>
    answerEvidence(oid, { vendor: 'github', id: String(id) }, answers).some(({ code }) => /^X[45]/.test(code)),
  );
  const ids = new Set(disputed.map(({ id }) => id));
  return all.filter(({ id }) => !ids.has(id));
}
