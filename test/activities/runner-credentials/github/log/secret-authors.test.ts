import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { WORLD } from '../../../../../local/tenant/seeds/world.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

const { app, organisation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 2 });
after(() => app.stop());
const seeded = organisation.auditLog ?? [];
afterEach(() => {
  organisation.auditLog = seeded;
  app.tenant.faults.clear();
});

let ids = 0;
const wrote = (action: string, more: Readonly<Record<string, string | number>>, day = '2026-09-01') => {
  ids += 1;
  return { id: `s${ids}`, action, actorId: WORLD.leaver.githubId, at: new Date(`${day}T09:00:00Z`), more };
};
async function found(leaver = LEAVER) {
  const { findings, coverage } = await scanAll(leaver);
  return {
    findings: findings.filter(({ kind }) => kind === 'secret-written-by-leaver'),
    line: coverage.find(({ source }) => source === `github/secret-authors:${ORGANISATION}`),
  };
}
const repo = `${ORGANISATION}/payments-api`;

/** Each event that GitHub documents, where the finding is and which secret it names. */
const EVENTS = [
  ['org.create_actions_secret', {}, `${ORGANISATION}/secrets`, 'TOKEN, 2026-09-01'],
  ['org.update_actions_secret', {}, `${ORGANISATION}/secrets`, 'TOKEN, 2026-09-01'],
  ['repo.create_actions_secret', { repo }, `${repo}/secrets`, 'TOKEN, 2026-09-01'],
  ['repo.update_actions_secret', { repo }, `${repo}/secrets`, 'TOKEN, 2026-09-01'],
  [
    'environment.create_actions_secret',
    { repo, environment_name: 'prod' },
    `${repo}/environments/prod/secrets`,
    'TOKEN, 2026-09-01',
  ],
  [
    'environment.update_actions_secret',
    { repo, environment_name: 'prod' },
    `${repo}/environments/prod/secrets`,
    'TOKEN, 2026-09-01',
  ],
  ['org.create_integration_secret', {}, `${ORGANISATION}/secrets`, 'TOKEN (Dependabot or codespaces), 2026-09-01'],
  ['org.update_integration_secret', {}, `${ORGANISATION}/secrets`, 'TOKEN (Dependabot or codespaces), 2026-09-01'],
  ['repo.create_integration_secret', { repo }, `${repo}/secrets`, 'TOKEN (Dependabot or codespaces), 2026-09-01'],
  ['repo.update_integration_secret', { repo }, `${repo}/secrets`, 'TOKEN (Dependabot or codespaces), 2026-09-01'],
] as const;
for (const [action, more, place, secret] of EVENTS) {
  test(`${action} by the leaver is a secret that somebody has to rotate`, async () => {
    organisation.auditLog = [wrote(action, { ...more, key: 'TOKEN' })];
    const { findings, line } = await found();
    assert.deepEqual(
      findings.map(({ resource, status, evidence }) => [resource.id, status, evidence.secrets]),
      [[place, 'manual-action', [secret]]],
    );
    assert.equal(line?.state, 'complete');
  });
}

test('several secrets of one place are one finding, each with the day on which it was written last', async () => {
  organisation.auditLog = [
    wrote('repo.create_actions_secret', { repo, key: 'A' }, '2026-08-01'),
    wrote('repo.update_actions_secret', { repo, key: 'A' }, '2026-10-01'),
    wrote('repo.create_actions_secret', { repo, key: 'B' }, '2026-08-02'),
  ];
  const { findings } = await found();
  assert.deepEqual(
    findings.map(({ evidence }) => evidence.secrets),
    [['A, 2026-10-01', 'B, 2026-08-02']],
  );
});

test('what another account wrote under the leaver’s login is not the leaver’s: numbers decide', async () => {
  organisation.auditLog = [wrote('repo.create_actions_secret', { repo, key: 'A', actor_id: 999 })];
  assert.deepEqual((await found()).findings, []);
});

test('a writing that names no secret keeps the line from being complete', async () => {
  organisation.auditLog = [wrote('repo.create_actions_secret', { repo })];
  const { findings, line } = await found();
  assert.deepEqual([findings, line?.state], [[], 'partial']);
  assert.match(line?.detail ?? '', /1 writing that the leaver wrote a secret, and not which/);
});

test('an organisation without an audit log has a line that says so; one whose log fails is not complete', async () => {
  organisation.auditLog = null;
  const { line } = await found();
  assert.deepEqual([line?.state, line?.why], ['not-examined', 'not-configured']);
  assert.match(line?.detail ?? '', /has no audit log, which organisations of GitHub Enterprise Cloud alone have/);
  organisation.auditLog = [];
  app.tenant.faults.add({ vendor: 'github', path: /audit-log.*_secret/, effect: { kind: 'answer', status: 500 } });
  assert.equal((await found()).line?.state, 'unavailable');
});

/** The log as it is given for one kind of event, whatever is asked for. */
function logged(events: readonly object[], link?: string): void {
  app.tenant.faults.add({
    vendor: 'github',
    path: /audit-log.*repo\.create_actions_secret/,
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) },
      body: JSON.stringify(events),
    },
  });
}
const event = (n: number, at: number = Date.now()) => ({
  _document_id: `d${n}`,
  '@timestamp': at,
  action: 'repo.create_actions_secret',
  actor_id: WORLD.leaver.githubId,
  key: `KEY_${n}`,
  repo,
});

test('a full page of the log that names no other is no end: what it has is told, and the line is not complete', async () => {
  logged(Array.from({ length: 100 }, (_, n) => event(n)));
  const { findings, line } = await found();
  assert.equal(findings.length, 1);
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /ended with a full page \(100 rows\) without a link/);
});

test('a time that no calendar has is an odd row of the log, and costs no other', async () => {
  logged([event(1), event(2, 1.76e18)]);
  const { findings, line } = await found();
  assert.match(String(findings[0]?.evidence.secrets), /^KEY_1, /);
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /gave 1 of 2 rows in a shape that cannot be read/);
});

test('a log that is there for some kinds of events and not for others keeps the line, with what was read', async () => {
  organisation.auditLog = [wrote('repo.create_actions_secret', { repo, key: 'A' })];
  app.tenant.faults.add({ vendor: 'github', path: /audit-log.*update_/, effect: { kind: 'answer', status: 404 } });
  const { findings, line } = await found();
  assert.deepEqual([findings.length, line?.state], [1, 'partial']);
});

test('a log that was asked under one login is asked under the former ones too', async () => {
  const [account] = LEAVER.github;
  assert.ok(account !== undefined);
  const from = '2026-01-01T00:00:00Z';
  const formerLogins = [{ login: 'alex-before', from, to: from }];
  const before = app.tenant.calls.length;
  await found({ ...LEAVER, github: [{ ...account, formerLogins }] });
  const asked = app.tenant.calls.slice(before).filter(({ path }) => /audit-log.*create_actions_secret/.test(path));
  assert.equal(asked.filter(({ path }) => path.includes('alex-before')).length, 3);
});
