import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { doDueWork } from '../../../local/telling/follow-case.ts';
import type { Fault } from '../../../local/tenant/core/faults.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import type { Report } from '../../../src/report/report.ts';
import { eitherForm } from '../../support/short-form.ts';
import { FAULTS, gapsIn, startFaultStack } from '../support/fault-stack.ts';
import { type Picture, pictureOf } from '../support/picture.ts';
import { caseReadAgain } from '../support/read-again.ts';
import { assertValidReport } from '../support/report-schema.ts';
import { EACH_ITS_OWN, PASSING_NAMES, REMOVALS, TROUBLES, VENDORS } from './changing-faults/troubles.ts';

const faulty = await startFaultStack();
const { caseUnder, states } = faulty;
let undisturbed: Report;
let cut: Picture;
after(() => faulty.stop());
before(async () => {
  undisturbed = await caseUnder([]);
  cut = pictureOf(faulty);
});

const outcomesOf = ({ steps }: Report): string[] => steps.map(({ step, outcome }) => `${step} ${outcome}`);
const findingsOf = ({ steps }: Report): readonly ReportFinding[] => steps.flatMap(({ findings }) => findings);
const withRemedy = (report: Report): ReportFinding[] =>
  findingsOf(report).filter(({ remedy }) => remedy?.risk === 'safe');
const doneIn = (report: Report): string[] =>
  findingsOf(report)
    .filter(({ status, readBack }) => status === 'done' && readBack?.state === 'gone')
    .map(({ id }) => id)
    .sort();
const idsIn = (report: Report): string[] => findingsOf(report).map(({ id }) => id);
const systemsOf = (findings: readonly ReportFinding[]): string[] =>
  [...new Set(findings.map(({ resource }) => resource.system))].sort();
const forbidden = FAULTS['403 Forbidden'];

/** What a case takes away, without what every further case adds; which of the deny lists had room is no matter. */
function lasting({ issues: _, messages: __, denyLists, ...tenant }: Picture): object {
  return { ...tenant, denied: denyLists.some((list) => list.includes(WORLD.leaver.oid)) };
}

describe('trouble that passes leaves no trace: one call of each, and one removal of each, is answered with', () => {
  for (const trouble of eitherForm(TROUBLES, EACH_ITS_OWN)) {
    const names = Object.entries(Object.groupBy(trouble, ([, name]) => name));
    const words = names.map(([name, of = []]) => `${name}: ${of.map(([vendor]) => vendor).join(', ')}`);
    test(`${words.join('; ')}; it is tried again, or found done`, async () => {
      const once = trouble.flatMap(([vendor, name]) => {
        const effect = FAULTS[name] ?? assert.fail(name);
        const asked: readonly Omit<Fault, 'effect'>[] = [{ vendor }, ...(REMOVALS[vendor]?.slice(0, 1) ?? [])];
        return asked.map((fault) => ({ ...fault, effect, times: 1 }));
      });
      const report = await caseUnder(once);
      assert.deepEqual(gapsIn(report), []);
      assert.deepEqual(outcomesOf(report), outcomesOf(undisturbed));
      assert.deepEqual(lasting(pictureOf(faulty)), lasting(cut));
      for (const { status, title } of withRemedy(report)) assert.notEqual(status, 'nothing-to-do', title);
    });
  }

  test('each kind of trouble that passes, and each vendor, is met', () => {
    const met = EACH_ITS_OWN.flat();
    assert.deepEqual(new Set(met.map(([, name]) => name)), new Set(PASSING_NAMES));
    assert.deepEqual(new Set(met.map(([vendor]) => vendor)), new Set(VENDORS));
  });
});

test('vendors that let everything be read and nothing be removed: what still stands is named as failed, and what to do by hand', async () => {
  assert.ok(forbidden);
  const report = await caseUnder(
    Object.values(REMOVALS).flatMap((removals) => removals.map((removal) => ({ ...removal, effect: forbidden }))),
  );
  assert.equal(report.outcome, 'failed');
  const failed = withRemedy(report).filter(({ status }) => status === 'failed');
  assert.deepEqual(systemsOf(failed), systemsOf(withRemedy(undisturbed)));
  for (const { id, reason } of failed) {
    assert.match(reason, /403/);
    const told = report.summary.next.flatMap((line) => [line, ...(line.parts ?? [])]);
    assert.ok(
      told.some(({ findings, text }) => findings.includes(id) && /by hand/.test(text)),
      id,
    );
  }
  const acts = report.steps.flatMap(({ actions }) => actions).filter(({ result }) => result === 'failed');
  assert.equal(acts.length, failed.length);
});

describe('a vendor that goes dark once the first thing is removed', () => {
  // Without Graph nobody knows whether the person still leaves, so that it goes dark alone.
  for (const vendors of [['graph'], ['arm', 'github', 'devops']]) {
    test(`${vendors.join(', ')}: nothing of it counts as cut that nobody saw gone`, async () => {
      const report = await caseUnder(vendors.map((vendor) => ({ vendor, effect: { kind: 'reset' }, fromCut: true })));
      assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
      const unseen = withRemedy(report).filter(({ readBack }) => readBack?.state !== 'gone');
      assert.ok(unseen.length > 0);
      for (const { status, title } of unseen)
        assert.ok(['failed', 'could-not-check'].includes(status), `${title} ${status}`);
    });
  }
});

