import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { resolveGitHubAccounts } from '../../../../../activities/case/accounts/resolve-github-accounts.ts';
import { type Coverage, isGap } from '../../../../../src/cases/coverage/coverage.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

const { app, state, organisation, installation, scanAll } = await startCaseStudyGitHub({
  storage: true,
  repositories: 8,
});
after(() => app.stop());
afterEach(() => {
  delete organisation.refuses;
  delete installation.suspendedAt;
  state.demandsVersion = false;
  app.tenant.faults.clear();
});

const REASONS = {
  'ip-allow-list': /GitHub said “Although you appear .* has an IP allow list enabled/,
  saml: /GitHub said “Resource protected by organization SAML enforcement/,
  'no-reason': /GitHub said “Forbidden”/,
} as const;
/** What is asked of the organisation, and can be refused there; the App asks about its installations as itself. */
const ofOrganisation = (lines: readonly Coverage[]): Coverage[] => lines.filter(({ source }) => source.includes(':'));
/** Nobody is asked about names. */
const NOBODY_ASKED = { memory: undefined, holders: { of: async () => new Map() }, now: new Date() };

for (const [reason, words] of Object.entries(REASONS)) {
  test(`a 403 for another reason (${reason}) is told in GitHub’s words, and no permission is blamed`, async () => {
    organisation.refuses = reason as keyof typeof REASONS;
    const { coverage, findings } = await scanAll();
    assert.deepEqual(findings, []);
    for (const line of ofOrganisation(coverage)) {
      assert.deepEqual([line.source, line.state, line.missingPermission], [line.source, 'denied', undefined]);
      assert.match(line.detail ?? '', words);
    }
  });

  test(`and no other source is told to lack one (${reason})`, async () => {
    organisation.refuses = reason as keyof typeof REASONS;
    const { accounts, blockedBy } = await resolveGitHubAccounts(app.context.vendors, app.config, LEAVER, NOBODY_ASKED);
    assert.deepEqual([accounts, blockedBy], [[], undefined]);
  });
}

test('an abuse limit that names no time is a limit, and is asked about again', async () => {
  organisation.refuses = 'abuse';
  const { coverage, refs } = await scanAll();
  assert.deepEqual([...new Set(ofOrganisation(coverage).map((line) => line.state))], ['unavailable']);
  assert.ok(refs.every(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined));
});

test('a suspended installation is told, with the day, and no permission is blamed', async () => {
  installation.suspendedAt = new Date('2026-11-01T08:00:00Z');
  const { coverage } = await scanAll();
  for (const line of ofOrganisation(coverage)) {
    assert.deepEqual([line.state, line.missingPermission], ['denied', undefined]);
    assert.match(line.detail ?? '', /has been suspended since 2026-11-01/);
  }
});

test('what GitHub says is repeated short, on one line, and without a credential', async () => {
  const token = `ghp_${'aB3'.repeat(12)}`;
  app.tenant.faults.add({
    vendor: 'github',
    path: /runners/,
    effect: {
      kind: 'answer',
      status: 403,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: `No:\n\u202E ${token} ${'x '.repeat(5_000)}` }),
    },
  });
  const { coverage } = await scanAll();
  const line = coverage.find(({ source }) => source === `github/organisation-runners:${ORGANISATION}`);
  assert.equal(line?.state, 'denied');
  assert.ok((line?.detail ?? '').length < 500);
  assert.equal(/ghp_|\n|\u202E/.test(line?.detail ?? ''), false);
});

test('every call names the version of the API and its media type', async () => {
  state.demandsVersion = true;
  const { coverage } = await scanAll();
  assert.ok(coverage.length > 0);
  assert.deepEqual(coverage.filter(isGap), []);
  assert.ok((await resolveGitHubAccounts(app.context.vendors, app.config, LEAVER, NOBODY_ASKED)).accounts.length > 0);
});
