import { addressOf } from '../../address.ts';

interface Named {
  readonly oid: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
}

/** A person by name where it is known, by object id else. */
export function nameOf({ displayName, userPrincipalName, oid }: Named): string {
  return displayName ?? userPrincipalName ?? oid;
}

/** A person, with a link to what is known of them. */
export function Person(person: Named) {
  return <a href={addressOf(`/people/${person.oid}`)}>{nameOf(person)}</a>;
}