test('a case that GitHub’s outage left incomplete is read again by itself, says so, and is complete once GitHub is back', async () => {
  const away: Fault = { vendor: 'github', effect: { kind: 'answer', status: 503 } };
  const first = await caseUnder([away]);
  const { caseId } = first.case;
  const { storage, row, readAgain, endsTold } = caseReadAgain(faulty, caseId);
  assert.equal(first.case.readAgainAt, (await row()).readAgainAt);
  assert.ok(first.summary.next.some(({ text }) => text.includes('will be read again by itself at')));
  assert.ok(gapsIn(first).some(({ source }) => source.startsWith('github/')));
  assert.ok(doneIn(first).length > 0);

  // Not before its time.
  const lift = faulty.tenant.faults.add(away);
  await doDueWork(faulty);
  assert.equal((await row()).state, 'filed');

  const second = await readAgain();
  assert.deepEqual([second.outcome, second.case.revision, doneIn(second)], [first.outcome, 2, doneIn(first)]);
  // What was found only because of what is cut by now is still told.
  const lost = idsIn(first).filter((id) => !idsIn(second).includes(id));
  assert.deepEqual(lost, []);
  const told = ['issue 1 waiting', 'log 1 told', 'teams 1 told', 'webhook 1 told'];
  assert.deepEqual(await endsTold(), told);

  lift();
  const third = await readAgain();
  assertValidReport(third);
  assert.deepEqual(gapsIn(third), []);
  assert.ok(['residual', 'attention'].includes(third.outcome), third.outcome);
  // What was cut before is read back anew, and what GitHub had is cut as well.
  for (const id of doneIn(first)) assert.ok(doneIn(third).includes(id), id);
  assert.ok(doneIn(third).length > doneIn(first).length);
  const { readAgainAt, revisions, report } = await row();
  assert.deepEqual([readAgainAt, revisions?.length, third.case.revision], [undefined, 2, 3]);
  assert.equal(report, `cases/${caseId}/revision-3/report.json`);
  const then = ['issue 1 void', 'issue 3 told', 'log 3 told', 'teams 3 told', 'webhook 3 told'];
  assert.deepEqual(await endsTold(), [...told, ...then.slice(1)].sort());
  // Told late, what is over by now would stand in the issue.
  await storage.changeMessage({ caseId, moment: 'ended', revision: 1, channel: 'issue' }, (message) => ({
    ...message,
    dueAt: message.at,
  }));
  await doDueWork(faulty);
  assert.deepEqual(await endsTold(), [...told.slice(1), ...then].sort());

  // The chain of seals.
  const seal = JSON.parse((await storage.getText('evidence', `cases/${caseId}/revision-3/manifest.json`)) ?? '');
  const before = (await storage.getText('evidence', seal.previous.name)) ?? '';
  assert.equal(seal.previous.name, `cases/${caseId}/revision-2/manifest.json`);
  assert.equal(seal.previous.sha256, createHash('sha256').update(before).digest('hex'));
});

test('a permission that was never given, or was taken away, is named at every source that wants it', async () => {
  const { reader } = faulty.principals;
  const installation = states.github.installations.all()[0];
  assert.ok(installation !== undefined);
  const before = { denials: installation.denials, permissions: new Map(installation.permissions) };
  const taken: [Set<string>, string][] = [
    [reader.graph, 'Application.Read.All'],
    // It contains the others.
    [reader.graph, 'Directory.Read.All'],
    [reader.graph, 'DelegatedPermissionGrant.Read.All'],
    [reader.azure, 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read'],
    [reader.devops, 'vso.agentpools'],
  ];
  for (const [permissions, name] of taken) assert.ok(permissions.delete(name));
  // GitHub denies that the thing exists.
  installation.denials = 404;
  for (const name of ['organization_self_hosted_runners', 'organization_personal_access_tokens']) {
    assert.ok(installation.permissions.delete(name));
  }
  const workspaces = [...reader.logs];
  reader.logs.clear();
  try {
    await faulty.killApp();
    await faulty.startApp();
    const report = await caseUnder([]);
    assert.ok(['incomplete', 'failed'].includes(report.outcome));
    const denied = gapsIn(report).filter(({ state }) => state === 'denied');
    const wanted = denied.map(({ source, missingPermission }) => `${source.replace(/:.*/, '')} ${missingPermission}`);
    assert.deepEqual([...new Set(wanted)].sort(), [
      'azure-devops/agents vso.agentpools',
      'azure-devops/deployment-agents vso.agentpools',
      'azure-devops/environment-machines vso.agentpools',
      'azure/federated-credentials Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
      'entra/app-role-assignments Application.Read.All',
      'entra/application-credentials Application.Read.All',
      'entra/applications Application.Read.All',
      'entra/client-secrets Application.Read.All',
      'entra/delegated-grants Application.Read.All',
      'entra/deleted-applications Application.Read.All',
      'entra/directory-audit AuditLog.Read.All, Directory.Read.All',
      'entra/grant-cross-check Application.Read.All',
      'entra/owners Application.Read.All',
      'entra/pre-authorised-clients Application.Read.All',
      'entra/service-principal-roles Application.Read.All',
      'entra/sign-ins AuditLog.Read.All, Directory.Read.All',
      'github/fine-grained-tokens organization_personal_access_tokens=read',
      'github/organisation-runners organization_self_hosted_runners=read',
      'github/runner-groups organization_self_hosted_runners=read',
      'log-analytics/calls Log Analytics Data Reader',
      'log-analytics/days-with-rows Log Analytics Data Reader',
      'verification/asked-again Application.Read.All',
      'verification/asked-again organization_self_hosted_runners=read',
      'verification/asked-again vso.agentpools',
    ]);
  } finally {
    for (const [permissions, name] of taken) permissions.add(name);
    for (const id of workspaces) reader.logs.add(id);
    installation.denials = before.denials;
    for (const [name, level] of before.permissions) installation.permissions.set(name, level);
  }
});
