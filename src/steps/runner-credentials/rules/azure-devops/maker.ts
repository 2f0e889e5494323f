import type { DevOpsPerson } from '../../../../connectors/azure-devops/pipelines/pipelines.ts';
import { addressesOf, type DevOpsAccount, type Leaver } from '../../../../people/leaver.ts';

/**
 * Whether the leaver made or changed something. `account`: by the descriptor or the storage key that the service keeps
 * with it. `name`: by a name alone, which somebody else may have by now.
 */
export type Maker =
  | { readonly by: 'account'; readonly account: DevOpsAccount }
  | { readonly by: 'name'; readonly name: string }
  | undefined;

/** Whose hand it was. A descriptor or key that is another account’s is another’s, whatever that is called. */
export function makerOf(person: DevOpsPerson, accounts: readonly DevOpsAccount[], leaver: Leaver): Maker {
  if (person == null) return undefined;
  const { id, descriptor, uniqueName } = person;
  const account = accounts.find(
    (each) =>
      (descriptor != null && each.descriptor === descriptor) ||
      (id != null && each.storageKey?.toLowerCase() === id.toLowerCase()),
  );
  if (account !== undefined) return { by: 'account', account };
  // Somebody is told apart from the leaver only where the leaver's own account is known.
  const told =
    (descriptor != null && descriptor !== '') || (id != null && accounts.some(({ storageKey }) => storageKey));
  if (told && accounts.length > 0) return undefined;
  const name = uniqueName?.toLowerCase();
  return name !== undefined && addressesOf(leaver).includes(name) ? { by: 'name', name } : undefined;
}

/** What a maker allows to be planned: a name plans nothing. */
export function confidenceOfMaker(maker: NonNullable<Maker>): Pick<DevOpsAccount, 'confidence'> {
  return maker.by === 'account' ? maker.account : { confidence: 'weak' };
}
