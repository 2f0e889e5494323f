import { closeCase } from '../../../activities/case/close-case.ts';
import type { FiledReport } from '../../../activities/case/report/filed-report.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { emptyIngestion, makeIngestion } from '../../../local/tenant/ingestion/vendor.ts';
import { emptyLogs } from '../../../local/tenant/logs/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { emptyTeams, makeTeams, teamsWebhookPath } from '../../../local/tenant/teams/vendor.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { emptyWebhook, makeWebhook, WEBHOOK_PATH } from '../../../local/tenant/webhook/vendor.ts';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { type Config, loadConfig } from '../../../src/config.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { deliverMessages } from '../../../src/duties/deliver-messages.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import { caseStudy } from '../../report/sample/case-study.ts';
import { OID } from '../../report/sample-case.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const seeds = seedContext();
export const [vault, teams, webhook, ingestion] = [seedVault(seeds), emptyTeams(), emptyWebhook(), emptyIngestion()];
const github = seedGitHub(seeds, vault);
export const app = await startApp({
  vendors: (core) => [
    makeVault(core, vault),
    makeGitHub(core, github),
    makeTeams(core, teams),
    makeWebhook(webhook),
    makeIngestion(core, emptyLogs(), ingestion),
  ],
  storage: 'memory',
});

export const everything = loadConfig({
  ...app.settings,
  TEAMS_WEBHOOK_URL: `${app.tenant.origin('teams')}${teamsWebhookPath(teams)}`,
  WEBHOOK_URL: `${app.tenant.origin('webhook')}${WEBHOOK_PATH}`,
  WEBHOOK_SECRET: webhook.secret,
  CASES_STREAM: WORLD.audit.casesStream,
  CONSOLE_URL: 'https://console.northwind.example/',
});
export const teamsOnly = { ...everything, ISSUE_MOMENTS: [], WEBHOOK_MOMENTS: [], LOG_MOMENTS: [] };
const [, repository = ''] = WORLD.github.securityRepository.split('/');
export const issues = () =>
  github.repositories.where(({ name }) => name === repository).flatMap((each) => each.issues.all());

export const clock = { ms: Date.now() };
export const now = (): Date => new Date(clock.ms);
export const reset = () => {
  clock.ms = Date.now();
  app.tenant.faults.clear();
  teams.messages.length = 0;
  webhook.events.length = 0;
  webhook.deliveries = 0;
  ingestion.cases.length = 0;
  app.context.lines.length = 0;
};

/** One round of the duty; nothing of it starts an orchestration. */
export function round(settings: Config = everything): Promise<number> {
  const client = {} as DutyContext['client'];
  return deliverMessages.run({ vendors: openVendors(settings), settings, log: app.context.log, client, now });
}

let n = 0;
/** A case that runs, of its own for each test. */
export async function runningCase(changed: Partial<CaseRow> = {}): Promise<CaseRow> {
  n += 1;
  const caseId = makeCaseId(OID, n);
  const at = now().toISOString();
  const row: CaseRow = {
    ...{ caseId, oid: OID, n, trigger: 'hr-queue', mode: 'apply', reason: 'HR', requestedBy: 'hr', merged: [] },
    ...{ requestedAt: at, openedAt: at, instanceId: instanceIdOf(caseId), state: 'running' },
    ...changed,
  };
  await app.context.vendors.storage.createCase(row);
  return row;
}

async function filedReport(caseId: CaseId): Promise<FiledReport> {
  const report = buildReport(caseStudy());
  const ref = await app.context.vendors.storage.putJson('evidence', `test/${caseId}`, report);
  const { outcome, incident, summary } = report;
  const files = { report: ref, html: ref, markdown: ref, manifest: ref };
  return { outcome, incident, ...files, counts: summary.counts, nextSteps: summary.next.length };
}

export async function endOf({ caseId }: CaseRow, settings: Config = everything): Promise<void> {
  const context = { ...app.context, settings, vendors: openVendors(settings) };
  await closeCase.handler({ caseId, filedAt: now().toISOString(), filed: await filedReport(caseId) }, context);
}

export const statesOf = async (caseId: CaseId): Promise<string[]> =>
  (await app.context.vendors.storage.messagesOf(caseId)).map(
    ({ channel, moment, state }) => `${channel} ${moment} ${state}`,
  );
