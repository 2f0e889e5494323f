import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { GitHubClient } from '../call/client.ts';
import { list } from '../call/list.ts';
import { locate, type VariableScope } from './variables.ts';

/** A secret of Actions by its name. */
interface SecretName {
  readonly name: string;
}

const Secret = z.object({ name: z.string() });

/** What each scope takes. Source: docs.github.com/rest/authentication/permissions-required-for-github-apps */
const PERMISSIONS: Readonly<Record<VariableScope['type'], string>> = {
  organisation: 'organization_secrets=read',
  repository: 'secrets=read',
  environment: 'environments=read',
};

/** The names of the secrets of a scope; their values GitHub tells nobody. Source: docs.github.com/rest/actions/secrets */
export function listSecretNames(client: GitHubClient, scope: VariableScope): Promise<Listing<SecretName>> {
  const { path, parameters } = locate(scope, 'secrets');
  const permission = PERMISSIONS[scope.type];
  const asked = {
    what: scope.type === 'environment' ? `names of secrets of environment ${scope.environment}` : 'names of secrets',
    where: scope.type === 'organisation' ? scope.organisation : `${scope.organisation}/${scope.repository}`,
    permission,
    ...(scope.type === 'organisation' ? {} : { repository: true }),
  };
  return list(client, asked, { path, parameters, key: 'secrets', id: 'name', item: Secret });
}
