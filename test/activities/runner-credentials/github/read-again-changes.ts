import { push } from '../../../../local/tenant/github/repositories/push.ts';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { ORGANISATION, type startCaseStudyGitHub } from './case-study.ts';

const NIGHTLY = '.github/workflows/nightly.yml';

type Change = (repository: Repository, n: number) => void;

/** What may become of the case study's GitHub between two passes, and how what was refused is granted again. */
export function changesIn({
  state,
  mint,
  organisation,
  installation,
}: Awaited<ReturnType<typeof startCaseStudyGitHub>>) {
  let at = Date.parse('2026-11-03T00:00:00Z');
  let ids = 9_000_000;

  const nextId = (): number => {
    ids += 1;
    return ids;
  };
  const later = (): Date => {
    at += 60_000;
    return new Date(at);
  };

  const schedule = (cron: string): string =>
    `on:\n  schedule:\n    - cron: '${cron}'\njobs: { a: { runs-on: x, steps: [ { uses: amoreau/deploy@v1 } ] } }\n`;

  /** Everything that may become of a repository, or of the organisation, between two passes. */
  const CHANGES: Readonly<Record<string, Change>> = {
    'a push of a token': (repository) =>
      push(repository, {
        path: `.github/workflows/t${nextId()}.yml`,
        text: `env: { A: ${mint.mint('github-classic')} }`,
        authorId: WORLD.leaver.githubId,
        at: later(),
      }),
    'a push that takes a file away': (repository) => {
      const [path] = repository.files.keys();
      if (path !== undefined) repository.files.delete(path);
      repository.pushedAt = later();
    },
    'a push of a schedule': (repository, n) =>
      push(repository, {
        path: NIGHTLY,
        text: schedule(`${n % 60} 2 * * *`),
        authorId: n % 2 === 0 ? WORLD.leaver.githubId : 44,
        at: later(),
      }),
    'a file that another names': (repository) => {
      push(repository, {
        path: '.github/workflows/use.yml',
        text: 'jobs: { a: { steps: [ { uses: ./deploy } ] } }',
        authorId: 44,
        at: later(),
      });
      push(repository, {
        path: 'deploy/action.yml',
        text: `runs: { using: composite, steps: [ { run: ${mint.mint('npm')} } ] }`,
        authorId: 44,
        at: later(),
      });
    },
    'a run of today’s commit': (repository) => run(repository),
    'a run of an earlier commit': (repository) => {
      const sha = nextId().toString(16).padStart(40, '0');
      repository.history.set(sha, new Map([[NIGHTLY, schedule('1 1 * * *')]]));
      run(repository, sha);
    },
    'a variable': (repository) => {
      repository.variables.add({ name: `V${nextId()}`, value: mint.mint('github-classic') });
    },
    'a variable with another value': (repository) => {
      const [first] = repository.variables.all();
      if (first !== undefined) first.value = mint.mint('npm');
    },
    'a variable less': (repository) => {
      const [first] = repository.variables.all();
      if (first !== undefined) repository.variables.delete(first.name);
    },
    'many variables': (repository) => {
      for (let n = 0; n < 31; n += 1) repository.variables.add({ name: `M${nextId()}`, value: 'true' });
    },
    'an environment': (repository) => {
      const made = repository.environments.add(makeEnvironment(`e${nextId()}`, nextId()));
      made.variables.add({ name: 'T', value: mint.mint('github-classic') });
    },
    'a variable of an environment': (repository) => {
      const [first] = repository.environments.all();
      first?.variables.add({ name: `E${nextId()}`, value: mint.mint('gitlab') });
    },
    'an environment less': (repository) => {
      const [first] = repository.environments.all();
      if (first !== undefined) repository.environments.delete(first.name);
    },
    'a runner': (repository) => {
      repository.runners.add({
        id: nextId(),
        name: 'laptop-amoreau',
        os: 'linux',
        status: 'online',
        busy: false,
        labels: [],
      });
    },
    'a runner that goes': (repository) => {
      const [first] = repository.runners.all();
      if (first !== undefined) repository.runners.delete(String(first.id));
    },
    'a runner at work': (repository) => {
      const [first] = repository.runners.all();
      if (first !== undefined) first.busy = !first.busy;
    },
    'a deploy key': (repository) => {
      const id = nextId();
      const addedBy = id % 2 === 0 ? WORLD.leaver.githubLogin : null;
      repository.deployKeys.add({ id, key: `ssh-ed25519 ${id}`, title: 'deploy', readOnly: id % 3 === 0, addedBy });
    },
    'a deploy key that was used': (repository) => {
      const [first] = repository.deployKeys.all();
      if (first !== undefined) repository.deployKeys.patch(String(first.id), { lastUsed: later() });
    },
    'a deploy key less': (repository) => {
      const [first] = repository.deployKeys.all();
      if (first !== undefined) repository.deployKeys.delete(String(first.id));
    },
    'an invitation': (repository) => {
      repository.invitations.add({ id: nextId(), inviteeId: WORLD.leaver.githubId, permissions: 'write' });
    },
    'an invitation that lapses': (repository) => {
      const [first] = repository.invitations.all();
      if (first !== undefined) repository.invitations.patch(String(first.id), { expired: true });
    },
    'another reviewer': (repository) => {
      const [first] = repository.environments.all();
      if (first !== undefined) repository.environments.patch(first.name, { reviewers: [WORLD.leaver.githubId] });
    },
    'archived, or not': (repository) => {
      state.repositories.patch(`${repository.owner}/${repository.name}`, { archived: !repository.archived });
    },
    'a repository more': () => {
      const made = state.repositories.add(makeRepository(ORGANISATION, `made-${nextId()}`, nextId()));
      push(made, { path: NIGHTLY, text: schedule('5 5 * * *'), authorId: 44, at: later() });
    },
    'a repository less': (repository) => {
      if (state.repositories.size > 8) state.repositories.delete(`${repository.owner}/${repository.name}`);
    },
    'a token that single sign-on lists from now on': (repository) => {
      const value = mint.mint('github-classic');
      repository.variables.add({ name: `S${nextId()}`, value });
      waiting.push(value);
    },
    'the listing of such a token': () => {
      const value = waiting.shift();
      if (value === undefined) return;
      organisation.credentials.add({
        id: nextId(),
        login: WORLD.leaver.githubLogin,
        type: 'personal access token',
        tokenLastEight: value.slice(-8),
      });
    },
    'a permission that is missing': (_, n) => {
      const name = ['actions_variables', 'administration', 'contents', 'environments', 'actions'][n % 5] ?? '';
      installation.permissions.delete(name);
      lacking.add(name);
    },
  };
  const waiting: string[] = [];
  const lacking = new Set<string>();

  function run(repository: Repository, headSha?: string): void {
    const [workflow] = repository.workflows.where(({ path }) => path === NIGHTLY);
    if (workflow === undefined) return;
    const id = nextId();
    repository.runs.unshift({
      id,
      workflowId: workflow.id,
      actorId: id % 2 === 0 ? WORLD.leaver.githubId : 44,
      event: 'schedule',
      createdAt: later(),
      ...(headSha === undefined ? {} : { headSha }),
    });
  }

  /** What was refused is granted again. */
  function restore(): void {
    for (const name of lacking) installation.permissions.set(name, 'read');
    lacking.clear();
  }

  /** A repository with something of everything that can change. */
  function furnish(repository: Repository): Repository {
    push(repository, { path: NIGHTLY, text: schedule('5 5 * * *'), authorId: 44, at: later() });
    run(repository);
    CHANGES['a variable']?.(repository, 0);
    CHANGES['a runner']?.(repository, 0);
    CHANGES['a deploy key']?.(repository, 0);
    CHANGES['an environment']?.(repository, 0);
    CHANGES['an environment']?.(repository, 0);
    return repository;
  }

  const furnished = (): Repository =>
    furnish(state.repositories.add(makeRepository(ORGANISATION, `furnished-${nextId()}`, nextId())));

  return { CHANGES, later, furnish, furnished, restore };
}
