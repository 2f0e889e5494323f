import type { DevOpsAccount, GitHubAccount, Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';

/** The account as the rules of a case take it: what is not proved to be somebody’s is nobody’s here. */
export function provedAccount({ id, login }: Pick<ProvedAccount, 'id' | 'login'>): GitHubAccount {
  return { id, login, source: 'exposure', confidence: 'proved' };
}

/** Somebody as if they left today: their id and the account in question, and no name. */
export function asLeaver(
  oid: Oid,
  {
    github = [],
    devops = [],
  }: Partial<Record<'github', readonly GitHubAccount[]> & Record<'devops', readonly DevOpsAccount[]>>,
): Leaver {
  return { oid, state: 'active', github, devops };
}
