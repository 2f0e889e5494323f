import type { CaseStudy } from '../../local/tenant/case-study.ts';
import { entraAttributes } from '../../local/tenant/github/seeds/seed-people.ts';
import { makeEnvironment } from '../../local/tenant/github/state/state-actions.ts';
import type { Organisation } from '../../local/tenant/github/state/state-organisation.ts';
import type { Repository } from '../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';

const DAY = 86_400_000;
const { githubId: COLLEAGUE } = WORLD.colleagues[0];

/** The generated repositories: those of the case study stay as its seed made them. */
function plainRepositories({ states }: Pick<CaseStudy, 'states'>): Repository[] {
  return states.github.repositories.where(({ name }) => name.startsWith('service-') && name !== 'service-catalogue');
}

/**
 * Environments with a variable each (2.4 for a repository on average), a schedule in every tenth repository, and runners,
 * a third of which belong to repositories.
 */
export function furnish(study: Pick<CaseStudy, 'states'>, agents: number): { readonly environments: number } {
  let environments = 0;
  const repositories = plainRepositories(study);
  repositories.forEach((repository, at) => {
    for (let n = 1; n <= (at % 5 < 2 ? 3 : 2); n += 1) {
      const environment = makeEnvironment(`stage-${n}`, repository.id * 10 + n);
      environment.variables.add({ name: 'REGION', value: 'westeurope' });
      repository.environments.add(environment);
      environments += 1;
    }
    if (at % 10 === 0) addSchedule(repository);
  });
  const organisation = organisationOf(study);
  for (let n = 1; n <= agents; n += 1) {
    const of = n % 3 === 0 ? repositories[n % repositories.length] : undefined;
    const runner = { id: 1_000 + n, name: `agent-${n}`, os: 'linux', status: 'online', busy: false } as const;
    (of ?? organisation).runners.add({ ...runner, labels: ['build'] });
  }
  return { environments };
}

function addSchedule(repository: Repository): void {
  const path = '.github/workflows/nightly.yml';
  const text = ['on:', '  schedule:', "    - cron: '0 3 * * *'", 'jobs:', '  run:', '    runs-on: ubuntu-24.04', ''];
  const id = repository.id * 10 + 9;
  repository.files.set(path, text.join('\n'));
  repository.blame.set(path, [{ from: 1, to: text.length, at: new Date('2024-03-04T09:00:00Z'), authorId: COLLEAGUE }]);
  repository.workflows.add({ id, path, name: 'nightly', state: 'active' });
  const createdAt = new Date(Date.now() - DAY);
  repository.runs.push({ id: id * 10, workflowId: id, event: 'schedule', actorId: COLLEAGUE, createdAt });
}

/** Object ids of the generated people. */
export function oidOf(n: number): string {
  return `0ddba11a-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** People with an account that is proved theirs, and with credentials of two kinds. */
export function addPeople(study: Pick<CaseStudy, 'states'>, number: number): void {
  const { entra, github } = study.states;
  const organisation = organisationOf(study);
  const [model] = entra.users.all();
  if (model === undefined) throw new Error('the seed has no people');
  for (let n = 1; n <= number; n += 1) {
    const id = oidOf(n);
    const githubId = 9_000_000 + n;
    const [login, userPrincipalName] = [`person-${n}`, `person.${n}@${WORLD.domain}`];
    entra.users.add({
      ...model,
      id,
      displayName: `Person ${n}`,
      userPrincipalName,
      mail: null,
      employeeLeaveDateTime: null,
    });
    github.users.add({ id: githubId, login, name: `Person ${n}` });
    organisation.members.add(githubId);
    organisation.identities?.push({
      guid: `5a0e0001-0000-4000-8000-${String(n).padStart(12, '0')}`,
      nameId: userPrincipalName,
      attributes: entraAttributes(id),
      userId: githubId,
    });
    organisation.tokens.add({ id: 500_000 + n, tokenId: 600_000 + n, name: 'laptop', ownerId: githubId });
    organisation.credentials.add({ id: 700_000 + n, login, ownerId: githubId, type: 'OAuth app token' });
  }
}

/** Deletes the first so many of them. */
export function leave({ states: { entra } }: Pick<CaseStudy, 'states'>, number: number): void {
  const deletedDateTime = new Date(Date.now() - DAY).toISOString();
  for (let n = 1; n <= number; n += 1) {
    const user = entra.users.get(oidOf(n));
    if (user === undefined) continue;
    entra.users.delete(user.id);
    const userPrincipalName = `${user.id.replaceAll('-', '')}${user.userPrincipalName}`;
    entra.deletedUsers.add({ ...user, userPrincipalName, deletedDateTime });
  }
}

/**
 * Changes every hundredth repository: in one half a file, in the other a variable. `logged`: the audit log names them.
 */
export function changeOnePercent(study: Pick<CaseStudy, 'states'>, offset: number, logged: boolean): number {
  const organisation = organisationOf(study);
  const changed = plainRepositories(study).filter((_, at) => at % 100 === offset);
  changed.forEach((repository, at) => {
    if (at % 2 === 0) repository.files.set('src/main.ts', `export const version = ${offset};\n`);
    else repository.variables.add({ name: 'CHANGED', value: `version ${offset}` });
    if (!logged) return;
    organisation.auditLog?.push({
      id: `changed-${offset}-${repository.id}`,
      action: at % 2 === 0 ? 'git.push' : 'repo.create_actions_variable',
      actorId: COLLEAGUE,
      at: new Date(),
      more: { repo: `${organisation.login}/${repository.name}` },
    });
  });
  return changed.length;
}

export function organisationOf({ states }: Pick<CaseStudy, 'states'>): Organisation {
  const organisation = states.github.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) throw new Error('the seed has no organisation');
  return organisation;
}
