import type { Item, Person } from './firm.ts';
import type { Making } from './generate.ts';
import type { Admits, Trust, TrustHolder } from './items/directory.ts';

export const ACTIONS = 'https://token.actions.githubusercontent.com';
const ORGANISATION = 'northwind-capital';

/** A credential by what it says, and whom that lets in. */
export type Says = Pick<Trust, 'issuer' | 'how' | 'admits'> &
  Pick<Partial<Trust>, 'subject' | 'expression' | 'names' | 'production' | 'shared'>;

export function generateTrusts({ chance, key, somebody, people, called }: Making): Item[] {
  const outsider = people.find((person) => person.outsider === true);
  return Array.from({ length: chance.between(1, 5) }, (): Item => {
    const person = somebody();
    const says = chance.pick(
      person.github === undefined ? saysOfNobody() : [...saysOf(person, outsider), ...saysOfNobody()],
    );
    const production = says.production === true || (typeof says.admits === 'object' && chance.is(0.15));
    const at = holderOf(
      chance.pick(['a', 'b', 'c']),
      chance.pick(['identity', 'identity', 'application']),
      // What says in itself that production rests on it does; elsewhere its identity is called so.
      production && says.production !== true,
      called,
    );
    const name = `credential-${key('')}`;
    const corrected = typeof says.admits === 'object' && !production && chance.is(0.06);
    return {
      ...says,
      key: key('trust'),
      kind: 'trust',
      at,
      name,
      ...(production ? { production } : {}),
      ...(corrected ? { corrected } : {}),
    };
  });
}

function holderOf(
  which: string,
  type: TrustHolder['type'],
  production: boolean,
  called: (usual: string) => string,
): TrustHolder {
  const name = production ? `id-pay-production-${which}` : `id-pipeline-${which}`;
  if (type === 'application') return { type, name: called(name), tags: production ? ['environment:production'] : [] };
  const tags = production ? { Environment: 'Production (EU)' } : {};
  return { type, name, subscription: which === 'a' ? 'platform' : 'workloads', tags };
}

/** Credentials that let a person in, or carry the person's name. */
export function saysOf(person: Person, outsider: Person | undefined): Says[] {
  const { login, id } = person.github ?? { login: 'nobody', id: 1 };
  const admits: Admits = { person: person.key };
  const mixed = login.slice(0, 2).toUpperCase() + login.slice(2);
  const says = (how: string, subject: string, whom: Admits = admits): Says => ({
    issuer: ACTIONS,
    how,
    subject,
    admits: whom,
  });
  const matches = (how: string, expression: string, whom: Admits = admits): Says => {
    return { issuer: ACTIONS, how, expression, admits: whom };
  };
  return [
    says('owner by login', `repo:${login}/tools:ref:refs/heads/main`),
    says('owner by login, pull requests', `repo:${login}/tools:pull_request`),
    says('owner by login and id', `repo:${login}@${id}/tools@7001:ref:refs/heads/main`),
    says('owner by id under an old login', `repo:old-${login}@${id}/tools@7001:ref:refs/heads/main`),
    says(
      'login whose id is another’s',
      `repo:${login}@${outsider?.github?.id ?? 1}/tools@7001:ref:refs/heads/main`,
      'stranger',
    ),
    { ...says('login in another case', `repo:${mixed}/tools:ref:refs/heads/main`, 'nobody'), names: person.key },
    says('actor', `repo:${ORGANISATION}/digest:ref:refs/heads/main:actor:${login}`),
    says('owner id alone', `repository_owner_id:${id}:environment:dev`),
    says('issuer of the person’s own', `repo:${ORGANISATION}/x:ref:refs/heads/main`, admits),
    matches('any repository of the login', `claims['sub'] matches 'repo:${login}/*'`),
    matches(
      'reusable workflow of the login',
      `claims['sub'] eq 'repo:${ORGANISATION}/etl:environment:dev' and claims['job_workflow_ref'] matches '${login}/workflows/*'`,
    ),
    matches('logins that begin alike', `claims['sub'] matches 'repo:${login.slice(0, 1)}*/tools:*'`, 'anybody'),
    // In the firm's own repositories, so that nothing but the pattern tells of the person.
    {
      ...matches(
        'actors whose logins begin alike',
        `claims['sub'] matches 'repo:${ORGANISATION}/digest:ref:refs/heads/main:actor:${login.slice(0, 3)}*'`,
      ),
      shared: true,
    },
    {
      ...matches(
        'reusable workflows of logins that begin alike',
        `claims['sub'] eq 'repo:${ORGANISATION}/etl:environment:dev' and claims['job_workflow_ref'] matches '${login.slice(0, 3)}*/workflows/*'`,
      ),
      shared: true,
    },
    says('a branch that is called like the login', `repo:${ORGANISATION}/platform:ref:refs/heads/${login}`, 'firm'),
    says(
      'a repository that is called like the login',
      `repo:${ORGANISATION}/${login}-archive:ref:refs/heads/main`,
      'firm',
    ),
    says('a login that nobody has', `repo:${login}-former/tools:ref:refs/heads/main`, 'anybody'),
    says(
      'somebody else’s login that begins alike',
      `repo:${outsider?.github?.login ?? 'x'}/tools:ref:refs/heads/main`,
      'stranger',
    ),
    {
      ...says('production in the name of the environment', `repo:${login}/pay:environment:prod-westeurope`),
      production: true,
    },
    { ...says('production, written otherwise', `repo:${login}/pay:environment:Production EU`), production: true },
    { ...says('production', `repo:${login}/pay:environment:production`), production: true },
    {
      ...matches('production inside an expression', `claims['sub'] matches 'repo:${login}/*:environment:production'`),
      production: true,
    },
  ].map((each) =>
    each.how === 'issuer of the person’s own' ? { ...each, issuer: `https://${login}.github.io/oidc` } : each,
  );
}

/** Credentials that let the firm's own pipelines in, or anybody at all. */
export function saysOfNobody(): Says[] {
  const says = (how: string, subject: string, admits: Admits): Says => ({ issuer: ACTIONS, how, subject, admits });
  const matches = (how: string, expression: string, admits: Admits): Says => ({
    issuer: ACTIONS,
    how,
    expression,
    admits,
  });
  return [
    says('the firm’s branch', `repo:${ORGANISATION}/gateway:ref:refs/heads/main`, 'firm'),
    says('the firm’s production', `repo:${ORGANISATION}/gateway:environment:production`, 'firm'),
    matches('the firm’s repositories', `claims['sub'] matches 'repo:${ORGANISATION}/*:ref:refs/heads/main'`, 'firm'),
    matches('owners that begin like the firm', `claims['sub'] matches 'repo:${ORGANISATION}*'`, 'anybody'),
    says('an environment of anybody', 'environment:production', 'anybody'),
    says('a run number', 'run_number:17', 'anybody'),
    says('a commit', 'sha:0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', 'anybody'),
    says('a token’s own id', 'jti:3f2a', 'anybody'),
    says('a visibility', 'repository_visibility:public', 'anybody'),
    {
      ...matches('any project of GitLab', `claims['sub'] matches 'project_path:*'`, 'anybody'),
      issuer: 'https://gitlab.com',
    },
    {
      ...matches('any organisation of Terraform', `claims['sub'] matches 'organization:*:run_phase:apply'`, 'anybody'),
      issuer: 'https://app.terraform.io',
    },
    {
      ...says('the firm’s workspace', 'organization:northwind:project:platform:workspace:prod:run_phase:apply', 'firm'),
      issuer: 'https://app.terraform.io',
    },
  ];
}
