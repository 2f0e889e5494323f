import { DISCOVER } from '../../../activities/phases.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { makeDevOps, seedDevOps } from '../../../local/tenant/devops/vendor.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import type { Discovered, Unit } from '../../../src/cases/discovery.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { ActivityDefinition } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { type StepName, stepsIn } from '../../../src/steps/registry.ts';
import { startApp } from './start-app.ts';

export const LEAVER: Leaver = {
  oid: WORLD.leaver.oid as Oid,
  state: 'soft-deleted',
  displayName: WORLD.leaver.displayName,
  userPrincipalName: WORLD.leaver.userPrincipalName,
  mail: WORLD.leaver.mail,
  github: [{ login: WORLD.leaver.githubLogin, id: WORLD.leaver.githubId, source: 'test', confidence: 'proved' }],
  devops: [
    {
      organisation: WORLD.devops.organisation,
      descriptor: WORLD.leaver.devopsDescriptor,
      storageKey: WORLD.leaver.devopsStorageKey,
      source: 'test',
      confidence: 'proved',
    },
  ],
};
const CASE_ID = makeCaseId(LEAVER.oid, 1);

/** Every vendor of the case study that remedies act on, with the app in this process. One per test file. */
export async function startCaseStudyApp() {
  const seed = {
    now: new Date(),
    scale: { repositories: 8, identities: 0, credentialsPerIdentity: 0 },
    mint: makeTokenMint(),
  };
  const vault = seedVault(seed);
  const states = {
    entra: seedEntra(seed),
    arm: seedArm(seed),
    github: seedGitHub(seed, vault),
    devops: seedDevOps(seed),
  };
  const app = await startApp({
    vendors: (core) => [
      makeVault(core, vault),
      makeGraph(core, states.entra),
      makeArm(core, states.arm),
      makeGitHub(core, states.github),
      makeDevOps(core, states.devops),
    ],
    storage: 'memory',
    settings: { GITHUB_POINTS_PER_MINUTE: '100000', RETRY_DELAY_MS: '1' },
  });
  states.github.limits.pointsPerMinute = 100_000;
  const scope = { github: app.config.GITHUB_ORGANISATIONS, devops: app.config.DEVOPS_ORGANISATIONS };

  /** What these steps find, each unit after the one that named it. */
  const discover = async (steps: readonly StepName[]): Promise<StepResult[]> => {
    const parts: StepResult[] = [];
    for (const { name } of stepsIn('discover').filter((step) => steps.includes(step.name))) {
      const { activities, units } = DISCOVER[name];
      for (let open: readonly Unit[] = units(scope, undefined); open.length > 0; ) {
        const found = await Promise.all(
          open.map(({ activity, input }) => {
            const known = activities.find((each) => each.name === activity) as
              | ActivityDefinition<object, Discovered>
              | undefined;
            if (known === undefined) throw new Error(`${activity} is no activity of ${name}.`);
            return known.handler({ caseId: CASE_ID, leaver: LEAVER, ...input }, app.context);
          }),
        );
        parts.push(...(await Promise.all(found.map(({ ref }) => getJson<StepResult>(app.config, ref)))));
        open = found.flatMap(({ more }) => more ?? []);
      }
    }
    return parts;
  };
  return { app, states, mint: seed.mint, discover };
}
