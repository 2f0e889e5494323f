import type { AccessPolicy } from './readings/conditional-access.ts';

/** What is needed of a policy as Graph tells it; ids and words in lower case. */
interface ToldPolicy {
  readonly id: string;
  readonly displayName?: string | null | undefined;
  readonly state: string;
  readonly conditions: ToldConditions & Readonly<Record<string, unknown>>;
  readonly grantControls?:
    | (Readonly<Record<string, unknown>> & { readonly builtInControls: readonly string[] })
    | null
    | undefined;
}

interface ToldConditions {
  readonly applications?: (ToldApplications & Readonly<Record<string, unknown>>) | null | undefined;
  readonly users?: (ToldUsers & Readonly<Record<string, unknown>>) | null | undefined;
  readonly clientAppTypes: readonly string[];
  readonly platforms?:
    | { readonly includePlatforms: readonly string[]; readonly excludePlatforms: readonly string[] }
    | null
    | undefined;
  readonly locations?:
    | { readonly includeLocations: readonly string[]; readonly excludeLocations: readonly string[] }
    | null
    | undefined;
}
interface ToldApplications {
  readonly includeApplications: readonly string[];
  readonly excludeApplications: readonly string[];
}
interface ToldUsers {
  readonly includeUsers: readonly string[];
  readonly excludeUsers: readonly string[];
  readonly excludeGroups: readonly string[];
  readonly excludeRoles: readonly string[];
  readonly excludeGuestsOrExternalUsers?: unknown;
}

/** Conditions that narrow a policy wherever they say anything. */
const NARROWING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    devices: 'a filter for devices',
    signInRiskLevels: 'sign-in risk',
    userRiskLevels: 'user risk',
    servicePrincipalRiskLevels: 'risk of service principals',
    insiderRiskLevels: 'insider risk',
    authenticationFlows: 'authentication flows',
    clientApplications: 'service principals in place of people',
  }),
);
const LOOKED_AT = new Set(['applications', 'users', 'clientAppTypes', 'platforms', 'locations']);
const APPLICATIONS = new Set(['includeApplications', 'excludeApplications']);

/**
 * What a policy comes to. A condition counts where it says anything at all, whatever that is. Not verified: that v1.0 tells
 * of no policy at all that has a condition in preview, which it would otherwise show without that condition; asked for
 * such a one by its id, it refuses.
 */
export function policyFacts({ id, displayName, state, conditions, grantControls }: ToldPolicy): AccessPolicy {
  const { clientAppTypes } = conditions;
  const applications = conditions.applications ?? { includeApplications: [], excludeApplications: [] };
  const users = conditions.users ?? { includeUsers: [], excludeUsers: [], excludeGroups: [], excludeRoles: [] };
  const platforms = conditions.platforms ?? { includePlatforms: [], excludePlatforms: [] };
  const locations = conditions.locations ?? { includeLocations: [], excludeLocations: [] };
  const others = Object.entries(conditions).filter(([name, said]) => !LOOKED_AT.has(name) && says(said));
  const { builtInControls = [], ...controls } = grantControls ?? {};
  const { operator: _, ...asked } = controls as Readonly<Record<string, unknown>>;
  return {
    id,
    name: displayName ?? id,
    state,
    blocks: builtInControls.length === 1 && builtInControls[0] === 'block' && !says(asked),
    everybody: users.includeUsers.includes('all'),
    apps: [...applications.includeApplications],
    exceptApps: [...applications.excludeApplications],
    narrowedBy: [
      ...(clientAppTypes.includes('all') ? [] : [`client types: ${clientAppTypes.join(', ') || 'none named'}`]),
      ...narrowed('platforms', platforms.includePlatforms, platforms.excludePlatforms),
      ...narrowed('locations', locations.includeLocations, locations.excludeLocations),
      ...Object.entries(applications).flatMap(([name, said]) =>
        APPLICATIONS.has(name) || !says(said) ? [] : [`applications: ${name}`],
      ),
      ...others.flatMap(([name]) => NARROWING.get(name) ?? []),
    ],
    notUnderstood: [
      ...others.flatMap(([name]) => (!NARROWING.has(name) ? [name] : [])),
      ...Object.entries(users).flatMap(([name, said]) =>
        name.startsWith('exclude') && !EXCLUSIONS.has(name) && says(said) ? [`users: ${name}`] : [],
      ),
    ],
    exceptUsers: [...users.excludeUsers],
    exceptGroups: [...users.excludeGroups],
    exceptRoles: [...users.excludeRoles],
    exceptGuests: says(users.excludeGuestsOrExternalUsers),
  };
}

const EXCLUSIONS = new Set(['excludeUsers', 'excludeGroups', 'excludeRoles', 'excludeGuestsOrExternalUsers']);

function narrowed(what: string, included: readonly string[], excluded: readonly string[]): string[] {
  const some = included.length > 0 && !included.includes('all');
  return [
    ...(some ? [`${what}: ${included.join(', ')}`] : []),
    ...(excluded.length > 0 ? [`${what} except ${excluded.join(', ')}`] : []),
  ];
}

const SILENT: readonly unknown[] = [null, undefined, false, '', 'none'];

/** Whether a condition says anything: Graph sends null, empty lists and objects of such for one that is not set. */
function says(said: unknown): boolean {
  if (SILENT.includes(said)) return false;
  if (typeof said !== 'object' || said === null) return true;
  // `authenticationStrength@odata.context` says where a thing is described, whether or not it is there.
  return Object.entries(said).some(([name, each]) => !name.includes('@') && says(each));
}
