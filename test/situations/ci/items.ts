import type { Item, Owner } from '../../truth/firm/firm.ts';
import type { Agent } from '../../truth/firm/items/azure-devops.ts';
import type { GitHubVariable, Runner, Workflow } from '../../truth/firm/items/github.ts';
import type { Held } from '../../truth/firm/items/held.ts';

export const ALEXS: Owner = { person: 'alex' };

export const runner = (key: string, id: number, name: string, more: Partial<Runner> = {}): Runner => ({
  key,
  kind: 'runner',
  organisation: 'northwind-capital',
  id,
  name,
  labels: [],
  owner: ALEXS,
  signs: 'name',
  ...more,
});
export const agent = (
  key: string,
  id: number,
  name: string,
  capabilities: Agent['capabilities'],
  more: Partial<Agent> = {},
): Agent => ({
  key,
  kind: 'agent',
  id,
  name,
  capabilities,
  owner: ALEXS,
  signs: 'account',
  ...more,
});

export const held = (format: Held['format'], owner: Owner, more: Partial<Held> = {}): Held => ({
  name: 'TOKEN',
  format,
  owner,
  wrapped: 'plain',
  ...more,
});
export const variable = (key: string, value: Held, more: Partial<GitHubVariable> = {}): GitHubVariable => ({
  key,
  kind: 'variable',
  organisation: 'northwind-capital',
  repository: `repo-${key}`,
  name: `VAR_${key.toUpperCase().replaceAll('-', '_')}`,
  value: { ...value, name: `VAR_${key.toUpperCase().replaceAll('-', '_')}` },
  ...more,
});

export const CLASSIC = {
  key: 'classic',
  kind: 'sso-credential',
  organisation: 'northwind-capital',
  person: 'alex',
  id: 711,
  type: 'personal access token',
  note: 'ci',
} satisfies Item;

export const workflow = (key: string, more: Partial<Workflow>): Workflow => ({
  key,
  kind: 'workflow',
  organisation: 'northwind-labs',
  repository: `repo-${key}`,
  file: 'nightly.yml',
  state: 'active',
  cron: '0 2 * * *',
  ranAs: [],
  runsOn: 'ubuntu-24.04',
  ...more,
});

export const ado = (key: string, id: number, more: Partial<Extract<Item, { kind: 'devops-token' }>> = {}): Item => ({
  key,
  kind: 'devops-token',
  person: 'alex',
  id,
  name: 'feed',
  scope: 'app_token',
  ...more,
});
