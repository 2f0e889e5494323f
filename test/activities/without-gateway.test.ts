import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { auditActivity } from '../../activities/activity-audit/audit-activity.ts';
import { containLeaver } from '../../activities/containment/contain-leaver.ts';
import { verifyCase } from '../../activities/verification/verify-case.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../src/cases/step-result.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { isDenied } from '../../src/connectors/gateway/deny-list.ts';
import { findPerson } from '../../src/connectors/graph/people/users.ts';
import { getJson } from '../../src/connectors/storage/evidence/evidence.ts';
import { getDenied } from '../../src/connectors/storage/gateway/denied-table.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { coverageDecisions } from '../../src/coverage-settings.ts';
import { checkNamedValues } from '../../src/doctor/check-environment.ts';
import { keepProjected } from '../../src/intake/containing/keep-projected.ts';
import type { Log } from '../../src/log.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { buildReport } from '../../src/report/build/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import type { SourceDefinition } from '../../src/steps/define-source.ts';
import { emptyCase } from '../report/sample-case.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

const seed = seedContext();
const entra = seedEntra(seed);
const arm = seedArm(seed);
const app = await startApp({ vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)], storage: 'memory' });
after(() => app.stop());
const oid = parseOid(WORLD.leaver.oid) as Oid;
const caseId = makeCaseId(oid, 1);
/** No gateway, and nothing that would answer as one: whoever calls it anyway fails. */
const { GATEWAY_APIM_ID: _, ...others } = app.config;
const settings: Config = { ...others, DENY_LIST_NAMED_VALUES: [] };
const vendors = openVendors(settings);
const context = { ...app.context, settings, vendors };
const found = await findPerson(settings, oid);
assert.ok(found.ok);
const leaver = { ...found.value, github: [], devops: [] };
const filed = ({ ref }: StepResultRef): Promise<StepResult> => getJson<StepResult>(settings, ref);

const GUID = '1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b';
const REQUIRED = {
  ...Object.fromEntries(
    ['TENANT_ID', 'READER_CLIENT_ID', 'REMOVER_CLIENT_ID', 'GATEWAY_APP_ID', 'AUDIT_WORKSPACE_ID'].map((name) => [
      name,
      GUID,
    ]),
  ),
  ...Object.fromEntries(
    ['BLOB_ENDPOINT', 'TABLE_ENDPOINT', 'GITHUB_APP_KEY_ID'].map((name) => [name, 'https://example.invalid']),
  ),
  API_AUDIENCE: 'api',
  GITHUB_APP_ID: '1',
  SECURITY_REPOSITORY: 'firm/security',
  AUDIT_WORKSPACE_RESOURCE_ID: `/subscriptions/${GUID}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log`,
};
const ENV = {
  GATEWAY_APIM_ID:
    '/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim',
  DENY_LIST_NAMED_VALUES: 'mcp-denied-oids',
};

test('a gateway is configured whole or not at all', () => {
  const faultOf = (env: Readonly<Record<string, string>>): string => {
    try {
      loadConfig({ ...REQUIRED, ...env });
      return '';
    } catch (error) {
      return String(error);
    }
  };
  assert.match(faultOf({ GATEWAY_APIM_ID: ENV.GATEWAY_APIM_ID }), /DENY_LIST_NAMED_VALUES: not set/);
  assert.match(faultOf({ DENY_LIST_NAMED_VALUES: ENV.DENY_LIST_NAMED_VALUES }), /GATEWAY_APIM_ID: not set/);
  assert.deepEqual([faultOf(ENV), faultOf({})], ['', '']);
});

