import type { Stack } from '../stack.ts';
import type { UserRow } from '../tenant/entra/state/state-people.ts';
import { STAFF } from '../tenant/seeds/staff.ts';
import { WORLD } from '../tenant/seeds/world.ts';

/** Somebody of the simulated directory. */
export interface FirmPerson {
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  readonly deleted: boolean;
  /** Whether the gateway refuses their calls. */
  readonly denied: boolean;
}

/** Everybody whom the directory knows, the story’s leaver first; without those who sign in to the console, who go on working. */
export function peopleOf(stack: Pick<Stack, 'states'>): readonly FirmPerson[] {
  const { users, deletedUsers } = stack.states.entra;
  const denied = deniedOf(stack);
  const shown = (deleted: boolean) => (user: UserRow) => ({
    ...{ oid: user.id, name: user.displayName, upn: withoutPrefix(user), deleted },
    denied: denied.includes(user.id.toLowerCase()),
  });
  const others = (user: UserRow): boolean => STAFF.every(({ oid }) => oid !== user.id);
  const all = [...users.where(others).map(shown(false)), ...deletedUsers.where(others).map(shown(true))];
  const isLeaver = ({ oid }: FirmPerson): boolean => oid === WORLD.leaver.oid;
  return all.toSorted((one, other) => Number(isLeaver(other)) - Number(isLeaver(one)));
}

/** @throws where the directory knows nobody of this object id */
export function personOf(stack: Pick<Stack, 'states'>, oid: string): FirmPerson {
  const found = peopleOf(stack).find((person) => person.oid === oid.toLowerCase());
  if (found === undefined) throw new Error(`The directory knows nobody of the object id ${oid}.`);
  return found;
}

/** What stands in the gateway's named values. */
function deniedOf({ states }: Pick<Stack, 'states'>): string {
  const ours = states.arm.namedValues.where(({ name }) => WORLD.apim.namedValues.some((each) => each === name));
  return ours.map(({ value }) => value.toLowerCase()).join(' ');
}

/** Entra puts the object id before the principal name of whoever is deleted. */
function withoutPrefix({ id, userPrincipalName }: UserRow): string {
  const prefix = id.replaceAll('-', '');
  return userPrincipalName.startsWith(prefix) ? userPrincipalName.slice(prefix.length) : userPrincipalName;
}
