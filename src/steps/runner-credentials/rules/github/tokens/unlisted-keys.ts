import type { LoggedAct } from '../../../../../connectors/github/audit-log/audit-log-acts.ts';
import type { ListedDeployKey } from '../../../../../connectors/github/credentials/deploy-key-list.ts';
import { isAbout, isAdditionOf } from './deploy-key-finding.ts';

/** The deploy keys that repositories list, by `owner/repository` as the log writes it. */
export type ListedKeys = ReadonlyMap<string, readonly Pick<ListedDeployKey, 'fingerprint' | 'title' | 'createdAt'>[]>;

/** The repositories in which the log says that a deploy key was added: elsewhere no list has to be asked. */
export function repositoriesOfAddedKeys(acts: readonly LoggedAct[]): readonly string[] {
  return [...new Set(acts.filter(addsKey).flatMap(({ repository }) => repository ?? []))].sort();
}

/**
 * What the leaver did, without what was done to keys that they added and that stand in their repository's list: each of
 * those is a finding of its own by that list, with its remedy. Acts on a key that no list shows stay.
 */
export function withoutListedKeys(acts: readonly LoggedAct[], listed: ListedKeys): LoggedAct[] {
  const added = acts.filter(addsKey);
  return acts.filter(({ action, repository, ...act }) => {
    if (!action.startsWith('public_key.') || repository === undefined) return true;
    const own = (listed.get(repository) ?? []).filter((key) =>
      added.some((addition) => addition.repository === repository && isAdditionOf(addition, key)),
    );
    return !own.some((key) => isAbout(act, key));
  });
}

function addsKey({ action }: LoggedAct): boolean {
  return action === 'public_key.create';
}
