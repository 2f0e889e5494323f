import type { CaseStudy } from '../../../local/tenant/case-study.ts';
import type { AssignmentRow, GrantRow } from '../../../local/tenant/entra/state/state-applications.ts';
import type { Variable } from '../../../local/tenant/github/state/state-actions.ts';

/** Everything in the tenant that a case might touch, as plain data that does not change when the tenant does. */
export interface Picture {
  readonly denyLists: readonly string[];
  readonly grants: readonly GrantRow[];
  readonly assignments: readonly AssignmentRow[];
  /** `<identity or app registration>/<credential>`. */
  readonly federatedCredentials: readonly string[];
  /** Those that still open something. */
  readonly gitHubTokens: readonly string[];
  readonly ssoCredentials: readonly string[];
  readonly devOpsTokens: readonly string[];
  readonly variables: readonly string[];
  readonly runners: readonly string[];
  readonly workflows: readonly string[];
  readonly agents: readonly string[];
  readonly issues: readonly { readonly repository: string; readonly title: string; readonly body: string }[];
  readonly messages: number;
}

export function pictureOf({ states: { arm, entra, github, devops, teams } }: CaseStudy): Picture {
  const organisations = github.organisations.all();
  const repositories = github.repositories.all();
  const places = [
    ...organisations.map(({ login, variables }) => ({ place: login, variables })),
    ...repositories.flatMap(({ name, variables, environments }) => [
      { place: name, variables },
      ...environments.all().map((each) => ({ place: `${name}:${each.name}`, variables: each.variables })),
    ]),
  ];
  return structuredClone({
    // In which order a list names people says nothing.
    denyLists: arm.namedValues.all().map(({ name, value }) => `${name} ${value.split(',').sort().join(' ')}`),
    grants: entra.grants.all(),
    assignments: entra.assignments.all(),
    federatedCredentials: [
      ...arm.identities
        .all()
        .flatMap(({ name, credentials }) => credentials.all().map((each) => `${name}/${each.name}`)),
      ...entra.federatedCredentials
        .all()
        .map(({ applicationId, name }) => `${entra.applications.get(applicationId)?.displayName}/${name}`),
    ],
    gitHubTokens: organisations.flatMap(({ tokens }) =>
      tokens.where(stands).map(({ name, ownerId }) => `${github.users.get(String(ownerId))?.login}/${name}`),
    ),
    ssoCredentials: organisations.flatMap(({ credentials }) =>
      credentials.where(stands).map(({ login, type }) => `${login}/${type}`),
    ),
    devOpsTokens: devops.tokens
      .where(({ revokedAt }) => revokedAt === undefined)
      .map(({ descriptor, displayName }) => `${devops.users.get(descriptor)?.principalName}/${displayName}`),
    variables: [
      ...places.flatMap(({ place, variables }) => variables.all().map((each) => `${place} ${textOf(each)}`)),
      ...devops.definitions.all().map(({ name, variables }) => `${name} ${JSON.stringify(variables)}`),
      ...devops.variableGroups.all().map(({ name, variables }) => `${name} ${JSON.stringify(variables)}`),
    ],
    runners: [...organisations, ...repositories].flatMap(({ runners }) => runners.all().map(({ name }) => name)),
    workflows: repositories.flatMap(({ name, workflows, files }) => [
      ...workflows.all().map(({ path, state }) => `${name}/${path} ${state}`),
      ...[...files].map(([path, text]) => `${name}/${path} ${text}`),
    ]),
    agents: devops.agents.all().map(({ name, enabled }) => `${name} ${enabled ? 'enabled' : 'disabled'}`),
    issues: repositories.flatMap((repository) =>
      repository.issues
        .all()
        .map(({ title, body }) => ({ repository: `${repository.owner}/${repository.name}`, title, body })),
    ),
    messages: teams.messages.length,
  });
}

const stands = ({ revokedFrom }: { readonly revokedFrom?: number }): boolean => revokedFrom === undefined;
const textOf = ({ name, value }: Variable): string => `${name}=${value}`;
