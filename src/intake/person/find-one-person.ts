import type { Holders, PersonName } from '../../connectors/graph/people/people-by-name.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { PersonSaid } from '../../people/hr-notice.ts';
import type { Oid } from '../../people/oid.ts';
import type { SaidOfPerson } from './read-asked.ts';

/** Who is meant by everything that a message says of a person. */
export type Meant =
  | { readonly kind: 'one'; readonly oid: Oid; readonly said: SaidOfPerson }
  /** Nobody, several, or a group: never a choice of ours. */
  | { readonly kind: 'not-one'; readonly why: string }
  /** Somebody was not asked, who may be meant as well. */
  | { readonly kind: 'not-known'; readonly failure: VendorFailure };

interface Held {
  readonly name: PersonName;
  readonly holders: Holders;
}

const KINDS: readonly PersonName['kind'][] = ['userPrincipalName', 'mail', 'employeeId'];

/**
 * The one person of whom everything is true that is said: each name is asked of the users and of the deleted ones, and
 * whoever has them all must be one. An object id by itself is taken as it is, because opening a case reads whose it is.
 */
export async function findOnePerson(vendors: Pick<Vendors, 'graph' | 'storage'>, person: PersonSaid): Promise<Meant> {
  const { oid, userPrincipalName } = person;
  const names = KINDS.flatMap((kind) => (person[kind] === undefined ? [] : [{ kind, value: person[kind] }]));
  const held = await Promise.all(names.map(async (name) => ({ name, holders: await vendors.graph.listHolders(name) })));
  const failure = held.find(({ holders }) => holders.failure !== undefined)?.holders.failure;
  if (failure !== undefined) return { kind: 'not-known', failure };
  const sets = held.map(({ holders }) => new Set(holders.people.map((each) => each.oid)));
  const first = oid === undefined ? [...(sets[0] ?? [])] : [oid];
  const [only, another] = first.filter((each) => sets.every((set) => set.has(each)));
  // An address that reaches a group as well is nobody's alone, whoever else is named beside it.
  const reachesGroup = held.some(({ holders }) => holders.groups.length > 0);
  if (only === undefined || another !== undefined || reachesGroup)
    return { kind: 'not-one', why: whyNotOne(held, oid) };
  const said = userPrincipalName === undefined ? {} : { confirmUserPrincipalName: userPrincipalName };
  if (oid !== undefined || isNumber(person.employeeId)) return { kind: 'one', oid: only, said };
  const { names: known } = await vendors.storage.readMemory(names.map(({ value }) => value));
  const formerHolders = [...new Set(known.map((each) => each.oid))].filter((each) => each !== only);
  return { kind: 'one', oid: only, said: { foundByName: { formerHolders } } };
}

/**
 * HR's own number for a person, which it does not give to another, in contrast to names. Placeholders (`0`, `EXT`) are
 * none, also where one account alone has it: https://learn.microsoft.com/graph/api/resources/user, `employeeId`.
 */
function isNumber(employeeId: string | undefined): boolean {
  return employeeId !== undefined && /[1-9]/.test(employeeId);
}

function whyNotOne(held: readonly Held[], oid: Oid | undefined): string {
  const told = held.map(({ name: { kind }, holders: { people, groups } }) => {
    const who = people.length === 0 ? 'nobody’s' : `that of ${people.map((each) => each.oid).join(' and ')}`;
    return `/person/${kind}: is ${who}${groups.length === 0 ? '' : ', and reaches a group'}`;
  });
  const given = oid === undefined ? [] : [`/person/oid: is ${oid}`];
  return `${[...given, ...told].join('; ')}. No one person is meant by all of it, so nothing was done.`;
}
