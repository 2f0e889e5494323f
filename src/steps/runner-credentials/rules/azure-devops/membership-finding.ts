import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { DevOpsGroup } from '../../../../connectors/azure-devops/people/memberships.ts';
import type { DevOpsAccount } from '../../../../people/leaver.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { permitted } from '../../../permitted.ts';
import { removeEntitlement } from '../../remedies/azure-devops/remove-entitlement.ts';

/** Whoever is in one of these may let anybody in. */
const ADMINISTRATORS =
  /\\(Project Collection Administrators|Project Collection Service Accounts|Project Administrators|Build Administrators|Endpoint Administrators)$/i;

/** So many groups as a finding names. */
const NAMED = 20;

/**
 * The leaver’s account is an active member. A disabled or deleted person cannot sign in, but SSH keys and what runs as
 * them end with the membership only, and all of it is there again when the person is restored.
 */
export function membershipFinding(
  account: DevOpsAccount,
  storageKey: string | undefined,
  groups: readonly DevOpsGroup[],
  webUrl: string,
): Finding {
  const { organisation, descriptor } = account;
  const names = groups.map(
    ({ principalName, displayName, descriptor: unnamed }) => principalName ?? displayName ?? unnamed,
  );
  const rules = names.filter((name) => ADMINISTRATORS.test(name));
  const synced = groups.filter(({ origin }) => origin === 'aad').length;
  const id = findingId('runner-credentials', 'devops-membership', `${organisation}/${descriptor}`);
  const back =
    synced === 0
      ? ''
      : ' A group of Entra is among its groups: while the person is in that, the membership comes back by itself, so take them out of it first.';
  const finding = {
    id,
    step: 'runner-credentials',
    kind: 'devops-membership',
    title: `The leaver is an active member of ${organisation}${rules.length === 0 ? '' : `, and administers it (${rules[0]})`}`,
    resource: {
      system: 'azure-devops',
      type: 'membership',
      id: `${organisation}/${descriptor}`,
      name: organisation,
      url: `${webUrl}/${organisation}/_settings/users`,
    },
    severity: rules.length > 0 ? 'high' : 'medium',
    reason: `SSH keys work, and whatever is restored with the person comes back, until the account is taken out of the organisation.${back}`,
    evidence: { groups: names.slice(0, NAMED), groupCount: names.length, groupsOfEntra: synced },
  } as const;
  if (storageKey === undefined) {
    const reason = `${finding.reason} Its id could not be read: remove it by hand under Users.`;
    return permitted({ ...finding, status: 'manual-action', reason }, account);
  }
  return permitted(
    {
      ...finding,
      status: 'awaiting-decision',
      remedy: remedyOf(
        removeEntitlement,
        id,
        { kind: 'remove-entitlement', organisation, descriptor, storageKey, expected: { active: true } },
        undefined,
      ),
    },
    account,
  );
}
