import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import { act, ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list, type TaggedListing } from '../call/list.ts';

/** An Actions variable. Its value is readable to us, and goes no further than the token detector. */
export interface ActionsVariable {
  readonly name: string;
  readonly value: string;
}

/** Where an Actions variable lives. */
export type VariableScope =
  | { readonly type: 'organisation'; readonly organisation: string }
  | { readonly type: 'repository'; readonly organisation: string; readonly repository: string }
  | {
      readonly type: 'environment';
      readonly organisation: string;
      readonly repository: string;
      readonly environment: string;
    };

const Variable = z.object({ name: z.string(), value: z.string() });

/** GitHub's own limit for variables; everything else comes by 100. */
const PER_PAGE = 30;

/** The variables of a scope; `unless` is the ETag of an earlier reading. */
export function listVariables(
  client: GitHubClient,
  scope: VariableScope,
  unless?: string,
): Promise<TaggedListing<ActionsVariable>> {
  const { path, parameters } = locate(scope, 'variables');
  const options = { path, parameters, perPage: PER_PAGE, key: 'variables', id: 'name', item: Variable, unless };
  return list(client, askedOf(scope, 'variables', 'read'), options);
}

export function getVariable(
  client: GitHubClient,
  scope: VariableScope,
  name: string,
): Promise<VendorResult<ActionsVariable>> {
  const { path, parameters } = locate(scope, 'variables');
  return ask(client, askedOf(scope, `variable ${name}`, 'read'), Variable, (octokit) =>
    octokit.request(`GET ${path}/{name}`, { ...parameters, name }),
  );
}

/** Puts another value in its place; name and visibility stay. Source: docs.github.com/rest/actions/variables. */
export function replaceVariableOf(
  client: GitHubClient,
  scope: VariableScope,
  name: string,
  value: string,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const { path, parameters } = locate(scope, 'variables');
  return act(client, askedOf(scope, `variable ${name}`, 'write'), (octokit) =>
    octokit.request(`PATCH ${path}/{name}`, { ...parameters, name, value }),
  );
}

export function deleteVariableOf(
  client: GitHubClient,
  scope: VariableScope,
  name: string,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const { path, parameters } = locate(scope, 'variables');
  return act(client, askedOf(scope, `variable ${name}`, 'write'), (octokit) =>
    octokit.request(`DELETE ${path}/{name}`, { ...parameters, name }),
  );
}

/** Octokit encodes each parameter, so that `preview/eu` arrives as `preview%2Feu`. */
export function locate(
  scope: VariableScope,
  kept: 'variables' | 'secrets',
): { path: string; parameters: Record<string, string> } {
  switch (scope.type) {
    case 'organisation':
      return { path: `/orgs/{org}/actions/${kept}`, parameters: { org: scope.organisation } };
    case 'repository':
      return {
        path: `/repos/{owner}/{repo}/actions/${kept}`,
        parameters: { owner: scope.organisation, repo: scope.repository },
      };
    case 'environment':
      return {
        path: `/repos/{owner}/{repo}/environments/{environment}/${kept}`,
        parameters: { owner: scope.organisation, repo: scope.repository, environment: scope.environment },
      };
    default:
      return scope satisfies never;
  }
}

function askedOf(scope: VariableScope, what: string, level: 'read' | 'write'): Asked {
  switch (scope.type) {
    case 'organisation':
      return { what, where: scope.organisation, permission: `organization_actions_variables=${level}` };
    case 'repository': {
      const where = `${scope.organisation}/${scope.repository}`;
      return { what, where, permission: `actions_variables=${level}`, repository: true };
    }
    case 'environment': {
      const where = `environment ${scope.environment} of ${scope.organisation}/${scope.repository}`;
      return { what, where, permission: `environments=${level}`, repository: true };
    }
    default:
      return scope satisfies never;
  }
}
