import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CallRecord } from '../../../local/tenant/core/server.ts';
import { caseSensitive } from '../../../local/tenant/entra/state/state.ts';
import type { GrantRow } from '../../../local/tenant/entra/state/state-applications.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import type { Report } from '../../../src/report/report.ts';
import { eitherForm } from '../../support/short-form.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { rewinder } from '../support/rewind.ts';

const stack = await startFastStack();
after(() => stack.stop());
const rewind = rewinder(stack);
const { arm, entra, github, devops } = stack.states;
const { oid, githubLogin } = WORLD.leaver;
const gateway = WORLD.gateway.servicePrincipalId;
const organisation = github.organisations.get(WORLD.github.organisation);
const consent = {
  ...entra.grants.where(({ principalId, resourceId }) => principalId === oid && resourceId === gateway)[0],
} as GrantRow;
assert.ok(organisation !== undefined && consent.id !== undefined);

type Making = readonly [moment: (call: CallRecord) => boolean, make: () => () => unknown];

/** A case during which something is made anew, each thing once, right after the first call that matches. */
async function meanwhile(...makings: readonly Making[]): Promise<Report> {
  rewind();
  const takeBack = new Map<Making, () => unknown>();
  const unwatch = stack.tenant.server.onCall((call) => {
    for (const making of makings) {
      const [moment, make] = making;
      if (!takeBack.has(making) && moment(call)) takeBack.set(making, make());
    }
  });
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'Something is made anew', mode: 'apply' }),
  });
  assert.equal(opened.status, 201);
  const { caseId } = (await opened.json()) as { caseId: string };
  try {
    return await filedReport(stack, caseId);
  } finally {
    unwatch();
    for (const back of takeBack.values()) back();
    assert.equal(takeBack.size, makings.length, 'it happened');
  }
}

const again = ({ steps }: Report): ReportFinding[] =>
  steps.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'admitted-again');

const cutOf = (vendor: string, path: RegExp) => (call: CallRecord) =>
  call.vendor === vendor && call.method !== 'GET' && path.test(call.path);

const MADE: Readonly<Record<string, readonly [...making: Making, title: RegExp]>> = {
  'a pipeline makes the trust again under another name': [
    cutOf('arm', /federatedIdentityCredentials/),
    () => {
      const identity = arm.identities.where(({ name }) => name === 'id-docstore-sync')[0];
      assert.ok(identity !== undefined);
      identity.credentials.add({
        name: 'nightly-sync-2',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: `repo:${githubLogin}/docstore-sync:ref:refs/heads/main`,
        audiences: ['api://AzureADTokenExchange'],
      });
      return () => identity.credentials.delete('nightly-sync-2');
    },
    /^After the cut: id-docstore-sync trusts GitHub tokens of the leaver \(credential nightly-sync-2\)$/,
  ],
  'an app registration trusts the leaver again': [
    cutOf('graph', /federatedIdentityCredentials/),
    () => {
      const like = entra.federatedCredentials.all().find(({ subject }) => subject !== null);
      assert.ok(like !== undefined);
      const made = { ...like, id: 'aaaaaaaa-0000-4000-8000-00000000000a', name: 'again' };
      entra.federatedCredentials.add({ ...made, subject: `repo:${githubLogin}/tools:ref:refs/heads/main` });
      return () => entra.federatedCredentials.delete(`${made.applicationId}/${made.id}`);
    },
    /^After the cut: .* trusts GitHub tokens of the leaver \(credential again\)$/,
  ],
  'a client gets a new consent': [
    cutOf('graph', /oauth2PermissionGrants/),
    () => {
      const like = entra.grants.where(({ resourceId }) => resourceId === gateway)[0];
      assert.ok(like !== undefined);
      const grant = { ...like, id: 'bmV3LWdyYW50', clientId: 'c1a0de00-0000-4000-8000-00000000beef' };
      entra.grants.add({ ...grant, principalId: oid, consentType: 'Principal' });
      return () => entra.grants.delete(caseSensitive(grant.id));
    },
    /^After the cut: c1a0de00-0000-4000-8000-00000000beef may call /,
  ],
  'somebody makes another fine-grained token': [
    cutOf('github', /personal-access-tokens/),
    () => {
      organisation.tokens.add({ id: 25_399, tokenId: 99_000, name: 'second', ownerId: WORLD.leaver.githubId });
      return () => organisation.tokens.delete('25399');
    },
    /^After the cut: amoreau’s fine-grained token “second” opens northwind-capital$/,
  ],
  'another token waits for approval': [
    cutOf('github', /personal-access-token-requests\//),
    () => {
      const request = { id: 31_499, tokenId: 99_001, name: 'third', ownerId: WORLD.leaver.githubId };
      organisation.tokenRequests.add(request);
      return () => organisation.tokenRequests.delete('31499');
    },
    /third.*waits for access/,
  ],
  'somebody invites the leaver’s mail address': [
    cutOf('github', /personal-access-token-requests\//),
    () => {
      organisation.invitations?.add({ id: 803, login: null, email: WORLD.leaver.mail, inviterId: 5_120_001 });
      return () => organisation.invitations?.delete('803');
    },
    /is invited to/,
  ],
  'somebody makes another Azure DevOps token': [
    cutOf('github', /personal-access-token-requests\//),
    () => {
      const like = devops.tokens.where(
        ({ descriptor, isPublic }) => descriptor === WORLD.leaver.devopsDescriptor && !isPublic,
      )[0];
      assert.ok(like !== undefined);
      const { revokedAt: _, ...rest } = like;
      devops.tokens.add({ ...rest, authorizationId: 'second', displayName: 'second' });
      return () => devops.tokens.delete('second');
    },
    /^After the cut: The leaver’s personal access token “second” works in northwind$/,
  ],
};

/** In the short form all in one case, of which each has to be found by its own title. */
const WHOLE = Object.keys(MADE).map((name) => [name]);
for (const names of eitherForm(WHOLE, [Object.keys(MADE)])) {
  test(`${names.join('; ')} while the case runs: verification finds it, and the case is not clear`, async () => {
    const made = names.map((name) => MADE[name] ?? assert.fail(name));
    const report = await meanwhile(...made.map(([moment, make]): Making => [moment, make]));
    const found = again(report);
    for (const [, , title] of made) {
      assert.deepEqual(
        found.filter((each) => title.test(each.title)).map(({ step, status }) => [step, status]),
        [['verification', 'manual-action']],
        JSON.stringify(found.map((each) => each.title)),
      );
    }
    assert.equal(found.length, made.length);
    for (const { remedy } of found) assert.equal(remedy, undefined);
    const step = report.steps.find((each) => each.step === 'verification');
    assert.notEqual(step?.outcome, 'clear');
    assert.notEqual(report.outcome, 'clear');
  });
}

test('a consent that is made again as it was, after it was seen gone, is found as well', async () => {
  let gone = false;
  const report = await meanwhile([
    (call) => {
      gone ||= entra.grants.get(caseSensitive(consent.id)) === undefined;
      // The first thing that is asked again, once everything was read back.
      return gone && call.vendor === 'graph' && call.path.includes(WORLD.gateway.appId);
    },
    () => {
      entra.grants.add({ ...consent });
      return () => undefined;
    },
  ]);
  assert.deepEqual(
    again(report).map(({ resource }) => resource.id),
    [consent.id],
  );
  assert.equal(
    report.steps.flatMap(({ findings }) => findings).find(({ resource }) => resource.id === consent.id)?.readBack
      ?.state,
    'gone',
  );
});
