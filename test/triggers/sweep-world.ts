import assert from 'node:assert/strict';
import { seedGitHub } from '../../local/tenant/github/seeds/seed.ts';
import { makeGitHub } from '../../local/tenant/github/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../local/tenant/vault/vendor.ts';
import type { CaseMode } from '../../src/cases/case.ts';
import { casePolicy } from '../../src/config/config-cases.ts';
import { config } from '../../src/config.ts';
import { getText } from '../../src/connectors/storage/evidence/evidence.ts';
import { listRefs } from '../../src/connectors/storage/evidence/list-evidence.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { SweepReport } from '../../src/sweep/sweep-report.ts';
import { startHostedIntake } from '../support/apps/hosted-intake.ts';
import { seedContext } from '../support/seed-context.ts';

export const resultOf = (report: SweepReport, oid: Oid): string | undefined =>
  report.orphaned.find((each) => each.oid === oid)?.result;
export const coverageOf = (report: SweepReport): Record<string, string> =>
  Object.fromEntries(report.coverage.map(({ source, state }) => [source, state]));

/** What an operator does who changes the app setting: Functions starts the app again with it. */
export function setSweepMode(mode: CaseMode): void {
  Object.assign(config(), { SWEEP_MODE: mode });
}

/** A firm with GitHub, and a sweep of it every hour. */
export async function startSweep() {
  const context = seedContext();
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const app = await startHostedIntake({
    vendors: (core) => [makeVault(core, vault), makeGitHub(core, github)],
    settings: { RETRY_ATTEMPTS: '1' },
  });

  app.directory.servicePrincipals.add({
    id: WORLD.gateway.servicePrincipalId,
    appId: WORLD.gateway.appId,
    displayName: 'MCP gateway',
    appRoleAssignmentRequired: true,
    appRoles: [],
  });

  function grantTo(oid: Oid): void {
    app.directory.grants.add({
      id: `grant-${oid}`,
      clientId: WORLD.clients.vscode.servicePrincipalId,
      consentType: 'Principal',
      principalId: oid,
      resourceId: WORLD.gateway.servicePrincipalId,
      scope: 'mcp.tools.read',
    });
  }

  let hour = 0;

  /** The sweep of another hour, from its start to its report. */
  async function sweepNextHour(): Promise<SweepReport> {
    hour += 1;
    const instanceId = `sweep:ci:2026-11-23T${String(hour).padStart(2, '0')}`;
    const input = JSON.stringify({ at: new Date().toISOString(), policy: casePolicy(app.config) });
    app.host.engine.start({ name: 'sweep', instanceId, input });
    await app.host.idle();
    const text = await getText(app.config, 'evidence', `sweeps/${instanceId}.json`);
    assert.ok(text, `no report: ${app.host.engine.instance(instanceId)?.output}`);
    return JSON.parse(text) as SweepReport;
  }

  async function sweepsFiled(): Promise<readonly { readonly name: string }[]> {
    return listRefs(app.config, 'evidence', 'sweeps/');
  }

  return { github, app, grantTo, sweepNextHour, sweepsFiled };
}

export type SweepWorld = Awaited<ReturnType<typeof startSweep>>;
