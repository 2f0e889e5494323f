import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { FiledReport } from '../../../activities/case/file-report.ts';
import { notifyOperators } from '../../../activities/case/notify-operators.ts';
import { emptyTeams, makeTeams, teamsWebhookPath } from '../../../local/tenant/teams/vendor.ts';
import type { Config } from '../../../src/config.ts';
import { putJson } from '../../../src/connectors/storage/evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { CASE_ID, caseStudy } from '../../report/sample-case.ts';
import { startApp } from '../../support/start-app.ts';

const teams = emptyTeams();
const app = await startApp({ vendors: (core) => [makeTeams(core, teams)], storage: true });
after(() => app.stop());
beforeEach(() => {
  teams.messages.length = 0;
  app.tenant.faults.clear();
});

const webhook = `${app.tenant.origin('teams')}${teamsWebhookPath(teams)}`;

function contextWith(settings: Partial<Config>) {
  const changed = { ...app.config, ...settings };
  return { ...app.context, settings: changed, vendors: openVendors(changed) };
}

/** A report of its own for each test: what was sent is remembered by its digest. */
async function filedReport(headline: string): Promise<FiledReport> {
  const built = buildReport(caseStudy());
  const report = { ...built, summary: { ...built.summary, headline } };
  const ref = await putJson(app.config, 'evidence', `test/${headline.replace(/\W/g, '')}`, report);
  const { counts } = report.summary;
  return {
    outcome: report.outcome,
    incident: report.incident,
    report: ref,
    html: ref,
    markdown: ref,
    manifest: ref,
    counts,
    nextSteps: 8,
  };
}

test('the operators’ channel gets one card with the outcome, the reason and what to do next', async () => {
  const filed = await filedReport('One source was refused.');
  const context = contextWith({ TEAMS_WEBHOOK_URL: webhook });
  assert.deepEqual(await notifyOperators.handler({ caseId: CASE_ID, filed }, context), { state: 'sent' });
  assert.deepEqual(await notifyOperators.handler({ caseId: CASE_ID, filed }, context), { state: 'sent' });
  assert.equal(teams.messages.length, 1);
  const card = JSON.stringify(teams.messages[0]?.card);
  for (const text of ['Alex Moreau', 'Incomplete', 'One source was refused', 'Decide, and do by hand'])
    assert.ok(card.includes(text), text);
});

test('two deliveries at once tell the channel once, and both say so', async () => {
  const filed = await filedReport('Told by two.');
  const context = contextWith({ TEAMS_WEBHOOK_URL: webhook });
  const tell = () => notifyOperators.handler({ caseId: CASE_ID, filed }, context);
  assert.deepEqual(await Promise.all([tell(), tell()]), [{ state: 'sent' }, { state: 'sent' }]);
  assert.equal(teams.messages.length, 1);
});

test('without a webhook nobody is told, and that is no fault', async () => {
  const filed = await filedReport('Nobody listens.');
  const { TEAMS_WEBHOOK_URL: _, ...config } = app.config;
  const result = await notifyOperators.handler(
    { caseId: CASE_ID, filed },
    { ...app.context, settings: config as Config },
  );
  assert.deepEqual(result, { state: 'not-configured' });
});

test('a busy Teams is asked again when it says; the webhook’s signature stands in no message', async () => {
  const filed = await filedReport('Busy.');
  app.tenant.faults.add({
    vendor: 'teams',
    times: 1,
    effect: { kind: 'answer', status: 429, headers: { 'retry-after': '7' } },
  });
  const context = contextWith({ TEAMS_WEBHOOK_URL: webhook });
  const refused = await notifyOperators.handler({ caseId: CASE_ID, filed }, context);
  assert.deepEqual(refused, {
    state: 'not-sent',
    why: 'The Teams webhook answered the card with 429.',
    tryAgainAfterMs: 7_000,
  });
  assert.doesNotMatch(JSON.stringify([refused, app.context.lines]), /sig=/);
  assert.deepEqual(await notifyOperators.handler({ caseId: CASE_ID, filed }, context), { state: 'sent' });
});

for (const [faultName, effect] of [
  ['a reset connection', { kind: 'reset' }],
  ['a 502 page', { kind: 'answer', status: 502, body: '<html>bad gateway</html>' }],
] as const) {
  test(`${faultName} is reported as not sent, and may be tried again`, async () => {
    app.tenant.faults.add({ vendor: 'teams', times: 1, effect });
    const filed = await filedReport(`Fault ${faultName}.`);
    const result = await notifyOperators.handler(
      { caseId: CASE_ID, filed },
      contextWith({ TEAMS_WEBHOOK_URL: webhook }),
    );
    assert.equal(result.state, 'not-sent');
    assert.equal(result.state === 'not-sent' && result.tryAgainAfterMs, 0);
  });
}

test('a webhook that was withdrawn is reported and not tried again', async () => {
  const filed = await filedReport('Withdrawn.');
  const context = contextWith({ TEAMS_WEBHOOK_URL: webhook.replace(/sig=.*/, 'sig=old') });
  const result = await notifyOperators.handler({ caseId: CASE_ID, filed }, context);
  assert.deepEqual(result, { state: 'not-sent', why: 'The Teams webhook answered the card with 401.' });
});
