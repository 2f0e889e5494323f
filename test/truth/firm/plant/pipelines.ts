import { createHash } from 'node:crypto';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { personOf } from '../firm.ts';
import { type Agent, isClassic, isMachine } from '../items/azure-devops.ts';
import type { GitHubVariable, Workflow } from '../items/github.ts';
import {
  DAY,
  devopsIn,
  type Ground,
  nameOf,
  organisationOf,
  type Pipelines,
  POOL,
  PROJECT,
  refOf,
  repositoryOf,
} from './ground.ts';
import { textOf } from './tokens.ts';

export function plantAgent(ground: Ground, item: Agent): void {
  const ago = (days: number): string => new Date(ground.now.getTime() - days * DAY).toISOString();
  const held = (item.holds ?? []).map((each) => [each.name, textOf(ground, each)] as const);
  const devops = devopsIn(ground.states, item.devops);
  const [environment] = isMachine(item) ? devops.environments.all() : [];
  if (environment !== undefined) {
    devops.machines.add({ id: item.id, environmentId: environment.id, name: item.name, agentId: item.id });
  }
  devops.agents.add({
    id: item.id,
    poolId: environment?.poolId ?? POOL,
    name: item.name,
    version: '4.258.1',
    osDescription: 'Linux 6.8.0-45-generic',
    enabled: true,
    status: 'online',
    createdOn: ago(180),
    statusChangedOn: ago(2),
    systemCapabilities: { 'Agent.Name': item.name, ...item.capabilities, ...Object.fromEntries(held) },
  });
}

export function plantVariable(ground: Ground, item: GitHubVariable): void {
  const value = 'text' in item.value ? item.value.text : textOf(ground, item.value);
  const { organisation, repository: name, environment } = item;
  if (name === undefined) {
    organisationOf(ground, organisation).variables.add({ name: item.name, value });
    return;
  }
  const repository = repositoryOf(ground, organisation, name, item.archived);
  if (environment === undefined) {
    repository.variables.add({ name: item.name, value });
    return;
  }
  const place =
    repository.environments.get(environment) ??
    repository.environments.add(makeEnvironment(environment, repository.id + repository.environments.size + 1));
  place.variables.add({ name: item.name, value });
}

export function plantWorkflow(ground: Ground, item: Workflow): void {
  const repository = repositoryOf(ground, item.organisation, item.repository, item.archived);
  const path = `.github/workflows/${item.file}`;
  const text = workflowText(ground, item);
  repository.files.set(path, text);
  const { runsNextAs, ranAs, cron } = item;
  const author = runsNextAs ?? ranAs[0];
  if (author !== undefined) {
    const { github: account, userPrincipalName: email } = personOf(ground.firm, author);
    const at = new Date(ground.now.getTime() - (runsNextAs === undefined ? 300 * DAY : DAY / 2));
    const lines = { from: 1, to: text.split('\n').length, at, email };
    repository.blame.set(path, [account === undefined ? lines : { ...lines, authorId: account.id }]);
  }
  // What ran before the cron line was changed.
  const headSha = createHash('sha1').update(`${repository.id} ${path}`).digest('hex');
  const changed = runsNextAs !== undefined && cron !== undefined;
  if (changed) repository.history.set(headSha, new Map([[path, text.replace(cron, '30 3 * * 1')]]));
  const id = repository.id * 10 + repository.workflows.size + 1;
  repository.workflows.add({ id, path, name: item.file, state: item.state });
  for (const [index, key] of item.ranAs.entries()) {
    repository.runs.push({
      id: repository.id * 1_000 + repository.runs.length + 1,
      workflowId: id,
      actorId: personOf(ground.firm, key).github?.id ?? 0,
      event: 'schedule',
      ...(changed ? { headSha } : {}),
      createdAt: new Date(ground.now.getTime() - (index + 1) * DAY),
    });
  }
}

function workflowText(ground: Ground, { cron, runsOn, uses, holds }: Workflow): string {
  return [
    'on:',
    ...(cron === undefined ? ['  push:'] : ['  schedule:', `    - cron: '${cron}'`]),
    ...(holds === undefined ? [] : ['env:', `  ${holds.name}: ${JSON.stringify(textOf(ground, holds))}`]),
    'jobs:',
    '  run:',
    `    runs-on: ${runsOn}`,
    '    steps:',
    '      - uses: actions/checkout@v6',
    ...(uses === undefined ? [] : [`      - uses: ${uses.text}`]),
    '      - run: npm test',
    '',
  ].join('\n');
}

export function plantPipeline(ground: Ground, item: Pipelines): void {
  const devops = devopsIn(ground.states, item.devops);
  const at = new Date(ground.now.getTime() - 100 * DAY).toISOString();
  const variables = Object.fromEntries(
    item.variables.map((each) => [each.name, { value: 'text' in each ? each.text : textOf(ground, each) }]),
  );
  const who = (key: string) => refOf(personOf(ground.firm, key), item.devops);
  const common = { id: item.id, projectId: PROJECT, name: nameOf(ground, item.name), variables };
  if (item.kind === 'pipeline' && isClassic(item)) {
    const author = who(item.author);
    devops.releases.add({ ...common, createdBy: author, modifiedBy: author, stages: [] });
    return;
  }
  if (item.kind === 'pipeline') {
    devops.definitions.add({ ...common, path: '\\', authoredBy: who(item.author), createdDate: at });
    return;
  }
  const authors = { createdBy: who(item.createdBy), modifiedBy: who(item.modifiedBy) };
  devops.variableGroups.add({ ...common, type: 'Vsts', ...authors, createdOn: at, modifiedOn: at });
}
