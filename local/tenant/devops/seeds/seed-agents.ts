import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { DevOpsState } from '../state/state.ts';

/** The laptop that runs as an agent, and a colleague’s machine that must stay as it is. */
export function seedAgents(state: DevOpsState, context: SeedContext, daysAgo: (days: number) => string): void {
  const { poolId, id, name } = WORLD.devops.agent;
  state.pools.add({ id: 1, name: 'Azure Pipelines', isHosted: true });
  state.pools.add({ id: poolId, name: 'On-premises', isHosted: false });
  const common = { poolId, version: '4.258.1', osDescription: 'Linux 6.8.0-45-generic', enabled: true } as const;
  state.agents.add({
    ...common,
    id,
    name,
    status: 'online',
    createdOn: daysAgo(402),
    statusChangedOn: daysAgo(WORLD.daysSinceLastDay + 9),
    systemCapabilities: {
      ...environment(name, 'amoreau'),
      InteractiveSession: 'True',
      GITHUB_TOKEN: context.mint.mint('github-classic'),
      AZURE_DEVOPS_EXT_PAT: context.mint.mint('azure-devops'),
      CLAUDE_CODE_OAUTH_TOKEN: context.mint.mint('anthropic-oauth'),
      MCP_GATEWAY_TOKEN: context.mint.mint('jwt'),
    },
  });
  state.agents.add({
    ...common,
    id: 32,
    name: 'build-amoreau-silva',
    status: 'online',
    createdOn: daysAgo(180),
    statusChangedOn: daysAgo(2),
    systemCapabilities: {
      ...environment('build-amoreau-silva', 'amoreau-silva'),
      DEPLOY_TOKEN: context.mint.mint('github-installation'),
    },
  });
}

/** What an agent tells of its machine and of whom it runs as. */
export function environment(computer: string, user: string): Record<string, string> {
  return {
    'Agent.Name': computer,
    'Agent.ComputerName': computer,
    'Agent.HomeDirectory': `/home/${user}/azagent`,
    'Agent.OS': 'Linux',
    'Agent.Version': '4.258.1',
    HOME: `/home/${user}`,
    USER: user,
    LANG: 'en_GB.UTF-8',
    PATH: `/home/${user}/.local/bin:/usr/local/bin:/usr/bin:/bin`,
    SHELL: '/bin/bash',
  };
}
