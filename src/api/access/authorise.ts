import { problem } from '../problems/problem.ts';
import { type Caller, MAY, may, type Right } from './caller.ts';
import type { VerifiedJwt } from './verify-jwt.ts';
import { type ApiSettings, verifyToken } from './verify-token.ts';

/** The caller where the token is good and carries a role for this; otherwise the answer to give. */
export type Authorised = { readonly caller: Caller } | { readonly answer: Response };

export async function authorise(
  settings: ApiSettings,
  request: Pick<Request, 'headers'>,
  right: Right,
): Promise<Authorised> {
  return authoriseWhere(settings, request, (caller) => (may(caller, right) ? undefined : missingRole(right)));
}

/** The same for a call that one application alone may make, for itself and whatever its roles are. */
export async function authoriseApp(
  settings: ApiSettings,
  request: Pick<Request, 'headers'>,
  clientId: string | undefined,
): Promise<Authorised> {
  return authoriseWhere(settings, request, (caller) => {
    if (clientId !== undefined && caller.isApp && caller.clientId === clientId) return undefined;
    const detail = 'Only the Logic App may call this whose managed identity LIFECYCLE_WORKFLOWS_APP_ID names.';
    return problem('missing-role', { detail });
  });
}

/** The caller whoever they are, where the token is good. */
export function authenticate(settings: ApiSettings, request: Pick<Request, 'headers'>): Promise<Authorised> {
  return authoriseWhere(settings, request, () => undefined);
}

async function authoriseWhere(
  settings: ApiSettings,
  request: Pick<Request, 'headers'>,
  refuse: (caller: Caller) => Response | undefined,
): Promise<Authorised> {
  const verified = await verifyToken(settings, request.headers.get('authorization'));
  if (verified.kind !== 'caller') return { answer: answerUnverified(verified, 'the tenant') };
  const refused = refuse(verified.caller);
  return refused === undefined ? { caller: verified.caller } : { answer: refused };
}

/** The answer to a token that is none, is not good, or whose issuer's keys cannot be read. */
export function answerUnverified(
  verified: Exclude<VerifiedJwt, { readonly kind: 'payload' }>,
  whose: string,
): Response {
  switch (verified.kind) {
    case 'none':
      return unauthenticated('Send an access token: Authorization: Bearer …', 'Bearer');
    case 'invalid':
      return unauthenticated(`The access token is refused: ${verified.why}.`, 'Bearer error="invalid_token"');
    case 'unavailable': {
      const detail = `The keys of ${whose} cannot be read, so no token can be verified now.`;
      return problem('unavailable', { detail, headers: { 'retry-after': '30' } });
    }
    default:
      return verified satisfies never;
  }
}

function unauthenticated(detail: string, challenge: string): Response {
  return problem('unauthenticated', { detail, headers: { 'www-authenticate': challenge } });
}

function missingRole(right: Right): Response {
  const roles = MAY[right];
  const detail = `One of these app roles is needed: ${roles.join(', ')}.`;
  return problem('missing-role', { detail, extra: { roles } });
}
