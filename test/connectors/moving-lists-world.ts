import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { startApp } from '../support/apps/start-app.ts';
import { seedContext } from '../support/seed-context.ts';

/** Vendors whose lists change while they are paged. */
export async function startMovingLists() {
  const context = seedContext();
  const entra = seedEntra(context);
  const arm = seedArm(context);
  const devops = seedDevOps(context);
  const app = await startApp({
    vendors: (core) => [makeGraph(core, entra), makeArm(core, arm), makeDevOps(core, devops)],
  });
  const { vendors } = app.context;

  return { entra, arm, devops, app, vendors };
}

export type MovingListsWorld = Awaited<ReturnType<typeof startMovingLists>>;
