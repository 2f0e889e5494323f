import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Log } from '../../src/log.ts';
import { type DeletedSighting, shownBefore, sightingsOf } from '../../src/people/deleted-sightings.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { CONSENTS } from '../consent/shown-of-deleted.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

type Deleted = Pick<Leaver, 'oid' | 'deletedAt'>;

/**
 * The line of the list of consents, `partial` where nothing tells that the list shows what the deleted people have of
 * whom it shows nothing: nobody documents it, and a list that leaves the deleted out looks like one of people who have
 * nothing. What the list shows of the deleted is remembered, because a case about one of them rests on it.
 */
export async function consentsOfDeleted(
  vendors: Pick<Vendors, 'storage'>,
  credentials: OwnedCredentials['credentials'],
  deleted: readonly Deleted[],
  line: Coverage,
  at: Date,
  log: Pick<Log, 'warn'>,
): Promise<Coverage> {
  const shown = credentials.flatMap(({ kind, owner }) =>
    kind === 'delegated-grant' && 'oid' in owner ? [owner.oid] : [],
  );
  const seen = sightingsOf(CONSENTS, shown, deleted, at);
  const listed = new Set(shown);
  const unshown = (known: readonly DeletedSighting[]): number =>
    deleted.filter(
      (person) =>
        !listed.has(person.oid) &&
        shownBefore(CONSENTS, [...known, ...seen], { ...person, state: 'soft-deleted' }, at) === undefined,
    ).length;
  try {
    const known = await vendors.storage.readDeletedSightings();
    await vendors.storage.rememberDeletedSightings(seen);
    return withDoubt(line, unshown(known));
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log.warn('what lists show of the deleted could not be recalled or remembered', { error: name });
    return withDoubt(line, unshown([]));
  }
}

function withDoubt(line: Coverage, people: number): Coverage {
  if (people === 0 || line.state !== 'complete') return line;
  const detail =
    `The list shows no consent of the ${people} deleted ${people === 1 ? 'person' : 'people'}, and was not seen to show ` +
    'what anybody has who had been deleted for as long: it may leave them out.';
  return { ...line, state: 'partial', detail };
}
