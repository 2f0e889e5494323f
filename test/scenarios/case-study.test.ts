import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import type { Collection } from '../../local/tenant/core/collection.ts';
import { grantRow } from '../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../local/tenant/entra/applications/service-principals.ts';
import { userEvents } from '../../local/tenant/entra/people/user-event.ts';
import { entraAttributes } from '../../local/tenant/github/seeds/seed-people.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { isGap, sourceIdOf } from '../../src/cases/coverage/coverage.ts';
import type { ReportFinding } from '../../src/cases/finding.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import type { Manifest, Report } from '../../src/report/report.ts';
import type { AuditFacts } from '../../src/steps/activity-audit/rules/audit-facts.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { deliverEvent } from './support/deliver-event.ts';
import { blobsOf } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { gapsIn } from './support/fault-stack.ts';
import { type Picture, pictureOf } from './support/picture.ts';
import { assertValidReport } from './support/report-schema.ts';

const { leaver, gateway, github } = WORLD;
const PLAN = `${leaver.oid}-1`;
const CASE = `${leaver.oid}-2`;
const SCALE = { repositories: 12, identities: 4, credentialsPerIdentity: 3 };

const stack = await startFastStack({ scale: SCALE, wholeLog: true });
after(() => stack.stop());
const { tenant, administrator } = stack;

const stories: { seeded?: Picture; before?: Picture; report?: Report; plan?: Report; firstCall?: number } = {};

/** The case study, told once: the tests below look at what it left. */
async function told(): Promise<{ before: Picture; after: Picture; report: Report; findings: ReportFinding[] }> {
  if (stories.report === undefined) {
    stories.before = pictureOf(stack);
    stories.firstCall = tenant.calls.length;
    await administrator.deleteUser(leaver.oid);
    stories.report = await filedReport(stack, CASE);
  }
  const { before, report } = stories;
  assert.ok(before !== undefined && report !== undefined);
  return { before, after: pictureOf(stack), report, findings: report.steps.flatMap(({ findings }) => findings) };
}

const without = <T>(all: readonly T[], gone: readonly T[]): T[] => all.filter((each) => !gone.includes(each));
const casesOfLeaver = async (): Promise<string[]> => {
  const { cases } = (await (await stack.api('/api/cases')).json()) as { cases: { caseId: string; oid: string }[] };
  return cases.filter(({ oid }) => oid === leaver.oid).map(({ caseId }) => caseId);
};

test('a plan says what would be cut and changes nothing in the tenant', async () => {
  const before = pictureOf(stack);
  const calls = tenant.calls.length;
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid: leaver.oid, reason: 'A look before HR acts', mode: 'plan' }),
  });
  assert.equal(opened.status, 201);
  const report = await filedReport(stack, PLAN);
  stories.plan = report;

  assert.deepEqual(pictureOf(stack), before);
  const writes = tenant.calls.slice(calls).filter(({ method }) => !['GET', 'HEAD', 'POST'].includes(method));
  assert.deepEqual(writes, []);
  assertValidReport(report);
  assert.equal(report.outcome, 'attention');
  assert.deepEqual(
    report.steps.flatMap(({ actions }) => actions),
    [],
  );
  const containment = report.steps.find(({ step }) => step === 'containment');
  assert.deepEqual(
    containment?.findings.map(({ kind, status }) => `${kind} ${status}`),
    ['account-enabled manual-action', 'gateway-deny-list planned', 'sign-in-sessions planned'],
  );
  assert.match(report.summary.headline, /This is a plan: nothing was carried out/);
});

test('the deletion of the leaver becomes a case of its own, beside the plan', async () => {
  await told();
  assert.deepEqual(await casesOfLeaver(), [CASE, PLAN]);
});

test('what the plan says would be cut is exactly what the case cuts', async () => {
  const { findings } = await told();
  const planned = stories.plan?.steps.flatMap((step) => step.findings) ?? [];
  const titles = (all: readonly ReportFinding[], status: string): string[] =>
    all
      .filter((each) => each.remedy?.risk === 'safe' && each.status === status)
      .map(({ remedy }) => remedy?.what ?? '');
  assert.ok(titles(planned, 'planned').length > 20);
  assert.deepEqual(titles(planned, 'planned').sort(), titles(findings, 'done').sort());
});

