import type { Item, Leaving } from './firm.ts';
import type { Making } from './generate.ts';

export function calls({ chance, people, leaver, key }: Making, { daysAgo }: Leaving): Item[] {
  const days = (from: number, to: number): number[] =>
    Array.from({ length: Math.max(to - from, 0) }, (_, n) => from + n);
  const work = (person: string, from: number): Item => {
    return { key: key('calls'), kind: 'calls', by: { person }, daysAgo: days(from, 91), hour: 10 };
  };
  const after: Item = {
    key: key('calls'),
    kind: 'calls',
    by: { person: leaver.key },
    // Weeks of it, or the one day after the last.
    daysAgo: (chance.is(0.5) ? days(1, daysAgo) : [daysAgo - 1]).filter((day) => day >= 1),
    hour: chance.between(1, 22),
  };
  const colleague = chance.pick(people);
  return [
    work(leaver.key, daysAgo + 1),
    ...(colleague.key === leaver.key ? [] : [work(colleague.key, 1)]),
    ...(chance.is(0.35) && after.daysAgo.length > 0 ? [after] : []),
    ...(chance.is(0.12) && daysAgo > 1 ? [{ ...after, key: key('calls'), by: 'nobody' as const, daysAgo: [1] }] : []),
  ];
}

/** Where a vendor refuses or fails while the case is discovered. */
export function refusals({ chance, key }: Making): Item[] {
  if (!chance.is(0.25)) return [];
  const [vendor, path] = chance.pick(REFUSED);
  return [{ key: key('refusal'), kind: 'refusal', vendor, path, status: chance.pick([403, 403, 404, 500]) }];
}

const REFUSED = [
  ['github', '/credential-authorizations'],
  ['github', '/personal-access-tokens'],
  ['github', '/actions/runners'],
  ['github', '/actions/variables'],
  ['github', '/environments/'],
  ['github', '/actions/runs'],
  ['devops', '/distributedtask/pools'],
  ['devops', '/variablegroups'],
  ['devops', '/build/definitions'],
  ['devops', '/tokenadmin/'],
  ['devops', '/graph/users'],
  ['arm', 'federatedIdentityCredentials'],
  ['arm', 'userAssignedIdentities\\?'],
  ['arm', '/roleAssignments'],
  ['arm', '/containerGroups'],
  ['arm', '/vaults\\?'],
  ['arm', '/service/[^/]+/(users|subscriptions)'],
  ['arm', '/(backends|policyFragments|authorizationProviders)'],
  ['graph', '/oauth2PermissionGrants'],
  ['graph', '/appRoleAssignedTo'],
  ['graph', '/applications'],
] as const;
