import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import { entraAttributes } from '../../../../local/tenant/github/seeds/seed-people.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { Report } from '../../../../src/report/report.ts';
import { filedReport } from '../../support/fast-stack.ts';
import { forgetPeople } from '../../support/forget-people.ts';
import { rewinder } from '../../support/rewind.ts';
import { findings, organisation, stack } from './world.ts';

const { oid, githubId, githubLogin, userPrincipalName } = WORLD.leaver;
const { github } = stack.states;
const rewind = rewinder(stack);
const seeded = [...(organisation.identities ?? [])];

async function offboard(): Promise<Report> {
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'Whose an account is', mode: 'apply' }),
  });
  assert.equal(opened.status, 201);
  const { caseId } = (await opened.json()) as { caseId: string };
  return filedReport(stack, caseId);
}

/** What was revoked of the account's credentials on GitHub. */
const revoked = () => [
  ...organisation.tokens.where(({ ownerId, revokedFrom }) => ownerId === githubId && revokedFrom !== undefined),
  ...organisation.credentials.where(({ ownerId, revokedFrom }) => ownerId === githubId && revokedFrom !== undefined),
];

describe('what links an account to the leaver', () => {
  afterEach(async () => {
    organisation.identities = [...seeded];
    rewind();
    await forgetPeople(stack);
  });

  test('an account that sign-on links by a name of the leaver’s, and that is a colleague’s by object id, is left alone and told', async () => {
    const [ana] = WORLD.colleagues;
    organisation.identities = seeded.map((identity) =>
      identity.userId === githubId
        ? { ...identity, nameId: userPrincipalName, attributes: entraAttributes(ana.oid) }
        : identity,
    );
    const report = await offboard();
    assert.deepEqual(revoked(), []);
    assert.deepEqual(report.leaver.github, []);
    const [told] = findings(report, 'account-of-another');
    assert.ok(told?.reason.includes(ana.oid), told?.reason);
    assert.deepEqual(findings(report, 'references-leaver'), []);
    assert.notEqual(report.outcome, 'clear');
  });

  test('an account that only a name of the leaver’s links, which nobody else ever had, waits for a person, and nothing of it is cut', async () => {
    organisation.identities = seeded.map((identity) =>
      identity.userId === githubId ? { ...identity, attributes: [] } : identity,
    );
    const report = await offboard();
    assert.deepEqual(revoked(), []);
    assert.deepEqual(
      report.leaver.github.map(({ confidence }) => confidence),
      ['likely'],
    );
    const tokens = findings(report, 'fine-grained-token');
    assert.ok(tokens.length > 0);
    for (const { status } of tokens) assert.equal(status, 'awaiting-decision');
    assert.notEqual(report.outcome, 'clear');
  });

  for (const claimed of [undefined, 9_000_001]) {
    const words = claimed === undefined ? 'is free' : 'somebody else claims at once';
    test(`an account that is renamed while its credentials are listed, and whose login ${words}, is cut all the same`, async () => {
      let renamed = false;
      const unwatch = stack.tenant.server.onCall(({ vendor, path }) => {
        if (renamed || vendor !== 'github' || !/personal-access-tokens/.test(path)) return;
        renamed = true;
        renameAccount(github, githubId, 'zz-top', claimed);
      });
      try {
        const report = await offboard();
        assert.ok(renamed);
        assert.equal(revoked().length, 5);
        const all = [...findings(report, 'fine-grained-token'), ...findings(report, 'sso-credential')];
        // Variables hold one of them, so that a person decides about it.
        const [waits, ...others] = all.filter(({ status }) => status === 'awaiting-decision');
        assert.deepEqual([waits?.remedy?.risk, others], ['disruptive', []]);
        const cut = all.filter((finding) => finding !== waits);
        assert.deepEqual(
          cut.map(({ status, readBack }) => [status, readBack?.state]),
          cut.map(() => ['done', 'gone']),
        );
      } finally {
        unwatch();
        if (claimed !== undefined) github.users.delete(String(claimed));
        renameAccount(github, githubId, githubLogin);
      }
    });
  }
});
