import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readAgain } from '../../../../activities/runner-credentials/github/facts/read-again.ts';
import { readingOf } from '../../../../activities/runner-credentials/github/facts/reading.ts';
import type { RepositoryFacts } from '../../../../activities/runner-credentials/github/facts/repository-source.ts';
import { readRepositoryFacts } from '../../../../activities/runner-credentials/github/facts/repository-sources.ts';
import { ownersFor } from '../../../../activities/runner-credentials/github/repositories/read-repositories.ts';
import { push } from '../../../../local/tenant/github/repositories/push.ts';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { fc } from '../../../support/properties.ts';
import { shortForm } from '../../../support/short-form.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, mint, organisation, installation } = await startCaseStudyGitHub({ repositories: 8 });
after(() => app.stop());

const connected = await app.context.vendors.github.organisation('reader', ORGANISATION);
assert.ok(connected.ok);
const client = connected.value;
const NIGHTLY = '.github/workflows/nightly.yml';
let at = Date.parse('2026-11-03T00:00:00Z');
let ids = 9_000_000;
let cases = 1_000;

const nextId = (): number => {
  ids += 1;
  return ids;
};
const later = (): Date => {
  at += 60_000;
  return new Date(at);
};

async function repositories() {
  const { items } = await client.listOrganisationRepositories();
  return items.map(({ changedAt: _, ...repository }) => repository);
}

/** One pass over the organisation: by what an earlier one filed, or whole. What is filed went through JSON. */
async function pass(before?: readonly RepositoryFacts[]): Promise<readonly RepositoryFacts[]> {
  cases += 1;
  const ownersOf = ownersFor({ caseId: makeCaseId(LEAVER.oid, cases), leaver: { ...LEAVER, github: [] } }, app.context);
  const reading = readingOf(client, await repositories(), ownersOf, app.context.now());
  if (before === undefined) return readRepositoryFacts(reading);
  const filed = JSON.parse(JSON.stringify(before)) as readonly RepositoryFacts[];
  const known = new Map(filed.map((facts) => [facts.repository.nodeId, facts]));
  return readAgain(reading, ({ nodeId }) => known.get(nodeId), ownersOf);
}

/** What counts of facts: when and by which ETag they were read does not, nor does a credential that is listed no more. */
function told(facts: readonly RepositoryFacts[]): unknown {
  const listed = new Set(organisation.credentials.all().map(({ id }) => id));
  const text = JSON.stringify(facts, (key, value: unknown) => {
    if (key === 'readAt' || key === 'etags') return undefined;
    if (key !== 'alike' || !Array.isArray(value)) return value;
    return value.filter(({ credentialId }: { credentialId: number }) => listed.has(credentialId));
  });
  return JSON.parse(text);
}

const schedule = (cron: string): string =>
  `on:\n  schedule:\n    - cron: '${cron}'\njobs: { a: { runs-on: x, steps: [ { uses: amoreau/deploy@v1 } ] } }\n`;

/** Everything that may become of a repository, or of the organisation, between two passes. */
const CHANGES: Readonly<Record<string, (repository: Repository, n: number) => void>> = {
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

const one = furnished();
let last = await pass();

// In the short form every third one; the random ones below take from all of them.
for (const [what, apply] of shortForm(Object.entries(CHANGES))) {
  test(`after ${what}, a pass knows what a whole reading knows`, async () => {
    const refuses = what === 'a permission that is missing';
    const repository = what === 'a repository less' ? furnished() : one;
    // A list of several pages is always read anew, and would hide what an ETag does.
    if (repository.variables.size > 25) repository.variables.clear();
    if (repository.variables.size === 0 || repository.runners.size === 0) furnish(repository);
    for (const n of refuses ? [0, 1, 2, 3, 4] : [0]) {
      apply(repository, n);
      last = await pass(last);
      assert.deepEqual(told(last), told(await pass()));
      if (!refuses) continue;
      // What was refused is not taken over.
      restore();
      last = await pass(last);
      assert.deepEqual(told(last), told(await pass()));
    }
  });
}

test('a file that could not be read is read again although the commit is the same', async () => {
  const repository = furnished();
  const { limits } = state;
  const { blobBytes } = limits;
  // Of the workflows' files everything was read: what lacks is another file of CI.
  push(repository, {
    path: 'Dockerfile',
    text: `# ${'x'.repeat(2_000)}\nFROM amoreau/tools\n`,
    authorId: 44,
    at: later(),
  });
  limits.blobBytes = 1_000;
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/${repository.name}/git/blobs/`),
    effect: { kind: 'answer', status: 500 },
  });
  const failed = await pass();
  lift();
  limits.blobBytes = blobBytes;
  assert.deepEqual(told(await pass(failed)), told(await pass()));
  state.repositories.delete(`${ORGANISATION}/${repository.name}`);
});

const change = fc.record({
  what: fc.constantFrom(...Object.keys(CHANGES)),
  where: fc.nat(),
  n: fc.nat({ max: 1_000 }),
});

test('whatever changes between two passes, the second knows what a whole reading knows', async () => {
  furnished();
  const passes = fc.array(fc.array(change, { minLength: 3, maxLength: 6 }), { minLength: 2, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(passes, async (all) => {
      let known = await pass();
      for (const changes of all) {
        for (const { what, where, n } of changes) {
          const repositories = state.repositories.all();
          const repository = repositories[where % repositories.length];
          if (repository !== undefined) CHANGES[what]?.(repository, n);
        }
        known = await pass(known);
        assert.deepEqual(told(known), told(await pass()));
        restore();
      }
    }),
    { numRuns: 4 },
  );
});

test('a pass over what has not changed costs nothing of the hour’s REST requests', async () => {
  restore();
  const known = await pass();
  const again = await pass(known);
  const from = app.tenant.calls.length;
  await pass(again);
  const made = app.tenant.calls
    .slice(from)
    .filter(({ vendor, path }) => vendor === 'github' && path.startsWith('/repos/'));
  // A list of several pages has no ETag that stands for all of it.
  const several = state.repositories.all().filter(({ variables }) => variables.size > 30).length;
  const paid = made.filter(({ status }) => status !== 304);
  assert.ok(made.length > 20);
  assert.ok(
    paid.every(({ path }) => path.includes('/variables')),
    paid.map(({ path }) => path).join('\n'),
  );
  assert.ok(paid.length <= several * 6, `${paid.length} of ${made.length} with ${several} long lists`);
});
