import { AUDIENCE, CLIENT_ID, SECRETS_AUDIENCE, TENANT_ID } from './gateway-plan.ts';
import type { Token } from './simulated-gateway.ts';

export const ANN = 'aaaaaaaa-1111-4111-8111-000000000001';
export const BOB = 'bbbbbbbb-2222-4222-8222-000000000002';
export const PIPELINE = 'cccccccc-3333-4333-8333-000000000003';

const ISSUER = `https://login.microsoftonline.com/${TENANT_ID}/v2.0`;
/** 2026-11-02T10:00:00Z: half an hour after the simulated requests. */
const LATER = Date.UTC(2026, 10, 2, 10) / 1000;

type Claims = Readonly<Record<string, unknown>>;

/**
 * A v2.0 access token as Entra issues it to a signed-in user: without `idtyp`, which only an application's gets.
 * An undefined claim is left out.
 */
export function userToken(scopes: string, claims: Claims = {}): Token {
  return token({
    aud: AUDIENCE,
    azp: CLIENT_ID,
    oid: ANN,
    sub: 'pairwise-by-application',
    preferred_username: 'ann@contoso.example',
    upn: 'ann@contoso.example',
    scp: scopes === '' ? undefined : scopes,
    ...claims,
  });
}

/** A v2.0 access token of an application that acts as itself. */
export function applicationToken(roles: readonly string[], claims: Claims = {}): Token {
  return token({ aud: AUDIENCE, azp: PIPELINE, idtyp: 'app', oid: PIPELINE, sub: PIPELINE, roles, ...claims });
}

export function secretsToken(claims: Claims = {}): Token {
  return applicationToken(['mcp.tools.secrets'], { aud: SECRETS_AUDIENCE, ...claims });
}

function token(claims: Claims): Token {
  const all = Object.entries({ iss: ISSUER, tid: TENANT_ID, ver: '2.0', exp: LATER, ...claims });
  return { signed: true, claims: Object.fromEntries(all.filter(([, value]) => value !== undefined)) };
}

/** The body with which an MCP client calls a tool. */
export function toolCall(name: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  return message('tools/call', { name, arguments: parameters });
}

export function message(method: string, params?: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 7, method, ...(params === undefined ? {} : { params }) });
}

/** A call of each kind of tool. */
export const READ = toolCall('read_file', { path: '/docs/plan.md' });
export const WRITE = toolCall('create_issue', { owner: 'contoso', repo: 'shop', title: 'x' });
export const ADMIN = toolCall('update_webhook', { owner: 'contoso', repo: 'shop' });
