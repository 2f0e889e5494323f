import { alone } from './ci/alone.ts';
import { agentsByAccount, OTHER_MACHINES, runnersByName } from './ci/machines.ts';
import { credentials, inAzureDevOps, tokensByFormat } from './ci/tokens.ts';
import { schedules } from './ci/workflows.ts';
import type { Situations } from './situation.ts';

export const CI: Situations = {
  alone,
  together: [
    { name: 'runners by their names', situations: [...runnersByName, ...OTHER_MACHINES] },
    { name: 'agents by their accounts', situations: agentsByAccount },
    { name: 'tokens on GitHub', situations: tokensByFormat },
    { name: 'tokens in Azure DevOps', situations: inAzureDevOps },
    { name: 'schedules', situations: schedules },
    { name: 'credentials of Azure DevOps', situations: credentials },
  ],
};
