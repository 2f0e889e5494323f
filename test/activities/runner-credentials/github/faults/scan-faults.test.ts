import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { isGap, isStandingLimit } from '../../../../../src/cases/coverage/coverage.ts';
import { shortForm } from '../../../../support/short-form.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

const { app, state, organisation, installation, scanAll } = await startCaseStudyGitHub({
  storage: true,
  repositories: 8,
});
after(() => app.stop());
beforeEach(() => app.tenant.faults.clear());

// First in this file: the token is made without the permission.
test('a permission that was granted after the token was made is there at the next attempt', async () => {
  installation.permissions.delete('actions_variables');
  await scanAll();
  installation.permissions.set('actions_variables', 'read');
  const states = async (): Promise<string[]> =>
    (await scanAll()).coverage.flatMap((line) => (isStandingLimit(line) ? [] : [line.state]));
  assert.equal((await states()).includes('denied'), false);
  assert.deepEqual([...new Set(await states())], ['complete']);
});

const PERMISSIONS = [
  ['actions_variables', 'repository-variables'],
  ['environments', 'environment-variables'],
  ['contents', 'workflow-files', 'schedules', 'ci-files', 'workflow-uses'],
  ['administration', 'repository-runners', 'deploy-keys', 'repository-invitations'],
  ['actions', 'repository-runners', 'schedules', 'environment-reviewers'],
  ['organization_actions_variables', 'organisation-variables'],
  ['organization_self_hosted_runners', 'organisation-runners', 'runner-groups'],
  ['members', 'membership', 'outside-collaborators', 'invitations'],
  ['organization_personal_access_token_requests', 'token-requests'],
  ['organization_personal_access_tokens', 'fine-grained-tokens'],
  [
    'organization_administration',
    'runner-registrations',
    'secret-authors',
    'sso-credentials',
    'installed-apps',
    'audit-log',
  ],
] as const;
for (const [index, [permission, ...sources]] of PERMISSIONS.entries()) {
  // In the short form one answer each, in turns.
  for (const denials of shortForm([403, 404] as const, (_, answer) => answer === index % 2)) {
    test(`without ${permission}, answered ${denials}, ${sources.join(' and ')} alone is denied and says what is missing`, async () => {
      const held = installation.permissions.get(permission);
      installation.permissions.delete(permission);
      installation.denials = denials;
      const { coverage } = await scanAll();
      installation.denials = 403;
      if (held !== undefined) installation.permissions.set(permission, held);
      const denied = coverage.filter((line) => line.state === 'denied');
      assert.deepEqual(
        [
          ...new Map(denied.map((line) => [line.source, [line.source, line.state, line.missingPermission]])).values(),
        ].sort(),
        sources.map((source) => [`github/${source}:${ORGANISATION}`, 'denied', `${permission}=read`]).sort(),
      );
    });
  }
}

const FAULTS = {
  '429 without Retry-After': { kind: 'answer', status: 429 },
  '429 with Retry-After': { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
  '403 secondary limit': {
    kind: 'answer',
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"You have exceeded a secondary rate limit."}',
  },
  '500': { kind: 'answer', status: 500 },
  '502 with HTML': { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' },
  '200 with HTML': { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' },
  '200 with nothing': { kind: 'answer', status: 200 },
  'a reset connection': { kind: 'reset' },
  'a truncated body': { kind: 'truncate' },
} as const;
for (const [faultName, effect] of shortForm(Object.entries(FAULTS), (_, index) => index % 3 === 1)) {
  test(`${faultName}: nothing is complete that was not read, and asking again is asked for`, async () => {
    await scanAll();
    app.tenant.faults.add({
      vendor: 'github',
      path: /variables|runner|runs|token|installations|authorizations|audit-log|graphql|member|collab|invit/,
      effect,
    });
    const { coverage, refs } = await scanAll();
    app.tenant.faults.clear();
    assert.deepEqual(
      coverage.filter(({ state }) => state === 'complete'),
      [],
    );
    assert.equal(
      refs.every(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined),
      true,
    );
    assert.equal(JSON.stringify(coverage).includes('<h1>'), false);
    // The pause that GitHub named has to pass before the next test.
    const pause = Math.max(...refs.map(({ tryAgainAfterMs }) => tryAgainAfterMs ?? 0));
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  });
}

test('schedules of repositories whose files cannot be read are found by their runs', async () => {
  installation.permissions.delete('contents');
  const { findings } = await scanAll();
  installation.permissions.set('contents', 'read');
  assert.deepEqual(
    findings.flatMap(({ kind, resource }) => (kind === 'schedule-runs-as-leaver' ? [resource.name] : [])).sort(),
    ['.github/workflows/export.yml', '.github/workflows/nightly-documents.yml'],
  );
});

test('a page that fails keeps what the pages before it held, and the source is partial', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: /\/organizations\/\d+\/actions\/variables.*page=2/,
    effect: { kind: 'answer', status: 500 },
  });
  const { coverage } = await scanAll();
  const line = coverage.find(({ source }) => source === `github/organisation-variables:${ORGANISATION}`);
  assert.deepEqual([line?.state, line?.looked.count], ['partial', 30]);
});

