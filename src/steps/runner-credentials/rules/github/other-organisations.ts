import type { Coverage } from '../../../../cases/coverage/coverage.ts';
import type { InstalledOn } from '../../../../connectors/github/installations.ts';
import type { Listing } from '../../../../connectors/listing.ts';
import { unnamedPlaces } from '../../../unnamed-places.ts';

/**
 * The line about organisations on which the App is installed, and in which nobody looks. An enterprise is none of them:
 * it has no repositories of its own, and what only its owner sees is a limit that the catalogue names.
 */
export function otherOrganisations(
  named: readonly string[],
  { items, failure }: Listing<InstalledOn>,
): Coverage | undefined {
  return unnamedPlaces({
    source: 'github/other-organisations',
    setting: 'GITHUB_ORGANISATIONS',
    named,
    seen: items
      .filter(({ type }) => type.toLowerCase() !== 'enterprise')
      .map(({ login, type, suspended }) => ({ id: login, name: nameOf(login, type, suspended) })),
    unit: 'organisations',
    failure,
  });
}

function nameOf(login: string, type: string, suspended: boolean): string {
  if (type.toLowerCase() !== 'organization') return 'an account that is no organisation';
  return suspended ? 'suspended' : login;
}
