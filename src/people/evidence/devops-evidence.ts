import { addressesOf, type Leaver } from '../leaver.ts';
import { type Exclusivity, nameEvidence } from '../names/name-holders.ts';
import { parseGuid } from '../oid.ts';
import type { AccountEvidence } from './evidence.ts';

/** An account of Azure DevOps, as its list of users shows it. `domain` is the tenant where `origin` is `aad`. */
export interface DevOpsIdentity {
  /** The part before the first point says what it is: `aad.…` and `msa.…` are people. */
  readonly descriptor?: string | undefined;
  /** `user`, `servicePrincipal`, `group`. */
  readonly subjectKind?: string | null | undefined;
  readonly origin?: string | null | undefined;
  readonly domain?: string | null | undefined;
  readonly originId?: string | null | undefined;
  readonly principalName?: string | null | undefined;
  readonly mailAddress?: string | null | undefined;
}

/**
 * What a user of an organisation says about whether it is the person. The object id decides whatever the user is
 * called: an organisation that was connected to a tenant mapped people by name once, and old users stay.
 */
export function devOpsEvidence(
  person: Pick<Leaver, 'oid' | 'userPrincipalName' | 'mail' | 'otherAddresses'>,
  user: DevOpsIdentity,
  {
    source,
    tenantId,
    exclusive,
    joined,
  }: {
    readonly source: string;
    readonly tenantId: string;
    readonly exclusive: ReadonlyMap<string, Exclusivity>;
    /** Object ids that are the same person's by two people's word. */
    readonly joined?: ReadonlySet<string>;
  },
): readonly AccountEvidence[] {
  const say = (code: AccountEvidence['code'], what: string): AccountEvidence => ({ code, source, what });
  const origin = user.origin?.toLowerCase();
  const directory = origin === undefined || origin === 'aad';
  const domain = parseGuid(user.domain ?? '');
  const foreign = !directory || (domain !== undefined && domain !== parseGuid(tenantId));
  const id = directory && !foreign ? parseGuid(user.originId ?? '') : undefined;
  const names = namesOfUser(user).filter((name) => addressesOf(person).includes(name));
  const doubt = foreign ? 'the user is of another directory' : undefined;
  const nobody: AccountEvidence[] = isNoPerson(user)
    ? [say('X5', 'Azure DevOps says that it is a service, a group or an application: no person.')]
    : [];
  const named = names.flatMap((name) =>
    nameEvidence(name, source, 'The user is called', exclusive.get(name), { doubt }),
  );
  if (id === undefined) return [...named, ...nobody];
  if (joined?.has(id) === true) {
    const same = `The user is the object id ${id}, which people say is the same person’s.`;
    const ours = origin === 'aad' && domain !== undefined;
    return [...named, ...nobody, ...(ours ? [say('P6', same)] : [])];
  }
  if (id !== person.oid)
    return [...named, ...nobody, say('X2', `The user is the object id ${id}, whatever it is called.`)];
  if (origin === 'aad' && domain !== undefined) {
    return [...named, ...nobody, say('P4', 'The user comes from our tenant with the person’s object id.')];
  }
  return [
    ...named,
    ...nobody,
    say('W1', 'The user has the person’s object id, but which tenant it comes from is not told.'),
  ];
}

export function namesOfUser({ principalName, mailAddress }: DevOpsIdentity): readonly string[] {
  return [...new Set([principalName, mailAddress].flatMap((each) => (each ? [each.toLowerCase()] : [])))];
}

/**
 * Kinds of descriptors that no person has: applications of Entra, services, groups, scopes. Source:
 * `Constants.SubjectType` in Microsoft.VisualStudio.Services.Common
 */
const NO_PERSONS = new Set('aadsp svc s2s acs agg scp csp aadgp vssgp ungrp slic sscp scsp spa sace'.split(' '));

/** Whether it is something else than a person; what says nothing of itself may be one. */
function isNoPerson({ descriptor = '', subjectKind }: DevOpsIdentity): boolean {
  const [kind = ''] = descriptor.toLowerCase().split('.');
  return NO_PERSONS.has(kind) || (typeof subjectKind === 'string' && subjectKind.toLowerCase() !== 'user');
}

/** Whether the user is proved to be somebody of our tenant, whoever that is, or to be nobody. */
export function isAccountedFor(user: DevOpsIdentity, tenantId: string): boolean {
  if (isNoPerson(user)) return true;
  const { origin, domain, originId } = user;
  const ours = parseGuid(tenantId);
  return origin?.toLowerCase() === 'aad' && parseGuid(domain ?? '') === ours && parseGuid(originId ?? '') !== undefined;
}
