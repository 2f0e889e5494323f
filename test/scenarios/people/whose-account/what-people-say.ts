import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deleteUser, doDueWork } from '../../../../local/telling/follow-case.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import type { Report } from '../../../../src/report/report.ts';
import { filedReport } from '../../support/fast-stack.ts';
import { assertValidReport } from '../../support/report-schema.ts';
import { findings, organisation, stack } from './world.ts';

const { oid, githubId, githubLogin } = WORLD.leaver;

describe('what people say of a case', () => {
  // Each of the four accounts of `what-links.ts` had a case.
  const caseId = makeCaseId(oid as Oid, 5);
  const [APPROVER, OTHER] = ['a9000000-0000-4000-8000-000000000001', 'a9000000-0000-4000-8000-000000000002'];

  async function ask(path: string, body: object, caller: string = WORLD.operator.oid, roles = ['Offboarding.Operate']) {
    const claims = { audience: WORLD.app.audience, oid: caller, clientId: 'console', scopes: ['access'], roles };
    const authorization = `Bearer ${await stack.tenant.tokens.issue(claims)}`;
    const answer = await fetch(`${stack.url()}/api/cases/${caseId}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization, 'content-type': 'application/json' },
    });
    return { status: answer.status, json: (await answer.json()) as { reading?: { kind: string }; account?: object } };
  }
  async function nextReport(): Promise<Report> {
    await doDueWork(stack);
    const report = await filedReport(stack, caseId);
    assertValidReport(report);
    return report;
  }
  const identityOf = ({ steps }: Report) =>
    steps.flatMap(({ coverage }) => coverage).find(({ source }) => source.startsWith('identity/github:'));
  const tokens = () => organisation.tokens.where(({ ownerId }) => ownerId === githubId);

  test('in a firm without single sign-on two people say which account is the leaver’s, and it is cut on their word until they take it back', async () => {
    organisation.identities = null;
    await deleteUser(stack, oid);
    const first = await filedReport(stack, caseId);
    assert.equal(first.outcome, 'incomplete');
    assert.equal(identityOf(first)?.state, 'unavailable');
    assert.match(identityOf(first)?.detail ?? '', /offboard case answer <case> account --vendor github/);
    assert.deepEqual(
      first.leaver.github.filter(({ confidence }) => confidence !== 'weak'),
      [],
    );
    const before = tokens().filter(({ revokedFrom }) => revokedFrom !== undefined).length;

    // One person's word: everything of the account waits for a decision.
    const said = {
      kind: 'account',
      vendor: 'github',
      login: githubLogin,
      only: true,
      reason: 'Told by the team lead.',
    };
    const given = await ask('/answers', said);
    assert.deepEqual([given.status, given.json.reading?.kind], [202, 'reads']);
    assert.equal((given.json.account as { accountId: string }).accountId, String(githubId));
    const likely = await nextReport();
    assert.deepEqual([likely.case.revision, likely.case.because], [2, 'answer']);
    assert.deepEqual(
      likely.leaver.github.filter(({ id }) => id === githubId).map(({ confidence }) => confidence),
      ['likely'],
    );
    assert.ok(findings(likely, 'fine-grained-token').length > 0);
    assert.equal(tokens().filter(({ revokedFrom }) => revokedFrom !== undefined).length, before);
    assert.match(identityOf(likely)?.detail ?? '', /a second person has to confirm it/);

    // Not by who gave it, nor without the role.
    const word = { reason: 'Known from reviews.' };
    const approve = ['Offboarding.Approve'];
    assert.equal((await ask('/answers/1/confirm', word, WORLD.operator.oid, approve)).status, 403);
    assert.equal((await ask('/answers/1/confirm', word, APPROVER)).status, 403);
    assert.equal((await ask('/answers/1/confirm', word, oid, approve)).status, 403);
    assert.equal((await ask('/answers/2/confirm', word, APPROVER, approve)).status, 404);
    assert.equal((await ask('/answers/1/confirm', word, APPROVER, approve)).status, 202);
    const proved = await nextReport();
    const [account] = proved.leaver.github.filter(({ id }) => id === githubId);
    assert.equal(account?.confidence, 'proved');
    assert.ok(account?.evidence?.some(({ code, what }) => code === 'P6' && what.includes(WORLD.operator.oid)));
    assert.equal(identityOf(proved)?.state, 'complete');
    assert.match(identityOf(proved)?.detail ?? '', new RegExp(`^Answered: .*confirmed by ${APPROVER}`));
    assert.ok(
      tokens().filter(({ revokedFrom }) => revokedFrom !== undefined).length > before,
      'its tokens are revoked',
    );
    assert.ok(findings(proved, 'fine-grained-token').some(({ status }) => status === 'done'));
    assert.ok(proved.manifest.files.some(({ name }) => name.includes('/answers/1-')));

    // Taken back: nothing further rests on it, and it stays on record.
    const taken = await ask('/answers/1/withdraw', { reason: 'It was the other Alex.' }, OTHER);
    assert.equal(taken.status, 202);
    const last = await nextReport();
    assert.deepEqual(
      last.leaver.github.filter(({ id, confidence }) => id === githubId && confidence !== 'weak'),
      [],
    );
    assert.equal(identityOf(last)?.state, 'unavailable');
    assert.deepEqual(
      last.leaver.answers?.map(({ withdrawn }) => withdrawn?.by),
      [OTHER],
    );
    const plannedOn = last.steps.flatMap((step) => step.findings).filter(({ status }) => status === 'planned');
    assert.deepEqual(plannedOn, []);
  });

  test('what somebody accepts stands as accepted, makes nothing better, and is open again once it is revoked', async () => {
    const report = await nextReport();
    const [finding] = report.steps
      .flatMap((step) => step.findings)
      .filter(
        ({ status, severity, incident }) => status === 'manual-action' && severity !== 'critical' && incident !== true,
      );
    assert.ok(finding);
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const body = { findingIds: [finding.id], until, planHash: report.plan?.hash, reason: 'Replaced next month.' };
    const approve = ['Offboarding.Approve'];
    const tooLong = new Date(Date.now() + 400 * 86_400_000).toISOString();
    assert.equal((await ask('/exceptions', body, WORLD.operator.oid)).status, 403);
    assert.equal((await ask('/exceptions', body, oid, approve)).status, 403);
    assert.equal((await ask('/exceptions', { ...body, until: tooLong }, APPROVER, approve)).status, 409);
    assert.equal((await ask('/exceptions', { ...body, planHash: '0'.repeat(64) }, APPROVER, approve)).status, 412);
    const accepted = await ask('/exceptions', body, APPROVER, approve);
    assert.equal(accepted.status, 202, JSON.stringify(accepted.json));
    const second = await nextReport();
    const stands = (each: Report) => each.steps.flatMap((step) => step.findings).find(({ id }) => id === finding.id);
    assert.deepEqual([stands(second)?.status, stands(second)?.accepted?.by], ['accepted', APPROVER]);
    assert.match(second.summary.headline, /1 finding is accepted/);
    assert.ok(second.summary.next.every((line) => !line.findings.includes(finding.id)));
    assert.notEqual(second.outcome, 'clear');
    const { exceptions } = (await (await stack.api('/api/exceptions')).json()) as { exceptions: { id: string }[] };
    assert.equal(exceptions.length, 1);
    const revoked = await stack.api(`/api/exceptions/${exceptions[0]?.id}/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'The machines came early.' }),
    });
    assert.equal(revoked.status, 202);
    assert.equal(stands(await nextReport())?.status, 'manual-action');
  });
});
