import type { VariableScope } from '../../../../../connectors/github/actions/variables.ts';
import type { CredentialPlace } from '../../../../../credentials/whose-place.ts';

/** How people and findings call the place of a variable: `owner/repository`, with the environment where it has one. */
export function placeOf(scope: VariableScope): string {
  switch (scope.type) {
    case 'organisation':
      return scope.organisation;
    case 'repository':
      return `${scope.organisation}/${scope.repository}`;
    case 'environment':
      return `environment ${scope.environment} of ${scope.organisation}/${scope.repository}`;
    default:
      return scope satisfies never;
  }
}

/** The page on which the variable is edited. */
export function settingsPath(scope: VariableScope): string {
  switch (scope.type) {
    case 'organisation':
      return `/organizations/${scope.organisation}/settings/variables/actions`;
    case 'repository':
      return `/${scope.organisation}/${scope.repository}/settings/variables/actions`;
    case 'environment':
      return `/${scope.organisation}/${scope.repository}/settings/environments`;
    default:
      return scope satisfies never;
  }
}

/** What the variable stands in, and the names that people gave it. The organisation's own name says nothing. */
export function containerOf(scope: VariableScope): CredentialPlace['container'] {
  switch (scope.type) {
    case 'organisation':
      return { what: 'organisation', names: [] };
    case 'repository':
      return { what: 'repository', names: [scope.repository] };
    case 'environment':
      return { what: 'environment', names: [scope.environment, scope.repository] };
    default:
      return scope satisfies never;
  }
}
