import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OffboardingRequest } from '../../src/cases/case.ts';
import { confirmationOf, type SaidName } from '../../src/intake/rules/confirm-person.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
const UPN = 'alex.moreau@northwind.example';
const NEWCOMER: Leaver = {
  oid,
  state: 'active',
  userPrincipalName: UPN,
  createdAt: '2026-11-16T08:00:00Z',
  github: [],
  devops: [],
};
const asked = (trigger: OffboardingRequest['trigger'], more: Partial<OffboardingRequest> = {}) =>
  ({ trigger, mode: 'apply', requestedAt: '2026-11-23T09:00:00Z', ...more }) as const;

/** Who was hired under a leaver’s name, by what the request says: [request, person, said, kind, what to say]. */
const SITUATIONS: Readonly<
  Record<string, readonly [ReturnType<typeof asked>, Partial<Leaver>, SaidName, string, string?]>
> = {
  'HR tells the predecessor’s last day': [
    asked('hr-queue', { lastDay: '2026-01-31' }),
    {},
    {},
    'contradicted',
    'lastDay',
  ],
  'HR tells the predecessor’s last day, and the account is not enabled yet': [
    asked('hr-queue', { lastDay: '2026-01-31' }),
    { state: 'disabled' },
    {},
    'contradicted',
    'lastDay',
  ],
  'HR tells the predecessor’s last day, with the name that both had': [
    asked('hr-queue', { lastDay: '2026-01-31' }),
    {},
    { userPrincipalName: UPN },
    'contradicted',
    'lastDay',
  ],
  'HR tells the day on which the account was made': [asked('hr-queue', { lastDay: '2026-11-16' }), {}, {}, 'confirmed'],
  'HR tells the day before, where the account was made before that day had ended everywhere': [
    asked('hr-queue', { lastDay: '2026-11-15' }),
    {},
    {},
    'confirmed',
  ],
  'the directory does not say when the account was made': [
    asked('hr-queue', { lastDay: '2026-01-31' }),
    { createdAt: '' },
    {},
    'confirmed',
  ],
  'an operator tells the predecessor’s last day, for a plan': [
    asked('api', { lastDay: '2026-01-31', mode: 'plan' }),
    {},
    {},
    'contradicted',
    'lastDay',
  ],
  'Entra has the predecessor’s last day, and the sweep finds it': [
    asked('sweep'),
    { leaveAt: '2026-01-31T00:00:00Z' },
    {},
    'needed',
    'confirmUserPrincipalName',
  ],
  'Entra has a last day of their own, and the sweep finds it': [
    asked('sweep'),
    { leaveAt: '2026-11-20T00:00:00Z' },
    {},
    'confirmed',
  ],
  'an operator names them by the name that both had, twice': [
    asked('api'),
    {},
    { userPrincipalName: UPN, foundByName: { formerHolders: [] } },
    'needed',
    'oid',
  ],
  'an operator names a deleted account by a name that memory knows as another’s': [
    asked('api'),
    { state: 'soft-deleted' },
    { foundByName: { formerHolders: ['0e000000-0000-4000-8000-000000000002' as Oid] } },
    'needed',
    'oid',
  ],
  'an operator names a deleted account by a name that was nobody else’s': [
    asked('api'),
    { state: 'soft-deleted' },
    { foundByName: { formerHolders: [] } },
    'confirmed',
  ],
  'an operator names the id, and the name that it has': [asked('api'), {}, { userPrincipalName: UPN }, 'confirmed'],
};

for (const [name, [request, more, said, kind, say]] of Object.entries(SITUATIONS)) {
  test(`${name}: ${kind}`, () => {
    const { createdAt, ...person } = { ...NEWCOMER, ...more };
    const known = createdAt === '' || createdAt === undefined ? person : { ...person, createdAt };
    const confirmation = confirmationOf(request, known, said);
    assert.deepEqual([confirmation.kind, 'say' in confirmation ? confirmation.say : undefined], [kind, say]);
  });
}
