import type { AccessPolicy } from '../readings/conditional-access.ts';

export type PolicyFault = 'policy-not-enforced' | 'policy-not-everybody' | 'policy-exclusion' | 'policy-narrowed';

/** How far a policy keeps everybody from an application. */
interface Standing {
  readonly policy: AccessPolicy;
  /** The most severe of what is wrong with it; absent where nothing is. */
  readonly fault: PolicyFault | undefined;
  readonly says: readonly string[];
  readonly todo: readonly string[];
  /** What cannot be said of it. */
  readonly doubts: readonly string[];
}

/**
 * The policy that comes closest to keeping everybody from an application; undefined where none blocks anybody on it. One
 * that is right in all is found whatever others there are, because every policy that applies blocks.
 */
export function closestPolicy(
  policies: readonly AccessPolicy[],
  appId: string,
  breakGlass: readonly string[],
): Standing | undefined {
  const standings = policies
    .filter(({ blocks, apps, exceptApps }) => blocks && meant(apps, appId) && !exceptApps.includes(appId))
    .map((policy) => standingOf(policy, breakGlass));
  return standings.toSorted((one, other) => rank(one, appId) - rank(other, appId) || order(one, other))[0];
}

/** `office365` and other suites of Microsoft’s own hold no application of a firm’s. */
const meant = (apps: readonly string[], appId: string): boolean => apps.includes('all') || apps.includes(appId);
const order = (one: Standing, other: Standing): number => (one.policy.id < other.policy.id ? -1 : 1);
/** Without a fault first, then without a doubt, then the one that names the application. */
const rank = ({ says, doubts, policy }: Standing, appId: string): number =>
  says.length * 100 + doubts.length * 10 + (policy.apps.includes(appId) ? 0 : 1);

function standingOf(policy: AccessPolicy, breakGlass: readonly string[]): Standing {
  const { state, everybody, narrowedBy, notUnderstood, exceptGroups } = policy;
  const strangers = policy.exceptUsers.filter((oid) => !breakGlass.includes(oid));
  const excluded = [
    ...strangers.map((who) => `the user ${who}`),
    // Whoever is given the role is let through: it is no account that the firm names.
    ...policy.exceptRoles.map((role) => `the role ${role}`),
    ...(policy.exceptGuests ? ['guests'] : []),
  ];
  const faults: readonly (readonly [fault: PolicyFault, holds: boolean, says: string, todo: string])[] = [
    ['policy-not-enforced', state !== 'enabled', `its state is ${state}`, 'turn it on'],
    ['policy-not-everybody', !everybody, 'it is not for all users', 'include all users'],
    [
      'policy-exclusion',
      excluded.length > 0,
      `it leaves out ${excluded.join(', ')}`,
      'take the exclusions out, or, of a break-glass account, add it to PROTECTED_OIDS',
    ],
    ['policy-narrowed', narrowedBy.length > 0, `it is narrowed by ${narrowedBy.join(', ')}`, 'take the conditions out'],
  ];
  const found = faults.filter(([, holds]) => holds);
  return {
    policy,
    fault: found[0]?.[0],
    says: found.map(([, , says]) => says),
    todo: found.map(([, , , todo]) => todo),
    doubts: [
      ...exceptGroups.map(
        (group) => `The policy “${policy.name}” leaves out the group ${group}, whose members are not read.`,
      ),
      ...notUnderstood.map((what) => `The policy “${policy.name}” has a condition that is not understood: ${what}.`),
    ],
  };
}