test('an App that sees selected repositories says that there may be more', async () => {
  installation.repositorySelection = 'selected';
  for (const repository of state.repositories.all().slice(0, 3)) installation.selected.add(repository.id);
  const { coverage } = await scanAll();
  installation.repositorySelection = 'all';
  const line = coverage.find(({ source }) => source === `github/repositories:${ORGANISATION}`);
  assert.deepEqual([line?.state, line?.looked.count], ['partial', 3]);
});

const weak = LEAVER.github.map((account) => ({ ...account, confidence: 'weak' as const }));
for (const [what, who] of [
  ['without an account of the person', { ...LEAVER, github: [] }],
  ['where an account only may be the person’s', { ...LEAVER, github: weak }],
] as const)
  test(`${what}, every line that rests on one says so`, async () => {
    const { coverage, findings } = await scanAll(who);
    const linesIn = (wanted: string) =>
      coverage.flatMap(({ source, state }) => (state === wanted ? [source.split(':')[0]] : [])).sort();
    assert.deepEqual(linesIn('unavailable'), [
      'github/audit-log',
      'github/fine-grained-tokens',
      'github/membership',
      'github/runner-registrations',
      'github/secret-authors',
      'github/sso-credentials',
      'github/token-requests',
    ]);
    assert.deepEqual(linesIn('partial'), [
      'github/deploy-keys',
      'github/environment-reviewers',
      'github/installed-apps',
      'github/invitations',
      'github/organisation-runners',
      'github/outside-collaborators',
      'github/repository-invitations',
      'github/repository-runners',
      'github/runner-groups',
      'github/schedules',
      'github/workflow-uses',
    ]);
    // What needs no account is found all the same: a name that anybody can register.
    assert.ok(findings.some(({ kind }) => kind === 'runs-unclaimed-code'));
    const silent = coverage.filter(({ detail }) => !detail?.includes('No GitHub account of the person is known'));
    assert.deepEqual(silent.map(({ source }) => source.split(':')[0]).sort(), [
      'github/other-organisations',
      'github/repositories',
      'machines/inventory',
    ]);
    // What needs no account is read all the same.
    const runners = findings.filter(({ resource }) => resource.type === 'runner');
    assert.deepEqual([...new Set(runners.map(({ kind }) => kind))], ['runner-may-be-leavers']);
  });

test('where every account is proved to be somebody else’s, no line lacks one', async () => {
  const none = { because: 'has-none', why: 'All are somebody else’s.' } as const;
  const { coverage } = await scanAll({ ...LEAVER, github: [], noGitHubAccount: none });
  assert.deepEqual(coverage.filter(isGap), []);
});

test('an organisation without single sign-on of its own says that classic tokens cannot be listed', async () => {
  const identities = organisation.identities;
  organisation.identities = null;
  const { coverage } = await scanAll();
  organisation.identities = identities;
  const line = coverage.find(({ source }) => source === `github/sso-credentials:${ORGANISATION}`);
  assert.equal(line?.state, 'unavailable');
  assert.match(line?.detail ?? '', /no single sign-on of its own/);
});

test('a list of everybody’s credentials that breaks off costs no credential of the leaver’s', async () => {
  const whole = await scanAll();
  const others = Array.from({ length: 120 }, (_, n) => 90_000 + n);
  for (const id of others) {
    organisation.credentials.add({ id, login: `colleague-${id}`, type: 'SSH key', fingerprint: `SHA256:${id}` });
  }
  app.tenant.faults.add({ vendor: 'github', path: /credential-authorizations.*[?&]page=2/, effect: { kind: 'reset' } });
  const { findings, refs } = await scanAll();
  app.tenant.faults.clear();
  for (const id of others) organisation.credentials.delete(String(id));
  const revoked = (some: typeof findings) => some.filter(({ kind }) => kind === 'sso-credential').map(({ id }) => id);
  assert.equal(revoked(whole.findings).length, 4);
  assert.deepEqual(revoked(findings).sort(), revoked(whole.findings).sort());
  assert.ok(
    refs.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined),
    'what explains others’ tokens is asked for again',
  );
});
