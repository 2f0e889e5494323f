import assert from 'node:assert/strict';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import { LEAVER } from '../../../support/apps/case-study-app.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

export const { organisation } = WORLD.devops;
export const of = ({ findings }: StepResult, kind: string): Finding[] => findings.filter((each) => each.kind === kind);

/** What a leaver left behind in Azure DevOps, and a scan of it. */
export async function startLeftBehind() {
  const context = seedContext();
  const state = seedDevOps(context);
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const app = await startApp({
    vendors: (core) => [makeDevOps(core, state), makeVault(core, vault), makeGitHub(core, github)],
    storage: 'memory',
  });
  const { config, tenant } = app;
  const { vendors } = app.context;
  const [platform] = state.projects.all();
  assert.ok(platform !== undefined);

  let cases = 0;
  async function scan(): Promise<StepResult> {
    cases += 1;
    const ref = await scanDevOps.handler(
      { caseId: makeCaseId(LEAVER.oid, cases), leaver: LEAVER, organisation },
      app.context,
    );
    return getJson<StepResult>(config, ref.ref);
  }

  return { context, state, app, tenant, vendors, platform, scan };
}

export type LeftBehindWorld = Awaited<ReturnType<typeof startLeftBehind>>;
