import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedAct } from '../../../../src/connectors/github/audit-log/audit-log-acts.ts';
import type { NamedPerson } from '../../../../src/people/names/whole-names.ts';
import { otherOrganisations } from '../../../../src/steps/runner-credentials/rules/github/other-organisations.ts';
import {
  attributeRunner,
  type NamedRunner,
} from '../../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import {
  repositoriesOfAddedKeys,
  withoutListedKeys,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/unlisted-keys.ts';
import {
  containerOf,
  placeOf,
  settingsPath,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/variable-place.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';

test('the place of a variable is called and linked by what it stands in', () => {
  const organisation = { type: 'organisation', organisation: 'acme' } as const;
  const repository = { type: 'repository', organisation: 'acme', repository: 'pay' } as const;
  const environment = { type: 'environment', organisation: 'acme', repository: 'pay', environment: 'prod' } as const;
  assert.deepEqual([organisation, repository, environment].map(placeOf), [
    'acme',
    'acme/pay',
    'environment prod of acme/pay',
  ]);
  assert.deepEqual([organisation, repository, environment].map(settingsPath), [
    '/organizations/acme/settings/variables/actions',
    '/acme/pay/settings/variables/actions',
    '/acme/pay/settings/environments',
  ]);
  assert.deepEqual(
    [organisation, repository, environment].map((scope) => containerOf(scope).names),
    [[], ['pay'], ['prod', 'pay']],
  );
});

test('people look at the host of the API without its api', () => {
  assert.equal(webUrl('https://api.github.com', '/acme'), 'https://github.com/acme');
  assert.equal(webUrl('https://git.api.example/api/v3', '/acme'), 'https://git.api.example/acme');
});

test('an organisation in which nobody looks is named, an enterprise is none', () => {
  const seen = (login: string, type: string, suspended = false) =>
    ({ login, type, suspended }) as Parameters<typeof otherOrganisations>[1]['items'][number];
  const line = otherOrganisations(['Acme'], {
    items: [seen('acme', 'Organization'), seen('Other', 'Organization'), seen('x', 'Enterprise')],
  });
  assert.equal(line?.state, 'not-examined');
  assert.match(line?.detail ?? '', /does not name Other,/);
  assert.match(
    otherOrganisations([], { items: [seen('old', 'Organization', true)] })?.detail ?? '',
    /suspended \(old\)/,
  );
  assert.match(otherOrganisations([], { items: [seen('ann', 'User')] })?.detail ?? '', /no organisation \(ann\)/);
  assert.equal(
    otherOrganisations(['acme'], { items: [seen('acme', 'Organization'), seen('x', 'Enterprise')] })?.state,
    'complete',
  );
});

const AT = '2026-11-20T10:00:00Z';
const act = (more: Partial<LoggedAct>): LoggedAct => ({
  at: AT,
  actorId: 7,
  action: 'public_key.create',
  repository: 'acme/pay',
  title: 'ci',
  bySchedule: false,
  ...more,
});
const listed = new Map([['acme/pay', [{ fingerprint: null, title: 'ci', createdAt: AT }]]]);

test('what was done to a key that is listed is told with the key, and the rest stays', () => {
  const left = (...acts: readonly LoggedAct[]) => withoutListedKeys(acts, listed).length;
  assert.equal(left(act({})), 0);
  assert.equal(left(act({}), act({ action: 'public_key.delete' })), 0);
  assert.equal(left(act({ title: 'gone' })), 1);
  assert.equal(left(act({ action: 'public_key.delete' })), 1, 'another added it');
  assert.equal(left(act({ action: 'hook.create' })), 1);
  assert.equal(left(act({ repository: 'acme/other' })), 1);
  assert.equal(left(act({ at: '2026-01-01T00:00:00Z' })), 1, 'a key of that name was added before');
});

test('a list is asked for where the log says that a key was added', () => {
  const { repository: _, ...nowhere } = act({});
  assert.deepEqual(
    repositoriesOfAddedKeys([
      act({ repository: 'b' }),
      act({ repository: 'a' }),
      act({ repository: 'b' }),
      act({ repository: 'c', action: 'public_key.delete' }),
      nowhere,
    ]),
    ['a', 'b'],
  );
});

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