test('the gateway refuses the leaver before anything else is asked or done', async () => {
  const { before, after } = await told();
  assert.ok(!before.denyLists.some((list) => list.includes(leaver.oid)));
  assert.ok(after.denyLists.some((list) => list.includes(leaver.oid)));
  const calls = tenant.calls.slice(stories.firstCall);
  const denied = calls.findIndex(({ vendor, method }) => vendor === 'arm' && ['PUT', 'PATCH'].includes(method));
  const other = calls.findIndex(({ vendor }) => !['graph', 'arm', 'login'].includes(vendor));
  const discovery = calls.findIndex(({ path }) => /oauth2PermissionGrants|federatedIdentityCredentials/.test(path));
  assert.ok(denied >= 0 && denied < other && denied < discovery);
});

test('his grants and his role on the gateway are gone; everybody’s, the group’s, other resources’ and colleagues’ stand', async () => {
  const { before, after } = await told();
  const mcp = gateway.servicePrincipalId;
  const his = before.grants.filter(
    ({ principalId, resourceId, clientId }) => principalId === leaver.oid && [resourceId, clientId].includes(mcp),
  );
  assert.equal(his.length, 3);
  assert.deepEqual(after.grants, without(before.grants, his));
  assert.ok(after.grants.some(({ consentType, resourceId }) => consentType === 'AllPrincipals' && resourceId === mcp));
  assert.ok(
    after.grants.some(({ principalId }) => principalId === leaver.oid),
    'on Microsoft Graph',
  );
  for (const { oid } of WORLD.colleagues) assert.ok(after.grants.some(({ principalId }) => principalId === oid));
  const role = before.assignments.filter(({ principalId }) => principalId === leaver.oid);
  assert.equal(role.length, 1);
  assert.deepEqual(after.assignments, without(before.assignments, role));
  assert.ok(after.assignments.some(({ principalType }) => principalType === 'Group'));
});

test('credentials that trust him are gone but for the disruptive ones; similar, recycled and colleagues’ stand', async () => {
  const { before, after, findings } = await told();
  const cut = [
    'id-docstore-sync/nightly-sync',
    'id-docstore-sync/nightly-env',
    'id-infra-plan/plan-pull-request',
    'id-sandbox/personal-repos',
    'id-reports/reports-renamed',
    'id-mail-digest/digest-by-actor',
    'id-service-0001/github-1',
    'tool-catalogue-deploy/alex-main',
    'docs-indexer/alex-any-branch',
    'mcp-contract-tests/alex-pull-requests',
  ];
  assert.deepEqual(after.federatedCredentials, without(before.federatedCredentials, cut));
  assert.equal(before.federatedCredentials.length - after.federatedCredentials.length, cut.length);
  const waiting = findings.filter(({ kind, status }) => kind === 'references-leaver' && status === 'awaiting-decision');
  assert.deepEqual(waiting.map(({ resource }) => resource.name).sort(), [
    'id-deploy-gateway/hotfix',
    'id-etl/etl-shared-flow',
    'mcp-contract-tests/alex-production',
  ]);
});

test('his tokens that nothing runs with open nothing any more; those that something may run with wait, and colleagues’ stand', async () => {
  const { after } = await told();
  assert.deepEqual(after.gitHubTokens, ['amoreau-silva/release-notes']);
  assert.deepEqual(
    after.ssoCredentials.filter((credential) => !credential.startsWith(leaver.githubLogin)),
    ['personal access token', 'SSH key', 'OAuth app token', 'GitHub app token'].map((type) => `bokafor/${type}`),
  );
  // Production uses it.
  assert.deepEqual(
    after.ssoCredentials.filter((credential) => credential.startsWith(leaver.githubLogin)),
    [`${leaver.githubLogin}/personal access token`],
  );
  assert.deepEqual(
    after.devOpsTokens.filter((token) => !token.startsWith(leaver.userPrincipalName)),
    ['ana.moreau-silva@northwind-capital.example/desk release'],
  );
  // One of the first two may be what stands where builds run. The third has expired, and an SSH key has no revocation.
  assert.deepEqual(
    after.devOpsTokens.filter((token) => token.startsWith(leaver.userPrincipalName)),
    ['laptop agent', 'artifacts feed', 'old laptop', 'alex@laptop'].map(
      (name) => `${leaver.userPrincipalName}/${name}`,
    ),
  );
});

test('what could stop production is untouched and waits for an approval', async () => {
  const { before, after, findings } = await told();
  for (const kind of ['variables', 'runners', 'workflows', 'agents'] as const) {
    assert.ok(before[kind].length > 0);
    assert.deepEqual(after[kind], before[kind]);
  }
  const waiting = findings.filter(({ status }) => status === 'awaiting-decision');
  const kinds = new Set(waiting.map(({ remedy }) => remedy?.call.kind));
  assert.deepEqual([...kinds].sort(), [
    'blank-variable',
    'delete-federated-credential',
    'delete-variable',
    'deny-identity',
    'disable-agent',
    'disable-workflow',
    'hand-over-schedule',
    'remove-agent',
    'remove-membership',
    'remove-runner',
    'revoke-devops-token',
    'revoke-sso-credential',
    'suspend-subscription-key',
  ]);
});

