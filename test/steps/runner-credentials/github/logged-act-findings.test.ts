import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { LoggedAct } from '../../../../src/connectors/github/audit-log/audit-log-acts.ts';
import type { GitHubAccount } from '../../../../src/people/leaver.ts';
import {
  actedAfterFindings,
  leftBehindFindings,
} from '../../../../src/steps/runner-credentials/rules/github/logged-act-findings.ts';

const API = 'https://api.github.com';
const account = (id: number, confidence: GitHubAccount['confidence']): GitHubAccount => ({
  ...{ login: `a${id}`, id, source: 'test' },
  confidence,
});
const OWN = account(7, 'proved');
const act = (more: Partial<LoggedAct> = {}): LoggedAct => ({
  ...{ at: '2026-11-20T10:00:00Z', actorId: 7, action: 'hook.create', repository: 'acme/pay', bySchedule: false },
  ...more,
});
const { repository: _, ...EVERYWHERE } = act();
const left = (acts: readonly LoggedAct[], accounts: readonly GitHubAccount[] = [OWN]) =>
  leftBehindFindings('acme', acts, accounts, API);

test('what GitHub logs of hooks, keys and Apps is told where it leaves a way in', () => {
  const kind = (action: string) => left([act({ action })])[0]?.kind;
  const kinds = {
    'hook.create': 'hook-by-leaver',
    'hook.config_changed': 'hook-by-leaver',
    'hook.config_changed_by_app': undefined,
    'hook.destroy': undefined,
    'org_hook.create': undefined,
    'public_key.create': 'key-by-leaver',
    'public_key.update': 'key-by-leaver',
    'public_key.update_failed': undefined,
    'old_public_key.create': undefined,
    'integration.create': 'app-by-leaver',
    'integration.generate_client_secret': 'app-by-leaver',
    'integration.manager_added': 'app-by-leaver',
    'integration.manager_added_later': undefined,
    'my_integration.create': undefined,
  };
  const told = Object.fromEntries(Object.keys(kinds).map((action) => [action, kind(action)]));
  assert.deepEqual(told, kinds);
});

test('a hook of a repository is told with what the log says of it, each line once', () => {
  const acts = [act({ about: 'ci 12' }), act(), act({ about: 'ci 12', at: '2026-11-20T11:00:00Z' })];
  assert.deepEqual(left(acts), [
    {
      id: findingId('runner-credentials', 'hook-by-leaver', 'acme/pay/hooks'),
      ...{ step: 'runner-credentials', kind: 'hook-by-leaver' },
      title: 'The leaver added or changed webhooks of acme/pay',
      resource: {
        ...{ system: 'github', type: 'hooks', id: 'acme/pay/hooks', name: 'acme/pay' },
        url: 'https://github.com/acme/pay/settings/hooks',
      },
      ...{ severity: 'medium', status: 'manual-action' },
      reason:
        'A webhook sends what happens there to whatever address it names. Look where it goes, and set it inactive if nobody knows. The log says who did it, and not whether it still stands.',
      evidence: { logged: ['ci 12: hook.create, 2026-11-20', 'not named: hook.create, 2026-11-20'] },
    },
  ]);
});

test('a hook of the organisation is looked at in the settings of the organisation', () => {
  const [finding] = left([EVERYWHERE]);
  assert.equal(finding?.resource.url, 'https://github.com/organizations/acme/settings/hooks');
  assert.deepEqual([finding?.resource.id, finding?.resource.name], ['acme/hooks', 'acme']);
});

test('fifty lines are listed, and of more the rest is counted', () => {
  const evidence = (count: number) =>
    left(Array.from({ length: count }, (_, n) => act({ about: `h${n}` })))[0]?.evidence ?? {};
  assert.ok(!('more' in evidence(50)));
  const { logged, more } = evidence(52);
  assert.deepEqual([Array.isArray(logged) && logged.length, more], [50, 2]);
});

test('of several accounts that did it the one that is proved best decides', () => {
  const accounts = [account(9, 'weak'), account(8, 'likely'), OWN];
  const reason = (...actors: readonly number[]) =>
    left(
      actors.map((actorId) => act({ actorId })),
      accounts,
    )[0]?.reason.replace(/.*still stands\./, '');
  assert.equal(reason(9, 8, 7), '');
  assert.match(reason(9, 8) ?? '', /likely and not proved/);
  assert.match(reason(9) ?? '', /^ Little says/);
});

const LAST_DAY = '2026-11-02';
const after = (acts: readonly LoggedAct[], accounts: readonly GitHubAccount[] = [OWN]) =>
  actedAfterFindings('acme', acts, accounts, LAST_DAY, API);

test('what an account did after the last day is told from first to last, with where and how often', () => {
  const acts = [
    act({ at: '2026-11-21T10:00:00Z' }),
    { ...EVERYWHERE, action: 'repo.destroy' },
    act({ at: '2026-11-05T10:00:00Z', repository: 'acme/api' }),
  ];
  const key = 'acme/audit-log/7';
  assert.deepEqual(after(acts), [
    {
      id: findingId('runner-credentials', 'acted-after-departure', key),
      ...{ step: 'runner-credentials', kind: 'acted-after-departure' },
      title: 'a7 did 3 things in acme after the last day',
      resource: {
        ...{ system: 'github', type: 'audit-log', id: key, name: 'a7' },
        url: 'https://github.com/organizations/acme/settings/audit-log?q=actor%3Aa7',
      },
      ...{ severity: 'critical', status: 'manual-action', incident: true },
      reason: `The last day was ${LAST_DAY}. Somebody acts as the leaver: find what they hold, and undo what they did.`,
      evidence: {
        ...{ login: 'a7', firstAt: '2026-11-05T10:00:00Z', lastAt: '2026-11-21T10:00:00Z' },
        actions: ['hook.create: 2', 'repo.destroy: 1'],
        repositories: ['acme/api', 'acme/pay'],
      },
    },
  ]);
});

test('each account is told by itself, and a colleague’s not at all', () => {
  const acts = [act({ actorId: 8 }), act({ actorId: 7 }), act({ actorId: 99 })];
  const found = after(acts, [OWN, account(8, 'likely')]);
  assert.deepEqual(
    found.map(({ title, severity, incident }) => [title, severity, incident]),
    [
      ['a8 did 1 thing in acme after the last day', 'high', undefined],
      ['a7 did 1 thing in acme after the last day', 'critical', true],
    ],
  );
});
