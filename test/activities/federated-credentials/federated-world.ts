import assert from 'node:assert/strict';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { GitHubAccount, Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const { platform, workloads } = WORLD.subscriptions;
export const account: GitHubAccount = {
  login: WORLD.leaver.githubLogin,
  id: WORLD.leaver.githubId,
  source: 'test',
  confidence: 'proved',
};
export const leaver: Leaver = { oid: WORLD.leaver.oid as Oid, state: 'soft-deleted', github: [account], devops: [] };
const NOW = new Date();
let cases = 0;

export function newCase(who: Leaver) {
  cases += 1;
  return makeCaseId(who.oid, cases);
}

export const named = (findings: readonly Finding[], kind: string): string[] =>
  findings
    .filter((finding) => finding.kind === kind)
    .map(({ resource }) => resource.name ?? '')
    .sort();
export const findingOf = (findings: readonly Finding[], name: string): Finding => {
  const found = findings.find((finding) => finding.resource.name === name);
  assert.ok(found, name);
  return found;
};

/** The firm’s identities and registrations, and a case that looks for whom they trust. */
export async function startFederated() {
  const vault = seedVault(seedContext());
  const github = seedGitHub(seedContext(), vault);
  const arm = seedArm({ ...seedContext(), scale: { repositories: 0, identities: 30, credentialsPerIdentity: 3 } });
  const entra = seedEntra(seedContext());
  const app = await startApp({
    vendors: (core) => [
      makeArm(core, arm),
      makeGraph(core, entra),
      makeVault(core, vault),
      makeGitHub(core, github),
      makeLogs(core, emptyLogs()),
    ],
    storage: 'memory',
    settings: {
      TRUSTED_OWNERS: 'app.terraform.io=northwind',
      GITHUB_POINTS_PER_MINUTE: '100000',
    },
  });
  const { config, context, tenant } = app;

  function prepare(): void {
    tenant.faults.clear();
    tenant.calls.length = 0;
  }

  /** Runs the activity for a case of its own and reads what it filed. */
  async function discover(who: Leaver = leaver, caseId = newCase(who)) {
    const ref = await discoverFederatedCredentials.handler({ caseId, leaver: who }, { ...context, now: () => NOW });
    return { caseId, ref, part: await getJson<StepResult>(config, ref.ref) };
  }

  return { github, arm, entra, app, config, context, tenant, discover, prepare };
}

export type FederatedWorld = Awaited<ReturnType<typeof startFederated>>;
