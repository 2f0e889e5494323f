import type { DirectoryKind } from '../../connectors/graph/directory-objects.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';

/** What an object id that somebody wants offboarded stands for. */
export type Subject =
  /** A user, a deleted user; `gone` where the directory has no object of any type under this id. */
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'not-a-person'; readonly why: string }
  /** One of the questions was not answered, so that nobody knows. */
  | { readonly kind: 'not-known'; readonly failure: VendorFailure };

const KINDS: Readonly<Record<DirectoryKind, string>> = {
  'service-principal': 'a service principal (an application, a managed identity or an agent)',
  application: 'an app registration',
  group: 'a group',
};

/**
 * Asks what an id is, before anything is done to it: users, deleted users, and where it is neither, service principals,
 * app registrations and groups. Only a person can leave: the deny list cuts off whatever has the id, a production
 * workload too. Two calls at most for a person, three more for an id that no user has or had.
 */
export async function resolveSubject(vendors: Pick<Vendors, 'graph'>, oid: Oid): Promise<Subject> {
  const found = await vendors.graph.findPerson(oid);
  if (found.ok && found.value.agent === true) {
    return { kind: 'not-a-person', why: whatItIs(oid, 'the user of an AI agent', found.value.displayName) };
  }
  if (found.ok && found.value.state !== 'gone') return { kind: 'person', person: found.value };
  // Where the users cannot be read either, an object of another type still says that this is nobody.
  const object = await vendors.graph.findObject(oid);
  if (object.ok && object.value !== undefined) {
    return { kind: 'not-a-person', why: whatItIs(oid, KINDS[object.value.kind], object.value.displayName) };
  }
  if (!found.ok) return { kind: 'not-known', failure: found.failure };
  return object.ok ? { kind: 'person', person: found.value } : { kind: 'not-known', failure: object.failure };
}

function whatItIs(oid: Oid, what: string, name: string | undefined): string {
  return `${oid} is ${what}${name === undefined ? '' : `, “${name}”`}. Only a person can be offboarded, so nothing was done.`;
}
