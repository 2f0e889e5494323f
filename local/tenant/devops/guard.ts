import { callerOf, type TenantCore } from '../core/vendor.ts';
import { problem, signIn } from './answers.ts';
import type { DevOpsState } from './state.ts';

/** The resource that tokens for Azure DevOps are issued for, in every cloud and organisation. */
export const DEVOPS_AUDIENCE = '499b84ac-1321-427f-aa17-267ca6975798';

export interface Wanted {
  /** The scope, or another that contains it; without it, every member may ask. */
  readonly scope?: string;
  readonly wider?: string;
  /** Preview resources refuse a call that names no version. */
  readonly preview?: boolean;
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
  const version = url.searchParams.get('api-version') ?? /api-version=/.exec(request.headers.get('accept') ?? '')?.[0];
  if (wanted.preview === true && version === undefined) {
    return problem(state, 400, 'VssVersionNotSpecifiedException', 'No api-version was supplied for the request.');
  }
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
