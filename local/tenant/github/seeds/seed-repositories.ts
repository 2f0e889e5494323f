import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import type { GitHubState } from '../state/state.ts';
import { makeEnvironment } from '../state/state-actions.ts';
import type { Organisation } from '../state/state-organisation.ts';
import { makeRepository, type Repository } from '../state/state-repository.ts';
import type { PlantedTokens } from './seed-people.ts';

const DAY = 86_400_000;

/** The story's repositories, then plain ones up to the scale. */
export function seedRepositories(
  context: SeedContext,
  state: GitHubState,
  organisation: Organisation,
  tokens: PlantedTokens,
): void {
  const story = storyOf(context, organisation, tokens);
  for (const repository of story) state.repositories.add(repository);
  // Repositories may not register new runners of their own, but for two; one that stands there already goes on.
  organisation.repositoryRunners = 'selected';
  for (const name of ['document-pipeline', 'payments-api']) {
    const repository = state.repositories.get(`${organisation.login}/${name}`);
    if (repository !== undefined) organisation.runnerRepositories.add(repository.id);
  }
  for (let n = story.length + 1; n <= context.scale.repositories; n += 1) {
    state.repositories.add(plainRepository(organisation, n));
  }
}

function storyOf({ now, mint }: SeedContext, organisation: Organisation, tokens: PlantedTokens): Repository[] {
  const { leaver, colleagues } = WORLD;
  const [first, second] = colleagues;
  const make = (name: string, n: number, options?: { archived: boolean }): Repository =>
    makeRepository(organisation.login, name, 600_000 + n, options);
  const set = (repository: Repository, variables: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(variables)) repository.variables.add({ name, value });
  };

  const security = make(WORLD.github.securityRepository.slice(organisation.login.length + 1), 1);

  // The incident: every night at two, on the laptop, as the leaver.
  const documents = make('document-pipeline', 2);
  addWorkflow(
    documents,
    'nightly-documents.yml',
    nightly(WORLD.github.runner.name, 'DOCUMENTS_TOKEN'),
    leaver.githubId,
  );
  addRuns(documents, 'nightly-documents.yml', nights(now, 40, leaver.githubId));
  set(documents, { DOCUMENTS_TOKEN: tokens.leaver, DOCUMENTS_ROOT: '/srv/documents' });
  documents.runners.add({
    id: 61,
    name: `${leaver.githubLogin}-desktop`,
    os: 'linux',
    status: 'offline',
    busy: false,
    labels: [leaver.githubLogin],
  });

  // Two schedules: one still the leaver's, one that a colleague took over.
  const exports = make('billing-exports', 3);
  addWorkflow(exports, 'export.yml', nightly('ubuntu-24.04', 'EXPORT_TOKEN'), leaver.githubId);
  addWorkflow(exports, 'reconcile.yml', nightly('ubuntu-24.04', 'EXPORT_TOKEN'));
  addRuns(exports, 'export.yml', nights(now, 21, leaver.githubId));
  addRuns(exports, 'reconcile.yml', [
    ...nights(now, 5, first.githubId),
    ...nights(new Date(now.getTime() - 6 * DAY), 10, leaver.githubId),
  ]);
  set(exports, { EXPORT_TOKEN: tokens.colleague, EXPORT_TARGET: 's3://billing-exports' });

  const payments = make('payments-api', 4);
  addWorkflow(payments, 'nightly-tests.yml', nightly('build', 'REGISTRY'));
  addRuns(payments, 'nightly-tests.yml', nights(now, 30, second.githubId));
  set(payments, { REGISTRY: 'registry.example', DEPLOY_TOKEN: mint.mint('github-installation') });
  const production = makeEnvironment('production', 1);
  production.variables.add({ name: 'MCP_BEARER', value: mint.mint('jwt') });
  production.variables.add({ name: 'REGION', value: 'westeurope' });
  // A slash in the name has to arrive as %2F.
  const preview = makeEnvironment('preview/eu', 2);
  preview.variables.add({ name: 'REGION', value: 'northeurope' });
  payments.environments.add(production);
  payments.environments.add(preview);

  const tools = make('data-tools', 5);
  addWorkflow(
    tools,
    'sync.yml',
    ['on: push', 'env:', `  GITHUB_PAT: ${mint.mint('github-fine-grained')}`, ...JOBS('ubuntu-24.04'), ''].join('\n'),
  );

  // Code of others: the leaver's own action, and an organisation's that is no more, in a composite action.
  addWorkflow(
    tools,
    'release.yml',
    ['on: push', ...JOBS('ubuntu-24.04'), `      - uses: ${leaver.githubLogin}/release-notes@v2`, ''].join('\n'),
  );
  tools.files.set(
    '.github/actions/notify/action.yml',
    ['runs:', '  using: composite', '  steps:', `    - uses: ${organisation.login}-labs/notify@v1`, ''].join('\n'),
  );

  // Archived: its schedule sleeps, its variables can still be read.
  const archive = make('legacy-reports', 6, { archived: true });
  addWorkflow(archive, 'report.yml', nightly('ubuntu-24.04', 'REPORT_TOKEN'));
  addRuns(archive, 'report.yml', nights(new Date(now.getTime() - 200 * DAY), 5, leaver.githubId));
  set(archive, { REPORT_TOKEN: tokens.leaver });

  // More variables than one page holds, the telling one last.
  const catalogue = make('service-catalogue', 7);
  for (let n = 1; n <= 34; n += 1) set(catalogue, { [`ENTRY_${String(n).padStart(2, '0')}`]: `service-${n}` });
  set(catalogue, { SYNC_TOKEN: tokens.leaver });

  // Named like the leaver, and none of his business.
  const lookalike = make(`${leaver.githubLogin}-style-guide`, 8);
  addWorkflow(lookalike, 'publish.yml', ['on: [push]', ...JOBS('ubuntu-24.04'), ''].join('\n'));

  return [security, documents, exports, payments, tools, archive, catalogue, lookalike];
}

