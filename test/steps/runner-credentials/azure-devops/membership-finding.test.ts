import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { DevOpsGroup } from '../../../../src/connectors/azure-devops/people/memberships.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { removeEntitlement } from '../../../../src/steps/runner-credentials/remedies/azure-devops/remove-entitlement.ts';
import { membershipFinding } from '../../../../src/steps/runner-credentials/rules/azure-devops/membership-finding.ts';
import { WEB } from './azure-devops-world.ts';
import { account } from './left-behind-world.ts';

const group = (principalName: string | null, more: Partial<DevOpsGroup> = {}): DevOpsGroup => ({
  ...{ descriptor: 'vssgp.x', principalName, displayName: null, origin: 'vsts' },
  ...more,
});
const found = (...groups: readonly DevOpsGroup[]) => membershipFinding(account(), 'key', groups, WEB);

test('a membership is told with its groups, and with what ends it', () => {
  const id = findingId('runner-credentials', 'devops-membership', 'northwind/aad.leaver');
  const call = {
    kind: 'remove-entitlement',
    ...{ organisation: 'northwind', descriptor: 'aad.leaver', storageKey: 'key' },
    expected: { active: true },
  } as const;
  assert.deepEqual(found(group('[Pay]\\Contributors')), {
    id,
    step: 'runner-credentials',
    kind: 'devops-membership',
    title: 'The leaver is an active member of northwind',
    resource: {
      ...{ system: 'azure-devops', type: 'membership', id: 'northwind/aad.leaver', name: 'northwind' },
      url: `${WEB}/northwind/_settings/users`,
    },
    severity: 'medium',
    reason:
      'SSH keys work, and whatever is restored with the person comes back, until the account is taken out of the organisation.',
    evidence: { groups: ['[Pay]\\Contributors'], groupCount: 1, groupsOfEntra: 0 },
    status: 'awaiting-decision',
    remedy: remedyOf(removeEntitlement, id, call, undefined),
  });
});

test('a group is named as people call it, as far as it is told', () => {
  const { evidence } = found(
    group('[Pay]\\Team', { displayName: 'Team' }),
    group(null, { displayName: 'Readers' }),
    group(null),
  );
  assert.deepEqual(evidence.groups, ['[Pay]\\Team', 'Readers', 'vssgp.x']);
});

const ADMINISTRATES: readonly (readonly [name: string, is: boolean])[] = [
  ['[northwind]\\Project Collection Administrators', true],
  ['[northwind]\\Project Collection Service Accounts', true],
  ['[Pay]\\PROJECT ADMINISTRATORS', true],
  ['[Pay]\\Build Administrators', true],
  ['[Pay]\\Endpoint Administrators', true],
  ['[Pay]\\Endpoint Administrators of Old', false],
  ['[Pay]\\Former Build Administrators', false],
  ['Build Administrators', false],
];
for (const [name, is] of ADMINISTRATES) {
  test(`whoever is in ${name} ${is ? 'may let anybody in' : 'is a member like others'}`, () => {
    const { severity, title } = found(group('[Pay]\\Contributors'), group(name));
    assert.equal(severity, is ? 'high' : 'medium');
    assert.equal(title, `The leaver is an active member of northwind${is ? `, and administers it (${name})` : ''}`);
  });
}

test('of many groups a finding names the first twenty, and says how many there are', () => {
  const { evidence } = found(...Array.from({ length: 23 }, (_, n) => group(`[Pay]\\Team ${n}`)));
  assert.deepEqual([(evidence.groups as string[]).length, evidence.groupCount], [20, 23]);
});

test('a membership that comes back by a group of Entra says which to leave first, and says so by hand too', () => {
  const back = / A group of Entra is among its groups: .* take them out of it first\.$/;
  assert.match(found(group('[x]\\a', { origin: 'aad' }), group('[x]\\b')).reason, back);
  assert.equal(found(group('[x]\\a', { origin: 'aad' }), group('[x]\\b')).evidence.groupsOfEntra, 1);
  const byHand = membershipFinding(account('likely'), undefined, [], WEB);
  assert.match(byHand.reason, /remove it by hand under Users\. That the account is the leaver’s is likely/);
});
