import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunnerRegistration } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { NamedPerson } from '../../../../src/people/names/whole-names.ts';
import {
  attributeRunner,
  type NamedRunner,
} from '../../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import { enterpriseRunnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runners/enterprise-runner-finding.ts';
import {
  type KnownOfRunners,
  type ListedRunner,
  runnerFinding,
} from '../../../../src/steps/runner-credentials/rules/github/runners/runner-finding.ts';

const AT = '2026-11-20T10:00:00Z';
const person = (confidence: 'proved' | 'weak'): NamedPerson => ({
  displayName: 'Alex Moreau',
  userPrincipalName: 'amoreau@corp.example',
  github: [{ login: 'amoreau', id: 7, source: 'x', confidence }],
});
const verdict = (more: Partial<NamedRunner>, confidence: 'proved' | 'weak' = 'proved') => {
  const { verdict: is, score } = attributeRunner({ name: 'build-01', customLabels: [], ...more }, person(confidence));
  return `${is} ${score}`;
};
const jobs = (actorId: number | null, many = 3) => ({ jobs: [{ actorId, jobs: many }] });

test('a runner is whose registered it; jobs, administrators and names only point', () => {
  assert.equal(verdict({}), 'unrelated 0');
  assert.equal(verdict({ registeredByLeaverAt: AT }), 'maybe 3');
  assert.equal(verdict({ registeredByLeaverAt: AT, registrarUnproved: true }), 'maybe 1');
  assert.equal(verdict(jobs(7)), 'maybe 2');
  assert.equal(verdict(jobs(8)), 'unrelated 0');
  assert.equal(verdict(jobs(null)), 'unrelated 0');
  assert.equal(verdict(jobs(7), 'weak'), 'unrelated 0');
  const mixed = [...jobs(7).jobs, ...jobs(8).jobs];
  assert.equal(verdict({ jobs: mixed }), 'unrelated 0');
  assert.equal(verdict({ admins: [7] }), 'maybe 1');
  assert.equal(verdict({ admins: [7, 8] }), 'unrelated 0');
  assert.equal(verdict({ admins: [8] }), 'unrelated 0');
});

const API = 'https://api.github.com';
const runner = (more: Partial<ListedRunner> = {}): ListedRunner => ({
  ...{ id: 3, name: 'build-01', os: 'linux', status: 'online', busy: false, labels: [] },
  ...more,
});
const NAMED = runner({ name: 'laptop-amoreau' });
const registered = (more: Partial<RunnerRegistration> = {}): RunnerRegistration => ({
  ...{ at: AT, actorId: 7, runnerId: 3 },
  ...more,
});
const known = (more: Partial<KnownOfRunners> = {}): KnownOfRunners => ({
  leaver: person('proved'),
  registered: [],
  ...more,
});
const found = (
  of: ListedRunner,
  more: Partial<KnownOfRunners> = {},
  place: { organisation: string; repository?: string } = { organisation: 'acme' },
) => runnerFinding(of, place, known(more), API);

test('a runner that nothing ties to the leaver is no finding', () => {
  assert.equal(found(runner()), undefined);
  assert.equal(found(runner(), { registered: [registered({ runnerId: 4 })] }), undefined, 'they registered another');
  assert.equal(found(runner({ labels: [{ name: 'laptop-amoreau', type: 'read-only' }] })), undefined);
});

test('one sign is for a person to ask about, and plans nothing', () => {
  const signs: readonly (readonly [string, ReturnType<typeof found>, severity: string])[] = [
    ['its name', found(NAMED), 'medium'],
    ['a label', found(runner({ labels: [{ name: 'laptop-amoreau', type: 'custom' }] })), 'medium'],
    ['who registered it', found(runner(), { registered: [registered()] }), 'medium'],
    ['whose jobs it ran', found(runner(), { jobs: new Map([[3, [{ actorId: 7, jobs: 2 }]]]) }), 'medium'],
    ['who administers its repository', found(runner(), { admins: [7] }), 'low'],
    [
      'an account that only may be theirs registered it',
      found(runner(), { leaver: person('weak'), registered: [registered()] }),
      'low',
    ],
  ];
  for (const [sign, finding, severity] of signs) {
    assert.equal(finding?.kind, 'runner-may-be-leavers', sign);
    assert.deepEqual(
      [finding?.severity, finding?.status, finding?.remedy],
      [severity, 'manual-action', undefined],
      sign,
    );
  }
});

test('two kinds of sign make it the leaver’s, and its removal waits for a person', () => {
  const finding = found(NAMED, { registered: [registered()] });
  assert.equal(finding?.title, 'The runner laptop-amoreau of acme is the leaver’s');
  assert.deepEqual(
    [finding?.kind, finding?.severity, finding?.status],
    ['runner-of-leaver', 'critical', 'awaiting-decision'],
  );
  assert.deepEqual(finding?.remedy?.call, {
    ...{ kind: 'remove-runner', organisation: 'acme', runnerId: 3, name: 'laptop-amoreau' },
    expected: { name: 'laptop-amoreau', os: 'linux' },
  });
  const offline = found({ ...NAMED, status: 'offline' }, { registered: [registered()] });
  assert.equal(offline?.severity, 'high');
});

test('where the log names no number, a runner of that name in the same place is meant', () => {
  const byName = { at: AT, actorId: 7, runnerName: 'laptop-amoreau' };
  const kind = (repository: string | undefined, place: { organisation: string; repository?: string }) =>
    found(NAMED, { registered: [{ ...byName, ...(repository === undefined ? {} : { repository }) }] }, place)?.kind;
  assert.equal(kind(undefined, { organisation: 'acme' }), 'runner-of-leaver');
  assert.equal(kind('acme/pay', { organisation: 'acme' }), 'runner-may-be-leavers');
  assert.equal(kind('Acme/Pay', { organisation: 'acme', repository: 'pay' }), 'runner-of-leaver');
  assert.equal(kind('acme/web', { organisation: 'acme', repository: 'pay' }), 'runner-may-be-leavers');
});

test('a name that fits a colleague as well says so', () => {
  const finding = found(NAMED, { colleagues: ['amoreau', 'zeta'] });
  assert.match(finding?.reason ?? '', /It may be that of amoreau as well\. Ask whose machine it is\.$/);
  assert.deepEqual(finding?.evidence.alsoFits, ['amoreau']);
});

test('a machine that the enterprise shares is judged alike, and its owner’s to remove', () => {
  const place = { organisation: 'acme', group: { id: 2, name: 'shared' } };
  assert.equal(enterpriseRunnerFinding(runner(), place, known(), API), undefined);
  const finding = enterpriseRunnerFinding(NAMED, place, known({ registered: [registered()] }), API);
  assert.equal(
    finding?.title,
    'The runner laptop-amoreau of acme is the leaver’s (the enterprise’s, in the group shared)',
  );
  assert.deepEqual([finding?.status, finding?.remedy], ['manual-action', undefined]);
  assert.match(finding?.reason ?? '', /^It is registered with the enterprise, whose owner alone can remove it\./);
  assert.equal(finding?.resource.id, 'acme/runner-groups/2/runners/3');
});
