import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remedyIdOf } from '../../../src/cases/stable-id.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { howTo } from '../../../src/steps/act/how-to.ts';
import { finding, resource } from './act-world.ts';

const key = resource('github', 'x', 'acme/x', 'the key');
const MANAGER = { displayName: 'Morgan Lee' };
const OID = parseOid('0e000000-0000-4000-8000-000000000001') ?? assert.fail();
const ALEX = {
  ...{ oid: OID, manager: MANAGER, userPrincipalName: 'Alex@corp.example', mail: 'alex.m@corp.example' },
  github: [{ login: 'Alice', id: 7, source: 'x', confidence: 'proved' }],
} as const;

const ASKED: readonly (readonly [who: string, evidence: Record<string, string | number | string[]>, ask: string])[] = [
  ['who changed it last', { changedBy: ['alice', 'ana', 'bo'] }, 'ana, who changed it last'],
  ['the manager, where the leaver’s account changed it', { changedBy: ['ALICE'] }, 'Morgan Lee, their manager'],
  [
    'the manager, where the leaver’s name changed it',
    { changedBy: ['alex@corp.example'] },
    'Morgan Lee, their manager',
  ],
  [
    'the manager, where the leaver’s mail changed it',
    { changedBy: ['ALEX.M@corp.example'] },
    'Morgan Lee, their manager',
  ],
  ['the manager, where whoever acted changed it', { changedBy: ['Ana'], actor: 'ana' }, 'Morgan Lee, their manager'],
  ['the manager, where the account changed it', { changedBy: ['ana'], account: 'ANA' }, 'Morgan Lee, their manager'],
  ['the manager, where the login changed it', { changedBy: ['ana'], login: 'Ana' }, 'Morgan Lee, their manager'],
  ['who changed it, whatever number an account is', { changedBy: ['7'], account: 7 }, '7, who changed it last'],
  ['the manager, where one text says who changed it', { changedBy: 'ana' }, 'Morgan Lee, their manager'],
  ['the manager, where nobody is told', {}, 'Morgan Lee, their manager'],
];
for (const [who, evidence, ask] of ASKED) {
  test(`asked is ${who}`, () =>
    assert.deepEqual(howTo(finding(key, { evidence }), ALEX), { command: 'gh browse --repo acme/x', ask }));
}

test('the command is the remedy’s before the reason’s, and the reason’s before a look', () => {
  const reason = 'Take it away: az role assignment delete --ids 1 (undo: az x).';
  const role = finding(resource('azure', 'role', '/subscriptions/s'), { kind: 'azure-role', reason });
  const link = 'https://portal.azure.com/#@/resource/subscriptions/s/overview';
  assert.deepEqual(howTo(role, {}), { link, command: 'az role assignment delete --ids 1' });
  const remedy = (kind: string) =>
    ({
      ...role,
      remedy: {
        id: remedyIdOf(role.id),
        risk: 'safe',
        what: 'x',
        undo: 'x',
        call: { kind, grantId: 'g', expected: {} },
      },
    }) as const;
  assert.deepEqual(howTo(remedy('delete-delegated-grant'), {}), {
    ...{ link, command: 'az rest --method delete --url https://graph.microsoft.com/v1.0/oauth2PermissionGrants/g' },
  });
  assert.equal(howTo(remedy('of-tomorrow'), {}).command, 'az role assignment delete --ids 1');
});
