import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOfList } from '../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { Person } from '../../src/connectors/graph/people/person-of-user.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { NO_TIME_NAMED, type VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Log } from '../../src/log.ts';
import { disabledAt, isDisabledFor, isNewSighting } from '../../src/people/disabled-since.ts';
import type { Memory } from '../../src/people/evidence/remembered.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { InactivePerson } from '../../src/sweep/find-orphans.ts';

/** Everybody who has left, by the directory, by what is remembered, and by what the firm says that disabled means. */
export interface WhoLeft {
  readonly people: readonly InactivePerson[];
  /** Those whose account can still be restored. */
  readonly deleted: readonly Person[];
  /** Sign-in names of those who work here, in lower case. */
  readonly taken: ReadonlySet<string>;
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/** Reads who has left by an instant: three lists, however many people there are in them. */
export async function peopleWhoLeft(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  { DISABLED_MEANS_LEFT_AFTER_DAYS: days }: Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS'>,
  at: string,
  memory: Memory | undefined,
  log: Pick<Log, 'warn'>,
): Promise<WhoLeft> {
  const [{ departed, deleted }, living] = await Promise.all([
    vendors.graph.listInactiveUsers(new Date(at)),
    vendors.graph.listUsers(),
  ]);
  const isWhole = living.failure === undefined && deleted.failure === undefined;
  const gone = isWhole && memory !== undefined ? goneOf(memory, [...living.items, ...deleted.items]) : [];
  const disabled = days === 0 ? NOBODY : await disabledOf(vendors, living, days, at, log);
  return {
    people: byOid([...gone, ...disabled.people, ...departed.items, ...deleted.items]),
    deleted: deleted.items,
    taken: takenNames(living.items),
    coverage: [
      coverageOfList('entra/deleted-users', 'people', deleted),
      coverageOfList('entra/departed-users', 'people', departed),
      coverageOfList('entra/users', 'people', { ...living, failures: disabled.failures }),
    ],
    failures: [deleted.failure, departed.failure, living.failure, ...disabled.failures].filter(
      (failure) => failure !== undefined,
    ),
  };
}

function takenNames(living: readonly Person[]): ReadonlySet<string> {
  const enabled = living.filter(({ state }) => state === 'active');
  return new Set(enabled.flatMap(({ userPrincipalName }) => userPrincipalName?.toLowerCase() ?? []));
}

/**
 * People who were deleted for good: remembered under an object id of this tenant that the directory does not know any
 * more. Before a case is opened the id is asked for by itself, so that nobody is cut off because a list left them out.
 */
function goneOf(memory: Memory, known: readonly Pick<Person, 'oid'>[]): InactivePerson[] {
  const there = new Set(known.map(({ oid }) => oid));
  const names = Map.groupBy(memory.names, ({ oid }) => oid);
  const remembered = new Set([...names.keys(), ...memory.accounts.map(({ oid }) => oid)]);
  return [...remembered]
    .filter((oid) => !there.has(oid))
    .map((oid) => {
      const own = names.get(oid) ?? [];
      const [latest] = own.toSorted((a, b) => Date.parse(b.to) - Date.parse(a.to));
      return { oid, state: 'gone', ...(latest === undefined ? {} : { userPrincipalName: latest.name }) };
    });
}

interface DisabledPeople {
  readonly people: readonly InactivePerson[];
  readonly failures: readonly VendorFailure[];
}

const NOBODY: DisabledPeople = { people: [], failures: [] };

/**
 * Whose account has been disabled for so many days as far as sweeps saw it. What they saw is remembered, and forgotten
 * only by a list that was read to its end: whoever is missing in another may be disabled all the same. Of whom nobody can
 * tell since when, the days are not begun anew in silence: the row stays as it is, and every sweep says so.
 */
async function disabledOf(
  { storage }: Pick<Vendors, 'storage'>,
  living: Listing<Person>,
  days: number,
  at: string,
  log: Pick<Log, 'warn'>,
): Promise<DisabledPeople> {
  const people = living.items.filter(({ state }) => state === 'disabled');
  const read = await tried(() => storage.readDisabled());
  if (!read.ok) return { people: [], failures: [unknownDays(read.error, log)] };
  const { sightings: before, unreadable } = read.value;
  const unread = new Set(unreadable);
  const still = new Set<string>(people.map(({ oid }) => oid));
  const seen = disabledAt(
    people.flatMap(({ oid }) => (unread.has(oid) ? [] : [oid])),
    before,
    at,
  );
  const shown = new Set<string>(living.items.map(({ oid }) => oid));
  const noMore = [...before.map(({ oid }) => oid), ...unreadable].filter(
    (oid) => !still.has(oid) && (living.failure === undefined || shown.has(oid)),
  );
  const known = new Map(before.map((each) => [each.oid, each]));
  const news = seen.filter((each) => isNewSighting(each, known.get(each.oid)));
  const written = await tried(() => storage.rememberDisabled(news, noMore));
  const since = new Map<Oid, string>(seen.filter((each) => isDisabledFor(each, days)).map((s) => [s.oid, s.from]));
  const lost = unreadable.filter((oid) => still.has(oid));
  return {
    people: people.flatMap((person) => {
      const disabledSince = since.get(person.oid);
      return disabledSince === undefined ? [] : [{ ...person, disabledSince }];
    }),
    failures: [
      ...(lost.length === 0 ? [] : [lostDays(lost, log)]),
      ...(written.ok ? [] : [unwrittenDays(written.error, log)]),
    ],
  };
}

type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** Storage throws where it does not answer; of that no more than the name of the error is told. */
async function tried<T>(call: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.name : 'unknown' };
  }
}

function unknownDays(error: string, log: Pick<Log, 'warn'>): VendorFailure {
  log.warn('since when accounts have been disabled could not be recalled', { error });
  const message =
    'Since when accounts have been disabled could not be read from storage, so that nobody counts as having left by it.';
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

function unwrittenDays(error: string, log: Pick<Log, 'warn'>): VendorFailure {
  log.warn('who is disabled now could not be remembered', { error });
  const message = 'Who is disabled now could not be written to storage, so that their days may begin later.';
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

/** So many are named. */
const NAMED = 5;

function lostDays(oids: readonly string[], log: Pick<Log, 'warn'>): VendorFailure {
  log.warn('rows of disabled people cannot be read', { rows: oids.length });
  const more = oids.length > NAMED ? ` and ${oids.length - NAMED} more` : '';
  const message =
    `Since when ${oids.slice(0, NAMED).join(', ')}${more} have been disabled cannot be read: look at these people yourself. ` +
    'Their rows of the table people, partition disabled, say something else than sweeps write; once they are deleted, the days begin anew.';
  return { kind: 'incomplete', status: 200, message };
}

/** Who is in several lists: the deletion is the latest news. */
function byOid(people: readonly InactivePerson[]): InactivePerson[] {
  const known = new Map<Oid, InactivePerson>();
  for (const { oid, state, userPrincipalName, deletedAt, leaveAt, disabledSince } of people) {
    known.set(oid, {
      oid,
      state,
      ...(userPrincipalName && { userPrincipalName }),
      ...(deletedAt && { deletedAt }),
      ...(leaveAt && { leaveAt }),
      ...(disabledSince && { disabledSince }),
    });
  }
  return [...known.values()];
}
