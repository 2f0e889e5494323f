import type { Grant } from '../../src/connectors/graph/applications/grants.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { deletedAsLong } from '../../src/people/deleted-sightings.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { classifyGrant } from '../../src/steps/consent/rules/classify-grant.ts';

/** What the same list shows, away from the gateway, of this person or of somebody who has been deleted for as long. */
interface Control {
  /** To complete “and ”; absent where it shows nothing of the kind. */
  readonly why?: string;
  readonly failure?: VendorFailure;
}

/**
 * Whether Graph's lists show anything at all of a person who is deleted, asked where people have more than they have on
 * the gateway. Most people consented to something: where that is listed after the deletion, what they had on the gateway
 * would be as well, so that nothing there means nothing. Each is asked once, and only where somebody wants to know.
 */
export interface ShownElsewhere {
  /** Every consent of the person, to whatever. */
  ofPerson(): Promise<Listing<Grant>>;
  consents(): Promise<Control>;
  roles(): Promise<Control>;
}

/** So many deleted people, and so many applications, are asked about: the first that is shown is enough. */
const [PEOPLE, APPLICATIONS] = [10, 5];

export function shownElsewhere(
  vendors: Pick<Vendors, 'graph'>,
  leaver: Pick<Leaver, 'oid' | 'state' | 'deletedAt'>,
  gatewayId: string,
  at: Date,
): ShownElsewhere {
  const { oid } = leaver;
  const ofPerson = once(() => vendors.graph.listGrants('principalId', oid));
  const others = once(async () => {
    const { items, failure } = await vendors.graph.listDeletedUsers();
    return { items: items.filter((each) => each.oid !== oid && deletedAsLong(each, leaver, at)), failure };
  });
  const consents = once(async (): Promise<Control & { readonly clients: readonly string[] }> => {
    const { items, failure } = await ofPerson();
    const own = items.filter((grant) => isOf(grant, oid) && classifyGrant(grant, oid, gatewayId) === 'unrelated');
    if (own.length > 0) {
      const why = `the same question shows consents of this person to something else (${own.length})`;
      return { why, clients: clientsOf(own) };
    }
    const deleted = await others();
    for (const person of deleted.items.slice(0, PEOPLE)) {
      const list = await vendors.graph.listGrants('principalId', person.oid);
      const theirs = list.items.filter((grant) => isOf(grant, person.oid));
      if (theirs.length === 0) continue;
      const why = 'the same question shows consents of somebody else who has been deleted for as long';
      return { why, clients: clientsOf(theirs) };
    }
    return { clients: [], ...only(failure ?? deleted.failure) };
  });
  const roles = once(async (): Promise<Control> => {
    const { clients, failure: first } = await consents();
    const deleted = clients.length === 0 ? { items: [], failure: undefined } : await others();
    const gone = new Set<string>([oid, ...deleted.items.map((each) => each.oid)]);
    let failure = first ?? deleted.failure;
    for (const client of clients.slice(0, APPLICATIONS)) {
      const list = await vendors.graph.listAssignedTo(client);
      if (list.items.some(({ principalId }) => gone.has(principalId.toLowerCase()))) {
        return { why: 'such a list of another application shows somebody who has been deleted for as long' };
      }
      failure ??= list.failure;
    }
    return only(failure);
  });
  return { ofPerson, consents, roles };
}

function isOf({ principalId }: Grant, oid: string): boolean {
  return principalId?.toLowerCase() === oid;
}

function clientsOf(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map(({ clientId }) => clientId))];
}

/** What may be known in a while is asked again; a refusal leaves the question open, which the line says. */
function only(failure: VendorFailure | undefined): Pick<Control, 'failure'> {
  return failure?.kind === 'throttled' || failure?.kind === 'unavailable' ? { failure } : {};
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
