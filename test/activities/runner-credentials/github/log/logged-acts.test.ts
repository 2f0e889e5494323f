import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { WORLD } from '../../../../../local/tenant/seeds/world.ts';
import type { Leaver } from '../../../../../src/people/leaver.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

const { app, state, organisation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 2 });
after(() => app.stop());
const seeded = organisation.auditLog ?? [];
afterEach(() => {
  organisation.auditLog = seeded;
  app.tenant.faults.clear();
});

let ids = 0;
const did = (
  action: string,
  day: string,
  more: Readonly<Record<string, string | number>> = {},
  actorId: number = WORLD.leaver.githubId,
) => {
  ids += 1;
  return { id: `l${ids}`, action, actorId, at: new Date(`${day}T09:00:00Z`), more };
};
const LEFT: Leaver = { ...LEAVER, lastDay: '2026-10-01' };
const repo = `${ORGANISATION}/payments-api`;
async function found(leaver: Leaver = LEFT) {
  const { findings, coverage } = await scanAll(leaver);
  const kinds = ['hook-by-leaver', 'key-by-leaver', 'app-by-leaver', 'acted-after-departure'];
  return {
    findings: findings.filter(({ kind }) => kinds.includes(kind)),
    line: coverage.find(({ source }) => source === `github/audit-log:${ORGANISATION}`),
  };
}

const ACTS: readonly (readonly [string, Readonly<Record<string, string | number>>, string | undefined])[] = [
  ['hook.create', { hook_id: 17 }, `hook-by-leaver ${ORGANISATION}/hooks`],
  ['hook.config_changed', { hook_id: 17, repo }, `hook-by-leaver ${repo}/hooks`],
  ['hook.destroy', { hook_id: 17 }, undefined],
  ['public_key.create', { repo, title: 'deploy' }, `key-by-leaver ${repo}/keys`],
  // A key of somebody's own account is no deploy key.
  ['public_key.create', { title: 'laptop' }, undefined],
  ['integration.create', { name: 'exports' }, `app-by-leaver ${ORGANISATION}/apps`],
  ['integration.generate_client_secret', { name: 'exports' }, `app-by-leaver ${ORGANISATION}/apps`],
  ['hook.create', { hook_id: 17, actor_id: 999 }, undefined],
];
for (const [action, more, expected] of ACTS) {
  test(`${action} ${JSON.stringify(more)} before the last day is ${expected ?? 'nothing'}`, async () => {
    organisation.auditLog = [did(action, '2026-09-01', more)];
    const { findings, line } = await found();
    assert.deepEqual(
      findings.map(({ kind, resource, status }) => [`${kind} ${resource.id}`, status]),
      expected === undefined ? [] : [[expected, 'manual-action']],
    );
    assert.equal(line?.state, 'complete');
  });
}

test('a key that its repository lists is the finding of that list, and of one that is not listed the log tells', async () => {
  organisation.auditLog = [
    did('public_key.create', '2026-09-01', { repo, title: 'deploy' }),
    did('public_key.update', '2026-09-02', { repo, title: 'deploy' }),
    did('public_key.create', '2026-09-03', { repo, title: 'mirror' }),
    did('public_key.update', '2026-09-04', { repo, title: 'of somebody' }),
  ];
  const keys = state.repositories.get(repo)?.deployKeys;
  assert.ok(keys !== undefined);
  const createdAt = new Date('2026-09-01T09:00:00Z');
  for (const [id, title] of [
    [7101, 'deploy'],
    [7102, 'of somebody'],
  ] as const) {
    keys.add({ id, title, key: `ssh-ed25519 AAAA${id}`, readOnly: true, addedBy: null, createdAt });
  }
  const { findings } = await found();
  assert.deepEqual(
    findings.map(({ kind, evidence }) => [kind, evidence.logged]),
    [['key-by-leaver', ['mirror: public_key.create, 2026-09-03', 'of somebody: public_key.update, 2026-09-04']]],
  );
  app.tenant.faults.add({ vendor: 'github', path: /payments-api\/keys/, effect: { kind: 'answer', status: 500 } });
  const [unlisted] = (await found()).findings;
  assert.equal(Array.isArray(unlisted?.evidence.logged) && unlisted.evidence.logged.length, 4);
  for (const id of ['7101', '7102']) keys.delete(id);
});

test('what was done after the last day is an incident, once for the account; what a schedule started is not', async () => {
  organisation.auditLog = [
    did('repo.create', '2026-10-01', { repo }),
    did('repo.download_zip', '2026-10-03', { repo }),
    did('repo.download_zip', '2026-10-05', { repo }),
    did('workflows.created_workflow_run', '2026-10-04', { repo, event: 'schedule' }),
    did('repo.destroy', '2026-10-04', { repo }, WORLD.colleagues[0].githubId),
  ];
  const { findings } = await found();
  assert.deepEqual(
    findings.map(({ kind, incident, severity, evidence }) => [kind, incident, severity, evidence.actions]),
    [['acted-after-departure', true, 'critical', ['repo.download_zip: 2']]],
  );
  const likely = { ...LEFT, github: LEFT.github.map((each) => ({ ...each, confidence: 'likely' as const })) };
  const [unproved] = (await found(likely)).findings;
  assert.deepEqual([unproved?.incident, unproved?.severity], [undefined, 'high']);
});

test('without a last day nothing is looked for after it, and the line says so', async () => {
  organisation.auditLog = [did('repo.download_zip', '2026-10-03', { repo })];
  const { findings, line } = await found(LEAVER);
  assert.deepEqual(findings, []);
  assert.match(line?.detail ?? '', /No last day has passed that is known/);
});

test('without a log the line is not examined; one that fails is not complete', async () => {
  organisation.auditLog = null;
  const { line } = await found();
  assert.deepEqual([line?.state, line?.why], ['not-examined', 'not-configured']);
  organisation.auditLog = [did('hook.create', '2026-09-01', { hook_id: 17 })];
  app.tenant.faults.add({ vendor: 'github', path: /audit-log.*created/, effect: { kind: 'answer', status: 500 } });
  const failing = await found();
  assert.deepEqual([failing.findings.length, failing.line?.state], [1, 'partial']);
});