test('a credential that variables and files use is not revoked before somebody has seen what would stop', async () => {
  const { findings } = await told();
  const [credential] = findings.filter(({ remedy }) => remedy?.call.kind === 'revoke-sso-credential' && remedy.impact);
  assert.equal(credential?.status, 'awaiting-decision');
  const impact = credential?.remedy?.impact ?? [];
  assert.ok(impact.length > 0);
  for (const { finding, what, link } of impact.filter((each) => each.finding !== undefined)) {
    const place = findings.find(({ id }) => id === finding);
    assert.deepEqual([place?.resource.id, place?.resource.url], [what, link]);
  }
  const behind = impact.filter(({ finding }) => finding === undefined);
  assert.ok(behind.length > 0, 'workflows that take the variables stand behind them');
  for (const { link } of behind) assert.match(link ?? '', /\/blob\/HEAD\//);
});

test('who decides on a variable or a workflow sees which workflows would stop, as far as they were read', async () => {
  const { findings } = await told();
  const impactOf = (kind: string) =>
    findings.filter(({ remedy }) => remedy?.call.kind === kind).flatMap(({ remedy }) => remedy?.impact ?? []);
  for (const kind of ['blank-variable', 'disable-workflow']) {
    const impact = impactOf(kind);
    assert.ok(impact.length > 0, kind);
    for (const { what, link } of impact) {
      assert.match(what, /^northwind-capital\/.+\.ya?ml/);
      assert.match(link ?? '', /\/blob\/HEAD\//);
    }
  }
});

test('Azure DevOps tokens of which one may stand where builds run are not revoked before somebody has seen what may stop', async () => {
  const { findings } = await told();
  const listed = findings.filter(({ remedy }) => remedy?.call.kind === 'revoke-devops-token');
  assert.ok(listed.length > 0);
  for (const { status, remedy, reason } of listed) {
    assert.equal(status, 'awaiting-decision');
    assert.ok(remedy?.impact?.some(({ what, perhaps }) => perhaps && /not known which/.test(what)));
    assert.match(reason, /nothing tells whether they do/);
  }
});

test('the report is what its schema promises, and its outcome is the worst of what it says', async () => {
  const { report, findings } = await told();
  assertValidReport(report);
  assert.equal(report.outcome, 'attention');
  const open = findings.filter(({ status }) => !['done', 'nothing-to-do'].includes(status));
  assert.match(
    report.summary.headline,
    new RegExp(
      `^An incident: .* ${open.length} findings need a person.*; \\d+ access paths were cut and read back as gone\\.$`,
    ),
  );
  assert.deepEqual(
    report.steps.map(({ step, outcome, run }) => `${step} ${outcome} ${run}`),
    [
      'containment clear ran',
      'consent attention ran',
      'federated-credentials attention ran',
      'runner-credentials attention ran',
      'activity-audit attention ran',
      'verification clear ran',
    ],
  );
  assert.deepEqual(
    [report.case.trigger, report.case.mode, report.leaver.displayName],
    ['entra-event', 'apply', leaver.displayName],
  );
  assert.equal(report.leaver.userPrincipalName, leaver.userPrincipalName);
});

test('without faults every source was read completely, or the firm decided about it', async () => {
  const { report } = await told();
  const lines = report.steps.flatMap(({ coverage }) => coverage);
  assert.deepEqual(lines.filter(isGap), []);
  const declared = new Set(Object.values(CATALOGUE).flatMap((sources) => sources.map(({ id }) => id)));
  assert.deepEqual(
    lines.map(sourceIdOf).filter((id) => !declared.has(id)),
    [],
  );
  const { standingLimits, acknowledged } = report.summary.sources;
  assert.ok(standingLimits > 0);
  assert.equal(acknowledged, standingLimits);
  const looked = new Map(lines.map(({ source, looked: { count } }) => [source, count]));
  assert.equal(looked.get(`github/repositories:${github.organisation}`), SCALE.repositories);
  assert.equal(looked.get(`github/repository-variables:${github.organisation}`), SCALE.repositories);
  for (const vendor of [
    'azure',
    'azure-devops',
    'entra',
    'gateway',
    'github',
    'identity',
    'log-analytics',
    'verification',
  ]) {
    assert.ok(
      lines.some(({ source }) => source.startsWith(`${vendor}/`)),
      vendor,
    );
  }
});

test('the audit finds the reads at two in the morning: 847 files in 34 directories after the departure', async () => {
  const { report } = await told();
  const audit = report.steps.find(({ step }) => step === 'activity-audit');
  const facts = audit?.facts as AuditFacts;
  assert.equal(facts.verdict, 'after-departure');
  assert.equal(facts.afterDeparture.distinctResources, 847);
  assert.equal(facts.afterDeparture.distinctDirectories, 34);
  assert.equal(facts.days.length, 90);
  assert.deepEqual(facts.coverage.gapDays, []);
  const nights = facts.hourOfWeek.after.flatMap((day) => day.flatMap((calls, hour) => (calls > 0 ? [hour] : [])));
  assert.ok(
    nights.every((hour) => hour === 2),
    `hours ${nights.join(', ')}`,
  );
  assert.deepEqual(
    audit?.findings.map(({ kind, severity }) => `${kind} ${severity}`),
    // The pipelines that trusted him went on as ever, which their owners have to confirm.
    ['after-departure critical', ...Array.from({ length: 3 }, () => 'related-after-departure medium')],
  );
});

test('the evidence of the case is verified offline with the vault’s key, and a single byte that changes is found', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/`);
  const files = [...blobs].map(([name, bytes]) => ({ name, bytes }));
  const { verdict, faults, unsealed, signedBy } = await verifyEvidence(files);
  assert.deepEqual([verdict, faults, unsealed], ['not-pinned', [], []]);
  const [signer] = signedBy;
  assert.match(signer?.keyid ?? '', /\/keys\/evidence-signing\/[0-9a-f]{32}$/);
  const keys = [{ thumbprint: signer?.thumbprint ?? '' }];
  assert.equal((await verifyEvidence(files, { keys })).verdict, 'verified');
  const at = files.findIndex(({ name }) => name === report.manifest.name.replace('manifest.json', 'report.json'));
  const bytes = Buffer.from(files[at]?.bytes ?? '');
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  const changed = await verifyEvidence(files.with(at, { name: files[at]?.name ?? '', bytes }), { keys });
  assert.deepEqual(
    changed.faults.map(({ code, file }) => [code, file]),
    [['changed-file', files[at]?.name]],
  );
});

test('the manifest seals every file of the case, and nothing lies beside it but its signature and the key', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/`);
  const manifest = JSON.parse(String(blobs.get(report.manifest.name))) as Manifest;
  const sealed = Object.fromEntries(manifest.files.map(({ name, sha256 }) => [name, sha256]));
  const lying = [...blobs]
    .filter(([name]) => name !== report.manifest.name && !/\/(?:signature\.dsse\.json|keys\/[^/]+)$/.test(name))
    .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]);
  assert.deepEqual(sealed, Object.fromEntries(lying));
  for (const file of ['report.json', 'report.html', 'report.md', 'plan.json'])
    assert.ok(`cases/${CASE}/${file}` in sealed);
  assert.equal(manifest.outcome, report.outcome);
});