test('containment ends the sessions, writes down who is denied, and claims no refusal', async () => {
  const part = await filed(await containLeaver.handler({ caseId, leaver, mode: 'apply' }, context));
  assert.deepEqual(
    part.findings.map(({ kind, status }) => [kind, status]),
    [
      ['sign-in-sessions', 'done'],
      ['account-enabled', 'manual-action'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(part), /deny list|[Tt]he gateway refuses/);
  assert.deepEqual(
    part.coverage.map(({ source }) => source),
    ['entra/sign-in-sessions'],
  );
  // Once there is a gateway, its list is written from the table.
  assert.equal((await getDenied(settings, oid))?.state, 'denied');
});

test('a plan without a gateway promises no refusal either', async () => {
  const other = makeCaseId(oid, 2);
  const part = await filed(await containLeaver.handler({ caseId: other, leaver, mode: 'plan' }, context));
  assert.ok(part.findings.every(({ kind }) => kind !== 'gateway-deny-list'));
});

test('verification and the audit ask nobody, and fail nothing', async () => {
  const verified = await filed(await verifyCase.handler({ caseId, oid, applied: [] }, context));
  assert.deepEqual([verified.findings, verified.coverage], [[], []]);
  assert.deepEqual(verified.facts, { readBacks: [], deniedAtGateway: 'no-gateway' });
  const audited = await filed(await auditActivity.handler({ caseId, leaver }, context));
  assert.deepEqual([audited.findings, audited.coverage], [[], []]);
});

test('the timer that keeps the list says nothing that would raise an alert', async () => {
  const said: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (message) => void said.push(message),
    error: (message) => void said.push(message),
  };
  await keepProjected(vendors, app.config, log, () => new Date('2026-11-28T09:30:00Z'));
  assert.deepEqual(said, []);
  assert.equal((await getDenied(settings, oid))?.state, 'denied', 'nobody is let go');
});

test('on the day on which there is a gateway, its list is filled from the table', async () => {
  const faults: unknown[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_message, fields) => void faults.push(fields?.code),
  };
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await keepProjected(openVendors(app.config), app.config, log, () => new Date('2026-11-28T09:35:00Z'));
  assert.deepEqual(await isDenied(app.config, oid), { ok: true, value: true });
  assert.deepEqual(faults, []);
});

test('the doctor says that there is no gateway, and what that means', async () => {
  const [check, ...rest] = await checkNamedValues(vendors, settings);
  assert.deepEqual([check?.check, check?.state, rest], ['gateway', 'could-not-check', []]);
  assert.match(check?.detail ?? '', /No gateway is configured .*sign-in sessions.*no case is clear/);
});

const RESTS_ON_GATEWAY = ['gateway/deny-list', 'gateway/named-values', 'log-analytics/calls', 'verification/gateway'];

/** A case that found nothing and read everything but what rests on a gateway. */
function reportWith(exemptions: Config['EXEMPT_SOURCES']): Report {
  const named = { ...settings, SUBSCRIPTION_IDS: ['1'], GITHUB_ORGANISATIONS: ['a'], DEVOPS_ORGANISATIONS: ['b'] };
  const catalogue = Object.fromEntries(
    Object.entries(CATALOGUE).map(([step, sources]) => [
      step,
      (sources as readonly SourceDefinition[]).filter(({ needs }) => needs !== undefined),
    ]),
  );
  const decisions = coverageDecisions({ ...named, EXEMPT_SOURCES: exemptions });
  return buildReport({ ...emptyCase(), catalogue, decisions, generatedAt: '2026-11-28T09:30:00Z' });
}

test('a case without a gateway is not clear: what rests on one stands as not examined, with the reason', () => {
  const report = reportWith([]);
  assert.equal(report.outcome, 'incomplete');
  const lines = report.steps.flatMap(({ coverage }) => coverage);
  for (const id of RESTS_ON_GATEWAY) {
    const line = lines.find(({ source }) => source === id);
    assert.deepEqual([line?.state, line?.why], ['not-examined', 'not-configured'], id);
    assert.match(line?.detail ?? '', /DENY_LIST_NAMED_VALUES names nothing/);
  }
});

test('it is clear where somebody exempted on purpose what rests on a gateway', () => {
  const sources = ['gateway/*', 'log-analytics/*', 'verification/*'];
  const exemption = { sources, reason: 'A trial without a gateway.', by: 'Morgan Lee', until: '2026-12-31' };
  assert.equal(reportWith([exemption]).outcome, 'clear');
  assert.equal(reportWith([{ ...exemption, until: '2026-11-27' }]).outcome, 'incomplete', 'until it ends');
});
