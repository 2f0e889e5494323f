import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../../src/cases/stable-id.ts';
import type { RunnerRegistration } from '../../../../../src/connectors/github/audit-log/audit-log.ts';
import type { GitHubAccount } from '../../../../../src/people/leaver.ts';
import type { NamedPerson } from '../../../../../src/people/names/whole-names.ts';
import {
  attributeRunner,
  type NamedRunner,
} from '../../../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import {
  type KnownOfRunners,
  type ListedRunner,
  runnerFinding,
} from '../../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';

const AT = '2026-11-20T10:00:00Z';
const account = (id: number, confidence: GitHubAccount['confidence'], login = 'amoreau'): GitHubAccount => ({
  ...{ login, id, source: 'x' },
  confidence,
});
const person = (...github: readonly GitHubAccount[]): NamedPerson => ({
  userPrincipalName: 'amoreau@corp.example',
  github,
});
const LEAVER = person(account(6, 'proved', 'spare'), account(7, 'likely'), account(8, 'weak', 'perhaps'));
const signs = (more: Partial<NamedRunner>, of = LEAVER) =>
  attributeRunner({ name: 'build-01', customLabels: [], ...more }, of).signs.map(({ why }) => why);

test('each sign says what it rests on', () => {
  const told: readonly (readonly [Partial<NamedRunner>, readonly string[]])[] = [
    [{ registeredByLeaverAt: AT }, ['the leaver’s account registered it on 2026-11-20']],
    [
      { registeredByLeaverAt: AT, registrarUnproved: true },
      ['an account that may be the leaver’s registered it on 2026-11-20'],
    ],
    [
      { jobs: [{ actorId: 7, jobs: 1 }] },
      ['the one job that it is known to have run was of a run that the leaver started'],
    ],
    [
      {
        jobs: [
          { actorId: 6, jobs: 2 },
          { actorId: 7, jobs: 3 },
        ],
      },
      ['all 5 jobs that it is known to have run were of runs that the leaver started'],
    ],
    [
      {
        jobs: [
          { actorId: 7, jobs: 2 },
          { actorId: null, jobs: 1 },
        ],
      },
      [],
    ],
    [{ jobs: [{ actorId: 8, jobs: 2 }] }, []],
    [{ jobs: [] }, []],
    [{ admins: [7] }, ['the leaver alone was made an administrator of its repository']],
    [{ admins: [8] }, []],
    [{ admins: [7, 6] }, []],
    [{ admins: [] }, []],
    [{ customLabels: ['gpu', 'amoreau'] }, ['the label amoreau is named after the sign-in name']],
  ];
  for (const [more, whys] of told) assert.deepEqual(signs(more), whys, JSON.stringify(more));
});

const RUNNER: ListedRunner = {
  ...{ id: 3, name: 'laptop-amoreau', os: 'linux', status: 'online', busy: true },
  labels: [{ name: 'self-hosted', type: 'read-only' }, { name: 'gpu', type: 'custom' }, { name: 'big' }],
};
const IN_REPOSITORY = { organisation: 'acme', repository: 'pay' };
const registration = (more: Partial<RunnerRegistration> = {}): RunnerRegistration => ({
  ...{ at: AT, actorId: 7, runnerId: 3 },
  ...more,
});
const found = (
  more: Partial<KnownOfRunners> = {},
  place: { organisation: string; repository?: string } = IN_REPOSITORY,
  runner: Partial<ListedRunner> = {},
) =>
  runnerFinding({ ...RUNNER, ...runner }, place, { leaver: LEAVER, registered: [], ...more }, 'https://api.github.com');