test('everything that was removed can be put back: each act has its before-image, request id and time', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/before/`);
  const acts = report.steps.flatMap(({ actions }) => actions).filter(({ result }) => result !== 'nothing-to-do');
  assert.ok(acts.length > 20);
  for (const { what, beforeImage, requestId, at } of acts) {
    const image = blobs.get(beforeImage?.name ?? '');
    assert.ok(image !== undefined, what);
    assert.equal(createHash('sha256').update(image).digest('hex'), beforeImage?.sha256);
    // The gateway refuses the leaver before the case begins.
    assert.ok(requestId !== undefined && at > report.case.requestedAt, what);
  }
});

test('one issue in the security repository tells what is left, and the operators’ channel is told once', async () => {
  const { before, after, report } = await told();
  assert.deepEqual([before.issues.length, before.messages], [0, 0]);
  assert.equal(after.issues.length, 1);
  const [issue] = after.issues;
  assert.equal(issue?.repository, github.securityRepository);
  const boxes = issue?.body.split('\n').filter((line) => line.startsWith('- [ ] ')) ?? [];
  assert.equal(boxes.length, report.summary.next.length);
  assert.ok(issue?.body.includes(CASE));
  assert.equal(after.messages, 1);
  assert.match(JSON.stringify(stack.states.teams.messages), new RegExp(CASE));
});

test('the same event again makes no second case, and a later edit of the deleted account neither', async () => {
  await told();
  const event = userEvents(tenant.core)({ changeType: 'updated', userId: leaver.oid });
  assert.deepEqual([await deliverEvent(stack, event), await deliverEvent(stack, event)], [202, 202]);
  assert.deepEqual(await casesOfLeaver(), [CASE, PLAN]);
});

test('restored and deleted again: the next case, which denies at the gateway again and finds the rest of the work done', async () => {
  const { after: before } = await told();
  await administrator.restoreUser(leaver.oid);
  // The event of the restore ends the denial.
  await tenant.core.events.idle();
  await administrator.deleteUser(leaver.oid);
  const next = `${leaver.oid}-3`;
  const report = await filedReport(stack, next);
  assert.deepEqual(
    report.steps.flatMap(({ actions }) => actions).map(({ result, what }) => `${result}: ${what}`),
    ['done: Put the leaver on the gateway’s deny list.'],
  );
  // Their consent to something else is listed, so that they have none to the gateway. Of roles no list shows anything of
  // somebody who is deleted.
  assert.deepEqual(
    gapsIn(report).map(({ source, state }) => `${source} ${state}`),
    ['entra/app-role-assignments partial'],
  );
  assert.equal(report.outcome, 'incomplete');
  const { issues: _, messages: __, ...now } = pictureOf(stack);
  const { issues: ___, messages: ____, ...then } = before;
  assert.deepEqual(now, then);
});

test('somebody who leaves nothing behind in a tidy tenant: nothing to do but wait until the last token expires', async () => {
  const { entra, github: hub, devops, arm } = stack.states;
  // Trust in anybody beside the firm is every leaver's: a tidy tenant has none.
  for (const { credentials } of arm.identities.all()) empty(credentials, nameOf);
  empty(entra.federatedCredentials, ({ applicationId, id }) => `${applicationId}/${id}`);
  empty(devops.agents, ({ poolId, id }) => `${poolId}/${id}`);
  empty(devops.machines, ({ id }) => String(id));
  empty(devops.definitions, ({ id }) => String(id));
  empty(devops.variableGroups, ({ id }) => String(id));
  for (const { variables } of [...hub.organisations.all(), ...hub.repositories.all()]) empty(variables, nameOf);
  for (const { files, environments } of hub.repositories.all()) {
    files.clear();
    empty(environments, nameOf);
  }
  const quiet = { oid: '0c000000-0000-4000-8000-0000000000aa', name: 'Nora Quiet', upn: `nora.quiet@${WORLD.domain}` };
  const [ana] = WORLD.colleagues;
  const user = entra.users.get(ana.oid);
  const identities = hub.organisations.all()[0]?.identities;
  assert.ok(user !== undefined && identities);
  entra.users.add({
    ...user,
    id: quiet.oid,
    displayName: quiet.name,
    userPrincipalName: quiet.upn,
    mail: quiet.upn,
    proxyAddresses: [`SMTP:${quiet.upn}`],
    employeeLeaveDateTime: new Date().toISOString(),
  });
  hub.users.add({ id: 777_001, login: 'nquiet', name: quiet.name });
  identities.push({
    guid: '5a0e0000-0000-4000-8000-0000000777aa',
    nameId: quiet.upn,
    attributes: entraAttributes(quiet.oid),
    userId: 777_001,
  });
  // A membership of Azure DevOps waits for a person: somebody who leaves nothing behind is no member.

  // Somebody else is deleted and has a consent and a role left: this Graph lists what deleted people have.
  const gone = { ...user, id: '0c000000-0000-4000-8000-0000000000ab', deletedDateTime: new Date().toISOString() };
  entra.deletedUsers.add(gone);
  const [grant] = entra.grants.where(({ principalId }) => principalId === ana.oid);
  const [role] = entra.assignments.where(({ principalId }) => principalId === ana.oid);
  assert.ok(grant !== undefined && role !== undefined);
  const { id: _, ...consent } = grant;
  const { id: __, ...held } = role;
  entra.grants.add(grantRow({ ...consent, principalId: gone.id }));
  entra.assignments.add(assignmentRow({ ...held, principalId: gone.id }));

  await administrator.deleteUser(quiet.oid);
  const report = await filedReport(stack, `${quiet.oid}-1`);
  assert.equal(report.outcome, 'residual');
  assert.equal(report.residual.length, 1);
  assert.deepEqual(report.summary.notCut, []);
  assert.match(report.summary.next[0]?.text ?? '', /^Wait: 1 access path ends/);
  assert.match(
    report.summary.headline,
    /\d+ of \d+ readable sources were read completely; \d+ standing limits are acknowledged\.$/,
  );
});

function empty<T extends object>(rows: Collection<T>, keyOf: (row: T) => string): void {
  for (const row of rows.all()) rows.delete(keyOf(row));
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
