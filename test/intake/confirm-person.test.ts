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
  'an operator names an account that is not enabled by a name that was nobody else’s': [
    asked('api'),
    { state: 'disabled' },
    { foundByName: { formerHolders: [] } },
    'needed',
    'oid',
  ],
  'an operator names them by their name after their last day': [
    asked('api'),
    { leaveAt: '2026-11-20T00:00:00Z' },
    { foundByName: { formerHolders: [] } },
    'confirmed',
  ],
  'HR tells a day that ended everywhere as the account was made': [
    asked('hr-queue', { lastDay: '2026-11-15' }),
    { createdAt: '2026-11-16T12:00:00Z' },
    {},
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

test('a name that is given names the person, or the request is refused, in whatever case it is written', () => {
  const kind = (
    userPrincipalName: string | undefined,
    person: Partial<Leaver> = {},
    more: Partial<OffboardingRequest> = {},
  ) =>
    confirmationOf(asked('api', more), { ...NEWCOMER, ...person }, { ...(userPrincipalName && { userPrincipalName }) })
      .kind;
  const { userPrincipalName: _, ...nameless } = NEWCOMER;
  assert.equal(kind(` ${UPN.toUpperCase()} `), 'confirmed');
  assert.equal(kind(UPN, { userPrincipalName: UPN.toUpperCase() }), 'confirmed');
  assert.equal(kind('ben@northwind.example'), 'contradicted');
  assert.equal(kind('ben@northwind.example', { state: 'soft-deleted' }), 'contradicted');
  assert.equal(kind('ben@northwind.example', {}, { mode: 'plan' }), 'contradicted');
  assert.equal(kind('ben@northwind.example', { state: 'unreadable' }), 'contradicted');
  assert.equal(kind('ben@northwind.example', { state: 'unreadable' }, { mode: 'plan' }), 'confirmed');
  assert.equal(confirmationOf(asked('api'), nameless, { userPrincipalName: UPN }).kind, 'contradicted');
});

test('an enabled account is cut by no one’s word alone but for a day that has passed, a plan or an event', () => {
  const kind = (
    trigger: OffboardingRequest['trigger'],
    person: Partial<Leaver>,
    more: Partial<OffboardingRequest> = {},
  ) => confirmationOf(asked(trigger, more), { ...NEWCOMER, ...person }).kind;
  assert.equal(kind('api', {}), 'needed');
  assert.equal(kind('hr-queue', {}), 'needed');
  assert.equal(kind('api', {}, { lastDay: '2026-11-20' }), 'needed');
  assert.equal(kind('hr-queue', {}, { lastDay: '2026-11-20' }), 'confirmed');
  assert.equal(kind('api', { leaveAt: '2026-11-23T09:00:00Z' }), 'confirmed');
  assert.equal(kind('api', { leaveAt: '2026-11-23T09:00:01Z' }), 'needed');
  assert.equal(kind('api', { leaveAt: '2026-01-31T00:00:00Z' }), 'needed');
  assert.equal(kind('api', {}, { mode: 'plan' }), 'confirmed');
  assert.equal(kind('entra-event', {}), 'confirmed');
  assert.equal(kind('api', { state: 'disabled' }), 'confirmed');
});

test('who was found by a name is told with the id, when the account was made, and who had the name before', () => {
  const former = '0e000000-0000-4000-8000-000000000009' as Oid;
  const told = (person: Partial<Leaver>, formerHolders: readonly Oid[]) => {
    const found = confirmationOf(asked('api'), { ...NEWCOMER, ...person }, {
      foundByName: { formerHolders },
    } as SaidName);
    return found.kind === 'confirmed' ? found.kind : `${found.say}: ${found.why}`;
  };
  assert.match(
    told({}, []),
    new RegExp(`^oid: The name is that of ${oid}, whose account was made at 2026-11-16 08:00 UTC\\.`),
  );
  assert.match(
    told({ state: 'disabled', displayName: 'Alex' }, [former]),
    new RegExp(`that of Alex \\(${oid}\\).*It was ${former} who`),
  );
  assert.equal(told({ state: 'soft-deleted' }, []), 'confirmed');
  assert.match(told({ state: 'soft-deleted' }, [former]), /^oid: /);
});

test('whoever has to be named again is told why', () => {
  const why = (leaveAt?: string) => {
    const found = confirmationOf(asked('api'), { ...NEWCOMER, ...(leaveAt === undefined ? {} : { leaveAt }) });
    return 'why' in found ? found.why.replace(`The account of ${oid} is enabled, and `, '') : found.kind;
  };
  assert.equal(why(), 'Entra has no last day that has passed.');
  assert.equal(why('2026-12-31T00:00:00Z'), 'Entra has no last day that has passed.');
  assert.equal(
    why('2026-01-31T00:00:00Z'),
    'its last day in Entra (2026-01-31 00:00 UTC) is before it was made (2026-11-16 08:00 UTC).',
  );
});