function plainRepository(organisation: Organisation, n: number): Repository {
  const repository = makeRepository(organisation.login, `service-${String(n).padStart(4, '0')}`, 600_000 + n);
  addWorkflow(repository, 'ci.yml', ['on:', '  push:', '  pull_request:', ...JOBS('ubuntu-24.04'), ''].join('\n'));
  repository.variables.add({ name: 'LOG_LEVEL', value: 'info' });
  return repository;
}

const JOBS = (runner: string): string[] => [
  'jobs:',
  '  run:',
  `    runs-on: ${runner}`,
  '    steps:',
  '      - uses: actions/checkout@v6',
  '      - run: npm test',
];

function nightly(runner: string, variable: string): string {
  return [
    'name: nightly',
    'on:',
    '  schedule:',
    "    - cron: '0 2 * * *'",
    '  workflow_dispatch:',
    'env:',
    `  TOKEN: \${{ vars.${variable} }}`,
    ...JOBS(runner),
    '',
  ].join('\n');
}

/** Written long before any run, by the first colleague unless somebody else is named. */
function addWorkflow(
  repository: Repository,
  file: string,
  text: string,
  authorId: number = WORLD.colleagues[0].githubId,
): void {
  const path = `.github/workflows/${file}`;
  repository.files.set(path, text);
  repository.blame.set(path, [
    { from: 1, to: text.split('\n').length, at: new Date('2024-03-04T09:00:00Z'), authorId },
  ]);
  const id = repository.id * 10 + repository.workflows.size + 1;
  repository.workflows.add({ id, path, name: file.replace(/\.ya?ml$/, ''), state: 'active' });
}

function addRuns(
  repository: Repository,
  file: string,
  runs: readonly { readonly actorId: number; readonly createdAt: Date }[],
): void {
  const workflow = repository.workflows.all().find(({ path }) => path.endsWith(`/${file}`));
  if (workflow === undefined) return;
  for (const run of runs) {
    const id = repository.id * 1_000 + repository.runs.length + 1;
    repository.runs.push({ id, workflowId: workflow.id, event: 'schedule', ...run });
  }
}

/** Runs at two o'clock UTC of the nights before a moment. */
function nights(until: Date, count: number, actorId: number): { actorId: number; createdAt: Date }[] {
  const last = new Date(until);
  last.setUTCHours(2, 0, 0, 0);
  if (last > until) last.setTime(last.getTime() - DAY);
  return Array.from({ length: count }, (_, n) => ({ actorId, createdAt: new Date(last.getTime() - n * DAY) }));
}
