import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { Connection } from '../../../../src/connectors/gateway/credential-manager.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { deleteAccessPolicy } from '../../../../src/steps/runner-credentials/remedies/delete-access-policy.ts';
import { accessPolicyFindings } from '../../../../src/steps/runner-credentials/rules/platform/access-policy-findings.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const leaver: Leaver = {
  ...{ oid: OID, state: 'active', displayName: 'Alex Moreau', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [], devops: [] },
};
const SERVICE = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim';
const AT = { serviceId: SERVICE, tenantId: 'tenant' };
const URL = `https://portal.azure.com/#@tenant/resource${SERVICE}/overview`;
const policy = { id: '/C/docs/P', name: 'p', objectId: OID };
const connection = (name: string, policies: Connection['policies'] = []): Connection => ({
  ...{ id: `/C/${name}`, provider: 'github', name, policies },
});
const found = (of: Connection, who = leaver) => accessPolicyFindings([of], who, AT);

test('a policy that names the leaver is told with what it lets them do, and with what ends it', () => {
  const id = findingId('runner-credentials', 'connection-access', '/c/docs/p');
  const call = {
    kind: 'delete-access-policy',
    ...{ serviceId: SERVICE, provider: 'github', connection: 'docs', policy: 'p' },
    expected: { objectId: OID, tenantId: null },
  } as const;
  assert.deepEqual(found(connection('docs', [policy])), [
    {
      id,
      step: 'runner-credentials',
      kind: 'connection-access',
      title: 'Alex Moreau may use the sign-in docs that the gateway keeps',
      resource: { system: 'gateway', type: 'accessPolicy', id: '/C/docs/P', name: 'docs', url: URL },
      severity: 'high',
      status: 'planned',
      reason:
        'Whoever the policy names gets a token of the upstream service github by the gateway. A token that was given out before lives on there until it ends or is revoked.',
      evidence: { provider: 'github', connection: 'docs', objectId: OID },
      remedy: remedyOf(deleteAccessPolicy, id, call, { who: 'Alex Moreau' }),
    },
  ]);
});

const POLICIES: readonly (readonly [what: string, policy: Connection['policies'][number], is: boolean])[] = [
  ['of the leaver, without a tenant', policy, true],
  ['of the leaver, of the service’s tenant', { ...policy, tenantId: 'tenant' }, true],
  ['of the leaver’s object id in another tenant', { ...policy, tenantId: 'other' }, false],
  ['of somebody else', { ...policy, objectId: 'other' }, false],
];
for (const [what, of, is] of POLICIES) {
  test(`an access policy ${what} is ${is ? 'theirs' : 'left alone'}`, () => {
    assert.equal(found(connection('docs', [of])).length, is ? 1 : 0);
  });
}

test('a leaver whose name nobody knows is called by their object id', () => {
  const { displayName: _, ...nameless } = leaver;
  const [finding] = found(connection('docs', [policy]), nameless);
  assert.equal(finding?.title, `${OID} may use the sign-in docs that the gateway keeps`);
  assert.match(finding?.remedy?.what ?? '', new RegExp(OID));
});

test('a sign-in that is named after the leaver is asked about, beside who may use it', () => {
  const [access, named, ...more] = found(connection('Alex-Moreau', [policy]));
  assert.deepEqual([access?.kind, more], ['connection-access', []]);
  assert.deepEqual(named, {
    id: findingId('runner-credentials', 'connection-named-after-leaver', '/c/alex-moreau'),
    step: 'runner-credentials',
    kind: 'connection-named-after-leaver',
    title: 'The sign-in Alex-Moreau that the gateway keeps is named after the leaver',
    resource: { system: 'gateway', type: 'authorization', id: '/C/Alex-Moreau', name: 'Alex-Moreau', url: URL },
    severity: 'medium',
    status: 'manual-action',
    reason:
      'The gateway does not tell whose sign-in at github it is. If it is the leaver’s, sign in anew as a service under Credential manager, and revoke the old one at the upstream service.',
    evidence: { provider: 'github', connection: 'Alex-Moreau' },
  });
  assert.match(found(connection('moreau'))[0]?.title ?? '', / may be named after the leaver$/);
  for (const none of ['docs', 'alex-moreau-silva']) assert.deepEqual(found(connection(none)), [], none);
});
