import { alone } from './ci/alone.ts';
import { agentsByAccount, OTHER_MACHINES, runnersByName } from './ci/machines.ts';
import { credentials, inAzureDevOps, tokensByFormat } from './ci/tokens.ts';
import { schedules } from './ci/workflows.ts';
import type { Situations } from './situation.ts';

export const CI: Situations = {
  alone,
  together: [
    {
      name: 'on GitHub',
      situations: [...runnersByName, ...OTHER_MACHINES, ...tokensByFormat, ...schedules],
    },
    { name: 'in Azure DevOps', situations: [...agentsByAccount, ...inAzureDevOps, ...credentials] },
  ],
};
