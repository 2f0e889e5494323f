import { callerOf, type TenantCore } from '../core/vendor.ts';
import { problem, signIn } from './answers.ts';
import type { DevOpsState } from './state/state.ts';

/** The resource that tokens for Azure DevOps are issued for, in every cloud and organisation. */
export const DEVOPS_AUDIENCE = '499b84ac-1321-427f-aa17-267ca6975798';

export interface Wanted {
  /** The scope, or another that contains it; without it, every member may ask. */
  readonly scope?: string;
  readonly wider?: string;
  /** The versions that it takes, by the published specification of 7.1; `7.1` unless something else is said. */
  readonly versions?: readonly string[];
  /** Most areas say 403; token administration says 401. */
  readonly refusal?: 401 | 403;
}

/** What stands before every resource: token, organisation, version, permission. Undefined where all are in order. */
export async function guard(
  core: TenantCore,
  state: DevOpsState,
  request: Request,
  wanted: Wanted,
): Promise<Response | undefined> {
  const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, DEVOPS_AUDIENCE);
  const url = new URL(request.url);
  if ('refused' in token) return signIn(state, url.origin);
  if (url.pathname.split('/')[1]?.toLowerCase() !== state.organisation.toLowerCase()) {
    return new Response('<html><body>The resource cannot be found.</body></html>', {
      status: 404,
      headers: { 'content-type': 'text/html' },
    });
  }
  const refused = versionRefusal(state, request, wanted.versions ?? ['7.1']);
  if (refused !== undefined) return refused;
  const caller = callerOf(core, token.clientId);
  const may =
    (wanted.scope === undefined && caller !== undefined) ||
    (wanted.scope !== undefined && caller?.devops.has(wanted.scope) === true) ||
    (wanted.wider !== undefined && caller?.devops.has(wanted.wider));
  if (may) return undefined;
  if (wanted.refusal === 401) {
    const message = `TF400813: The user '${token.oid}' is not authorized to access this resource.`;
    return problem(state, 401, 'UnauthorizedRequestException', message);
  }
  return problem(
    state,
    403,
    'AccessDeniedException',
    `Access denied. ${caller?.name ?? token.oid} needs View permissions to perform the action.`,
  );
}

/** A version that the resource does not have is refused before anybody asks who calls. */
function versionRefusal(state: DevOpsState, request: Request, versions: readonly string[]): Response | undefined {
  const url = new URL(request.url);
  const accept = request.headers.get('accept') ?? '';
  const version = url.searchParams.get('api-version');
  // Microsoft's typed clients agree on a version beforehand, and name it there.
  if (version === null && /api-version=7\.\d/.test(accept)) return undefined;
  if (version === null) {
    return problem(state, 400, 'VssVersionNotSpecifiedException', 'No api-version was supplied for the request.');
  }
  const known = state.behaviour.previewsEnded ? versions.filter((each) => !each.includes('preview')) : versions;
  if (known.includes(version)) return undefined;
  const message = `The requested version "${version}" of the resource is under preview, or is not supported; supported are ${known.join(', ')}.`;
  return problem(state, 400, 'VssInvalidPreviewVersionException', message);
}
