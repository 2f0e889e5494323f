import assert from 'node:assert/strict';
import { discoverFederatedCredentials } from '../../../activities/federated-credentials/discover-federated-credentials.ts';
import { principalIdOf } from '../../../local/tenant/arm/seeds/seed.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { auditRow, emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

export const leaver: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'soft-deleted',
  github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
  devops: [],
};
export const { platform } = WORLD.subscriptions;
/** An identity of the leaver's trust alone. */
export const MINE = 'id-own-sync';
export const oid = principalIdOf(platform, MINE) as Oid;
/** Calls of others on each day that the audit reads, so that the log is known to have run. */
export const EVERY_DAY = Array.from({ length: 91 }, (_, day) =>
  auditRow({
    at: new Date(Date.now() - day * 86_400_000 - 60_000),
    oid: WORLD.colleagues[0].oid,
    server: 's',
    tool: 't',
    resource: 'r',
  }),
);
export const opened = { cases: 0 };

/** An identity that trusts the leaver, its log of calls, and a case that looks at its tokens. */
export async function startIdentityTokens() {
  const seed = seedContext();
  const vault = seedVault(seed);
  const github = seedGitHub(seed, vault);
  const [arm, entra, logs] = [seedArm(seed), seedEntra(seed), emptyLogs()];
  const app = await startApp({
    vendors: (core) => [
      makeArm(core, arm),
      makeGraph(core, entra),
      makeLogs(core, logs),
      makeVault(core, vault),
      makeGitHub(core, github),
    ],
    storage: 'memory',
    settings: { GITHUB_POINTS_PER_MINUTE: '100000' },
  });
  const { config, context, tenant } = app;
  const { vendors } = context;
  const [pattern] = arm.identities.where(({ name }) => name === 'id-docstore-sync');
  assert.ok(pattern);
  const trust = pattern.credentials.all().filter(({ name }) => name === 'nightly-sync');

  /** What a case says of the tokens of that identity. */
  async function tokens(): Promise<Finding> {
    opened.cases += 1;
    const caseId = makeCaseId(leaver.oid, opened.cases);
    const { ref } = await discoverFederatedCredentials.handler({ caseId, leaver }, context);
    const { findings } = await getJson<StepResult>(config, ref);
    const found = findings.find(({ kind, resource }) => kind === 'identity-tokens' && resource.name === MINE);
    assert.ok(found, findings.map(({ title }) => title).join('\n'));
    return found;
  }

  return { arm, entra, logs, app, config, context, tenant, vendors, pattern, trust, tokens };
}

export type IdentityTokensWorld = Awaited<ReturnType<typeof startIdentityTokens>>;
