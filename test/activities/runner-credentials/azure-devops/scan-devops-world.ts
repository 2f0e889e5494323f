import assert from 'node:assert/strict';
import { scanDevOps } from '../../../../activities/runner-credentials/azure-devops/scan-devops.ts';
import { makeDevOps, seedDevOps } from '../../../../local/tenant/devops/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../../local/tenant/vault/vendor.ts';
import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult, StepResultRef } from '../../../../src/cases/step-result.ts';
import { getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

export const { organisation } = WORLD.devops;
export const states = (coverage: readonly Coverage[]): Record<string, string> =>
  Object.fromEntries(
    coverage.map(({ source, state: how, looked }) => [source, `${how} ${looked.count} ${looked.unit}`]),
  );

export const NO_NAMES_ASKED = { memory: undefined, holders: { of: async () => new Map() }, now: new Date() };

/** Azure DevOps as it is seeded, and a scan of it for the leaver. */
export async function startScanDevops() {
  const context = seedContext();
  const state = seedDevOps(context);
  const vault = seedVault(context);
  const github = seedGitHub(context, vault);
  const app = await startApp({
    vendors: (core) => [makeDevOps(core, state), makeVault(core, vault), makeGitHub(core, github)],
    storage: 'memory',
  });
  const { config, tenant } = app;
  const oid = parseOid(WORLD.leaver.oid);
  assert.ok(oid !== undefined);
  let cases = 0;
  const leaver: Leaver = {
    oid,
    state: 'soft-deleted',
    userPrincipalName: WORLD.leaver.userPrincipalName,
    github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
    devops: [{ organisation, descriptor: WORLD.leaver.devopsDescriptor, source: 'test', confidence: 'proved' }],
  };

  async function scan(who: Leaver = leaver): Promise<{ readonly ref: StepResultRef; readonly part: StepResult }> {
    cases += 1;
    const ref = await scanDevOps.handler(
      { caseId: makeCaseId(leaver.oid, cases), leaver: who, organisation },
      app.context,
    );
    return { ref, part: await getJson<StepResult>(config, ref.ref) };
  }

  /** Changes every row of a list. */
  function altered(path: RegExp, row: (row: object) => object): void {
    const alter = (body: unknown) => ({ ...(body as object), value: (body as { value: object[] }).value.map(row) });
    tenant.faults.add({ vendor: 'devops', path, effect: { kind: 'alter', alter } });
  }

  return { context, state, github, app, config, tenant, oid, leaver, scan, altered };
}

export type ScanDevopsWorld = Awaited<ReturnType<typeof startScanDevops>>;
