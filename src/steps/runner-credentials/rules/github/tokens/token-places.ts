import type * as z from 'zod';
import type { ResourceRef } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import type { VariableScope } from '../../../../../connectors/github/actions/variables.ts';
import type { TokenType } from '../../../../../credentials/detector/token-hit.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { blankVariable } from '../../../remedies/github/blank-variable.ts';
import { deleteVariable, type VariableState } from '../../../remedies/github/delete-variable.ts';
import { type FoundInSchema, revokeFoundToken } from '../../../remedies/tokens/revoke-found-token.ts';
import type { TokenPlace } from '../../tokens/token-place.ts';
import { webUrl } from '../web-url.ts';
import { containerOf, placeOf, settingsPath } from './variable-place.ts';

/**
 * An Actions variable, which everybody may read who may write to the repository. GitHub keeps no author of it. Its
 * state is known of one that holds a token, and nothing else is deleted.
 */
export function variablePlace(
  scope: VariableScope,
  {
    name,
    expected,
    unused = false,
  }: {
    readonly name: string;
    readonly expected?: VariableState;
    /** Every workflow that could read it was read, and none does. */
    readonly unused?: boolean;
  },
  apiEndpoint: string,
): TokenPlace {
  const place = placeOf(scope);
  const resource: ResourceRef = {
    system: 'github',
    type: `${scope.type}-variable`,
    id: `${place}#${name}`,
    name,
    url: webUrl(apiEndpoint, settingsPath(scope)),
  };
  // Two tokens in one variable share its deletion.
  const shared = findingId('runner-credentials', 'token-in-variable', resource.id);
  return {
    kind: 'token-in-variable',
    resource,
    id: resource.id,
    words: `variable ${name} of ${place}`,
    whose: { variable: name, container: containerOf(scope) },
    status: 'manual-action',
    cleanUp: 'Delete the variable, or put a secret of a service in its place.',
    revocation: revocationIn({ type: 'variable', scope, name }, `variable ${name} of ${place}`),
    ...(expected === undefined
      ? {}
      : {
          deletion: {
            remedy: unused
              ? remedyOf(deleteVariable, shared, { kind: 'delete-variable', scope, name, expected }, { place })
              : remedyOf(blankVariable, shared, { kind: 'blank-variable', scope, name, expected }, { place }),
            words: unused
              ? 'No workflow that was read uses the variable; whatever else does fails from then on, so its deletion is left to a person to decide.'
              : 'Jobs that use the variable fail from then on, so it is left to a person to decide to take the token out of it.',
          },
        }),
  };
}

/** What GitHub ends by its value: docs.github.com/rest/credentials/revoke. Older classic tokens have no prefix that it takes. */
const REVOCABLE: ReadonlySet<string> = new Set<TokenType>([
  'github-classic',
  'github-fine-grained',
  'github-oauth',
  'github-app-user',
  'github-refresh',
]);

/** One token has one revocation, in however many places it stands. */
function revocationIn(foundIn: z.output<typeof FoundInSchema>, place: string): NonNullable<TokenPlace['revocation']> {
  return ({ type: tokenType, sha256, lastFour }) => {
    if (!REVOCABLE.has(tokenType)) return undefined;
    return remedyOf(
      revokeFoundToken,
      findingId('runner-credentials', 'found-token', sha256),
      {
        kind: 'revoke-found-token',
        foundIn,
        tokenType,
        lastFour,
        expected: { sha256 },
      },
      { place },
    );
  };
}

interface FilePlace {
  readonly organisation: string;
  readonly repository: string;
  /** From the root. */
  readonly path: string;
}

/** A workflow file: what was written into it stays in the history, so that only revocation ends it. */
export function workflowPlace(file: FilePlace, apiEndpoint: string): TokenPlace {
  return filePlace('workflow-file', 'workflow file', file, apiEndpoint);
}

/** Another file of CI: an action of the repository's own, a compose file, another system's pipeline. */
export function ciFilePlace(file: FilePlace, apiEndpoint: string): TokenPlace {
  return filePlace('ci-file', 'file of CI', file, apiEndpoint);
}

function filePlace(
  type: 'workflow-file' | 'ci-file',
  what: string,
  { organisation, repository, path }: FilePlace,
  apiEndpoint: string,
): TokenPlace {
  const resource: ResourceRef = {
    system: 'github',
    type,
    id: `${organisation}/${repository}/${path}`,
    name: path,
    url: webUrl(apiEndpoint, `/${organisation}/${repository}/blob/HEAD/${path}`),
  };
  return {
    kind: 'token-in-workflow',
    resource,
    id: resource.id,
    words: `${path} of ${organisation}/${repository}`,
    whose: { container: { what, names: [path, repository] } },
    status: 'needs-code-change',
    revocation: revocationIn(
      { type: 'file', organisation, repository, path },
      `${path} of ${organisation}/${repository}`,
    ),
    cleanUp: 'Remove it from the file; it remains in the repository’s history, so revoke it as well.',
  };
}
