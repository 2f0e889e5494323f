import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { DevOpsState } from '../state/state.ts';
import type { IdentityRef } from '../state/state-people.ts';

/** More of everything, in proportion to the repositories: a pipeline for four, an agent for fifty. */
export function scaleDevOps(state: DevOpsState, { scale, now }: SeedContext, author: IdentityRef): void {
  const created = new Date(now.getTime() - 100 * 86_400_000).toISOString();
  const [project] = state.projects.all();
  if (project === undefined) return;
  for (let n = 0; n < Math.floor(scale.repositories / 4); n += 1) {
    state.definitions.add({
      id: 1_000 + n,
      projectId: project.id,
      name: `service-${n}`,
      path: '\\services',
      authoredBy: author,
      createdDate: created,
      variables: { configuration: { value: 'Release' }, 'image.tag': { value: `1.${n}.0` } },
    });
  }
  for (let n = 0; n < Math.floor(scale.repositories / 50); n += 1) {
    state.agents.add({
      id: 1_000 + n,
      poolId: WORLD.devops.agent.poolId,
      name: `build-${n}`,
      version: '4.258.1',
      osDescription: 'Linux 6.8.0-45-generic',
      enabled: true,
      status: 'online',
      createdOn: created,
      statusChangedOn: created,
      systemCapabilities: { 'Agent.Name': `build-${n}`, USER: 'azagent', HOME: '/home/azagent' },
    });
  }
}
