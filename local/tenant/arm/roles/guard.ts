import type { AzureScope } from '../../../../src/connectors/permission.ts';
import { callerOf, type TenantCore } from '../../core/vendor.ts';
import { armError } from '../answers.ts';
import type { ArmState } from '../state.ts';

export interface ArmRequest {
  /** Undefined where everybody may ask and the answer depends on who does. */
  readonly action: string | undefined;
  /** ARM id of what is asked for. */
  readonly scope: string;
  readonly subscriptionId: string;
  readonly apiVersions: readonly string[];
}

/**
 * What ARM checks before a resource provider sees a request: token, subscription, api-version, role. Undefined where
 * all are in order.
 */
export async function guard(
  core: TenantCore,
  state: ArmState,
  request: Request,
  { action, scope, subscriptionId, apiVersions }: ArmRequest,
): Promise<Response | undefined> {
  const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, core.origin('arm'));
  if ('refused' in token) return unauthorised(core, token.refused);
  if (!state.subscriptions.has(subscriptionId)) {
    return armError(404, 'SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`);
  }
  const version = new URL(request.url).searchParams.get('api-version');
  if (version === null) {
    return armError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!apiVersions.includes(version)) {
    return armError(
      400,
      'NoRegisteredProviderFound',
      `No registered resource provider found for API version '${version}'. The supported api-versions are '${apiVersions.join(', ')}'.`,
    );
  }
  if (action === undefined) return undefined;
  const held = callerOf(core, token.clientId)?.azure;
  if (held?.has(action) !== true && !scopeKindsOf(scope).some((kind) => held?.has(`${action}@${kind}`) === true)) {
    return armError(
      403,
      'AuthorizationFailed',
      `The client '${token.clientId}' with object id '${token.oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
  return undefined;
}

/** The actions of whoever asks, as `Principal.azure` has them. */
export async function heldBy(core: TenantCore, request: Request): Promise<ReadonlySet<string>> {
  const token = await core.tokens.verify(request.headers.get('authorization') ?? undefined, core.origin('arm'));
  return ('refused' in token ? undefined : callerOf(core, token.clientId)?.azure) ?? new Set();
}

/** Which of the table's scopes an ARM id lies in: what is granted on the service holds for its named values too. */
export function scopeKindsOf(scope: string): readonly AzureScope[] {
  if (/\/microsoft\.apimanagement\/.*\/namedvalues\//i.test(scope)) return ['deny-list', 'gateway'];
  if (/\/microsoft\.apimanagement\//i.test(scope)) return ['gateway'];
  return /\/microsoft\.operationalinsights\//i.test(scope) ? ['workspace'] : ['subscriptions'];
}

function unauthorised(core: TenantCore, refused: string): Response {
  const challenge = { 'www-authenticate': `Bearer authorization_uri="${core.origin('login')}/${core.tenantId}"` };
  if (refused === 'no bearer token') {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    return armError(401, 'AuthenticationFailed', message, challenge);
  }
  if (refused === 'ERR_JWT_EXPIRED') {
    return armError(
      401,
      'ExpiredAuthenticationToken',
      'The access token expiry UTC time is earlier than now.',
      challenge,
    );
  }
  if (refused === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    const message = 'The access token has been obtained for wrong audience or resource.';
    return armError(401, 'InvalidAuthenticationTokenAudience', message, challenge);
  }
  return armError(401, 'InvalidAuthenticationToken', 'The access token is invalid.', challenge);
}
