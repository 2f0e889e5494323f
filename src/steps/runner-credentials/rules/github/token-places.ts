import type { ResourceRef } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { VariableScope } from '../../../../connectors/github/variables.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { deleteVariable, type VariableState } from '../../remedies/delete-variable.ts';
import type { TokenPlace } from '../token-findings.ts';
import { containerOf, placeOf, settingsPath } from './variable-place.ts';
import { webUrl } from './web-url.ts';

/**
 * An Actions variable, which everybody may read who may write to the repository. GitHub keeps no author of it. Its
 * state is known of one that holds a token, and nothing else is deleted.
 */
export function variablePlace(
  scope: VariableScope,
  { name, expected }: { readonly name: string; readonly expected?: VariableState },
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
    ...(expected === undefined
      ? {}
      : {
          deletion: {
            remedy: remedyOf(deleteVariable, shared, { kind: 'delete-variable', scope, name, expected }, { place }),
            words: 'Jobs that use the variable fail from then on, and its deletion is left to a person to decide.',
          },
        }),
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
    cleanUp: 'Remove it from the file; it remains in the repository’s history, so revoke it as well.',
  };
}
