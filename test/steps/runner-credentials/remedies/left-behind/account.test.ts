import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok, type VendorFailure } from '../../../../../src/connectors/result.ts';
import { removeEntitlement } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/remove-entitlement.ts';
import { revokeDevOpsToken } from '../../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import { DENIED, recorded, vendors } from '../azure-devops-world.ts';

const DOWN: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'It is down.' };
const GONE = ok({ state: 'gone' });

const ENTITLEMENT = {
  kind: 'remove-entitlement',
  ...{ organisation: 'acme', descriptor: 'aad.x', storageKey: 'k' },
  expected: { active: true },
} as const;
const TOKEN = {
  kind: 'revoke-devops-token',
  ...{ organisation: 'acme', descriptor: 'aad.x', authorizationId: 't' },
  expected: { owner: 'k' },
} as const;
const token = { authorizationId: 't', userId: 'k', displayName: 'ci' };
const tokens = (items: readonly object[], failure?: VendorFailure) =>
  vendors({ listPersonalTokens: { items: [{ ...token, authorizationId: 'u', isValid: false }, ...items], failure } });

const READS: readonly (readonly [what: string, read: () => Promise<unknown>, result: object])[] = [
  [
    'a membership',
    () => removeEntitlement.read(vendors({ isActiveMember: ok(true), listMemberships: { items: ['g'] } }), ENTITLEMENT),
    ok({ state: 'present', image: { descriptor: 'aad.x', groups: ['g'] }, now: { active: true } }),
  ],
  [
    'a membership that nobody tells',
    () => removeEntitlement.read(vendors({ isActiveMember: failed(DOWN) }), ENTITLEMENT),
    failed(DOWN),
  ],
  [
    'a membership that is over',
    () => removeEntitlement.read(vendors({ isActiveMember: ok(false) }), ENTITLEMENT),
    GONE,
  ],
  [
    'a membership whose groups are not all told',
    () =>
      removeEntitlement.read(
        vendors({ isActiveMember: ok(true), listMemberships: { items: [], failure: DOWN } }),
        ENTITLEMENT,
      ),
    failed(DOWN),
  ],
  [
    'a token, in half a list',
    () => revokeDevOpsToken.read(tokens([token], DOWN), TOKEN),
    ok({ state: 'present', image: token, now: { owner: 'k' } }),
  ],
  [
    'a token of nobody who is told',
    () => revokeDevOpsToken.read(tokens([{ authorizationId: 't' }]), TOKEN),
    ok({ state: 'present', image: { authorizationId: 't' }, now: { owner: null } }),
  ],
  ['a token that is not valid', () => revokeDevOpsToken.read(tokens([{ ...token, isValid: false }]), TOKEN), GONE],
  ['a token that half a list lacks', () => revokeDevOpsToken.read(tokens([], DOWN), TOKEN), failed(DOWN)],
  ['a token that is gone', () => revokeDevOpsToken.read(tokens([]), TOKEN), GONE],
];
for (const [what, read, result] of READS) {
  test(`what is the leaver’s account’s in Azure DevOps is read: ${what}`, async () => {
    assert.deepEqual(await read(), result);
  });
}

test('an account is taken out and a token revoked as the service accepts it, to be read back', async () => {
  const entitlement = recorded({ removeEntitlement: ok(undefined, 'r') });
  assert.deepEqual(await removeEntitlement.act(entitlement.of, ENTITLEMENT), ok({ effect: 'queued' }, 'r'));
  assert.deepEqual(entitlement.asked, [['removeEntitlement', 'acme', 'k']]);
  assert.deepEqual(
    await removeEntitlement.act(vendors({ removeEntitlement: failed(DENIED) }), ENTITLEMENT),
    failed(DENIED),
  );
  const revoked = recorded({ revokePersonalToken: ok(undefined, 'r') });
  assert.deepEqual(await revokeDevOpsToken.act(revoked.of, TOKEN), ok({ effect: 'queued' }, 'r'));
  assert.deepEqual(revoked.asked, [['revokePersonalToken', 'acme', 't']]);
  assert.deepEqual(
    await revokeDevOpsToken.act(vendors({ revokePersonalToken: failed(DENIED) }), TOKEN),
    failed(DENIED),
  );
  assert.deepEqual(removeEntitlement.leastCalls([ENTITLEMENT, ENTITLEMENT]), [
    { vendor: 'devops', calls: 8, writes: 2 },
  ]);
  assert.deepEqual(revokeDevOpsToken.leastCalls([TOKEN, TOKEN]), [{ vendor: 'devops', calls: 4 }]);
});

test('a token is looked for among those of the account, without its SSH keys', async () => {
  const { of, asked } = recorded({ listPersonalTokens: { items: [] } });
  await revokeDevOpsToken.read(of, TOKEN);
  assert.deepEqual(asked, [['listPersonalTokens', 'acme', 'aad.x', { sshKeys: false }]]);
});
