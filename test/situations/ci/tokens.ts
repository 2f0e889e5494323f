import type { Situation } from '../situation.ts';
import { ALEXS, ado, held, variable } from './items.ts';

/** A token of Alex's in each format and wrapping, in each place. */
const FORMATS = ['github-classic', 'github-fine-grained', 'azure-devops', 'anthropic-oauth', 'npm', 'jwt'] as const;
const WRAPPINGS = ['plain', 'base64', 'header', 'json', 'assignment'] as const;

export const tokensByFormat: readonly Situation[] = FORMATS.map((format, index) => {
  const wrapped = format === 'jwt' ? 'plain' : (WRAPPINGS[index % WRAPPINGS.length] ?? 'plain');
  const places = [
    variable(`org-${format}`, held(format, ALEXS, { wrapped }), {}),
    variable(`env-${format}`, held(format, ALEXS), { environment: 'production' }),
  ];
  return {
    name: `the leaver’s ${format} (${wrapped}) in a variable of a repository and of an environment is told`,
    items: places,
    told: places.map(({ key }) => key),
  };
});

export const inAzureDevOps: readonly Situation[] = FORMATS.map((format, index) => ({
  name: `the leaver’s ${format} in a pipeline’s variable and in a variable group is told`,
  items: [
    {
      key: `pipe-${format}`,
      kind: 'pipeline',
      id: 720 + index,
      name: `pipe-${format}`,
      author: 'ben',
      variables: [held(format, ALEXS, { name: 'PIPE_TOKEN' })],
    },
    {
      key: `vargroup-${format}`,
      kind: 'variable-group',
      id: 740 + index,
      name: `group-${format}`,
      createdBy: 'ana',
      modifiedBy: 'alex',
      variables: [held(format, ALEXS, { name: 'GROUP_TOKEN' })],
    },
  ],
  told: [`pipe-${format}`, `vargroup-${format}`],
}));

export const credentials: readonly Situation[] = [
  { name: 'a personal access token of Azure DevOps ends', items: [ado('pat', 761)], ends: ['pat'] },
  {
    name: 'a personal access token of another organisation of Azure DevOps ends',
    items: [ado('elsewhere', 765, { devops: 'woodgrove' })],
    ends: ['elsewhere'],
  },
  { name: 'an SSH key of Azure DevOps is told', items: [ado('ssh', 762, { ssh: true })], told: ['ssh'] },
  { name: 'an expired token is no access', items: [ado('old', 763, { expired: true })] },
  {
    name: 'a revoked token of Azure DevOps works on for a while, which has a time in the report',
    items: [ado('cached', 764)],
    ends: ['cached'],
    residual: true,
  },
];