test('a runner that is the leaver’s is told whole, with what is removed', () => {
  const { remedy, reason, ...told } = found({ registered: [registration({ runnerId: 4 }), registration()] }) ?? {};
  assert.deepEqual(told, {
    id: findingId('runner-credentials', 'runner-of-leaver', 'acme/pay/runners/3'),
    ...{ step: 'runner-credentials', kind: 'runner-of-leaver' },
    resource: {
      ...{ system: 'github', type: 'runner', id: 'acme/pay/runners/3', name: 'laptop-amoreau' },
      url: 'https://github.com/acme/pay/settings/actions/runners/3',
    },
    evidence: {
      ...{ status: 'online', busy: true, os: 'linux', labels: ['gpu', 'big'], registeredByLeaverAt: AT, score: 5 },
      signs: [
        'strong: the leaver’s account registered it on 2026-11-20',
        'medium: its name is named after the sign-in name',
      ],
    },
    title: 'The runner laptop-amoreau of acme/pay is the leaver’s',
    ...{ severity: 'critical', status: 'awaiting-decision' },
  });
  assert.match(reason ?? '', /^A runner has a key of its own/);
  assert.deepEqual(remedy?.call, {
    ...{ kind: 'remove-runner', ...IN_REPOSITORY, runnerId: 3, name: 'laptop-amoreau' },
    expected: { name: 'laptop-amoreau', os: 'linux' },
  });
});

test('a runner of the organisation that may be the leaver’s is told whole, and nothing is offered', () => {
  assert.deepEqual(found({}, { organisation: 'acme' }), {
    id: findingId('runner-credentials', 'runner-may-be-leavers', 'acme/runners/3'),
    ...{ step: 'runner-credentials', kind: 'runner-may-be-leavers' },
    resource: {
      ...{ system: 'github', type: 'runner', id: 'acme/runners/3', name: 'laptop-amoreau' },
      url: 'https://github.com/organizations/acme/settings/actions/runners/3',
    },
    evidence: {
      ...{ status: 'online', busy: true, os: 'linux', labels: ['gpu', 'big'], registeredByLeaverAt: null, score: 2 },
      ...{ signs: ['medium: its name is named after the sign-in name'], alsoFits: [] },
    },
    title: 'The runner laptop-amoreau of acme may be the leaver’s',
    ...{ severity: 'medium', status: 'manual-action' },
    reason:
      'GitHub names no owner of a runner, and one kind of sign is not enough to take it away: names may be anybody’s, and whoever registers a machine may do so for others. Ask whose machine it is.',
  });
});

test('an account that only may be the leaver’s makes no runner theirs, whoever else they are', () => {
  const kind = (actorId: number) => found({ registered: [registration({ actorId })] })?.kind;
  assert.deepEqual([kind(8), kind(7), kind(6)], ['runner-may-be-leavers', 'runner-of-leaver', 'runner-of-leaver']);
});

test('an event that names another runner is not about this one', () => {
  const kind = (more: Partial<RunnerRegistration>, place = IN_REPOSITORY) => {
    const { runnerId: _, ...byName } = registration();
    return found({ registered: [{ ...byName, ...more }] }, place)?.kind;
  };
  const [repository, runnerName] = ['Acme/PAY', 'laptop-amoreau'];
  assert.equal(kind({ repository, runnerName }), 'runner-of-leaver');
  assert.equal(kind({ repository, runnerName: 'other' }), 'runner-may-be-leavers');
  assert.equal(kind({ repository, runnerName, runnerId: 4 }), 'runner-may-be-leavers');
  assert.equal(kind({ runnerName }), 'runner-may-be-leavers');
  const capitals = { organisation: 'ACME', repository: 'Pay' };
  assert.equal(kind({ repository: 'acme/pay', runnerName }, capitals), 'runner-of-leaver');
});

test('a runner is compared with colleagues by its labels as well', () => {
  const finding = found({ colleagues: ['zeta', 'bokafor', 'amoreau'] }, IN_REPOSITORY, {
    labels: [{ name: 'bokafor', type: 'custom' }],
  });
  assert.deepEqual(finding?.evidence.alsoFits, ['bokafor', 'amoreau']);
  assert.match(finding?.reason ?? '', /It may be that of bokafor, amoreau as well\. Ask whose machine it is\.$/);
});
