import { createHash, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import * as jose from 'jose';
import type { TokenAuthority } from './tokens.ts';

/** Somebody of the firm's staff who can sign in to the console. */
export interface Staff {
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  readonly roles: readonly string[];
}

interface SignIn {
  readonly tokens: TokenAuthority;
  readonly staff: readonly Staff[];
  /** The application with which a person signs in, and the one that the token is for. */
  readonly clientId: string;
  readonly audience: string;
}

interface Asked {
  readonly person: Staff;
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

/**
 * The part of `login.microsoftonline.com` at which a person signs in in a browser: authorization code with PKCE (RFC
 * 7636), refresh tokens and sign-out, as msal-browser asks for them. A list of names stands where Entra has a password; whoever `login_hint` names is taken at
 * that word.
 */
export function makeSignIn({ tokens, staff, clientId, audience }: SignIn): (request: Request) => Promise<Response> {
  const app = new Hono();
  const codes = new Map<string, Asked>();
  const renewals = new Map<string, Staff>();
  const isLoopback = (uri: string): boolean =>
    URL.canParse(uri) && ['127.0.0.1', 'localhost'].includes(new URL(uri).hostname);

  const answerWith = async (c: Context, person: Staff, nonce?: string): Promise<Response> => {
    const renewal = randomUUID();
    renewals.set(renewal, person);
    const about = { oid: person.oid, clientId, upn: person.upn };
    return c.json({
      token_type: 'Bearer',
      scope: `${audience}/access openid profile offline_access`,
      expires_in: 3_599,
      refresh_token: renewal,
      client_info: jose.base64url.encode(JSON.stringify({ uid: person.oid, utid: tokens.tenantId })),
      access_token: await tokens.issue({ ...about, audience, scopes: ['access'], roles: person.roles }),
      id_token: await tokens.issue({
        ...about,
        audience: clientId,
        scopes: [],
        name: person.name,
        ...(nonce && { nonce }),
      }),
    });
  };

  app.use('*', async (c, next) => {
    await next();
    const origin = c.req.header('origin') ?? '';
    if (isLoopback(origin)) c.header('access-control-allow-origin', origin);
    c.header('access-control-allow-headers', '*');
    c.header('cache-control', 'no-store');
  });
  app.options('*', (c) => c.body(null, 204));
  app.get('/:tenant/oauth2/v2.0/authorize', (c) => {
    const asked = c.req.query();
    const redirectUri = asked.redirect_uri ?? '';
    if (asked.client_id !== clientId || asked.code_challenge_method !== 'S256' || !isLoopback(redirectUri))
      return c.text('AADSTS900144: client, redirect address or code challenge is wrong.', 400);
    const back = (members: Record<string, string>): Response =>
      c.redirect(`${redirectUri}#${new URLSearchParams({ ...members, state: asked.state ?? '' })}`);
    if (asked.prompt === 'none')
      return back({ error: 'login_required', error_description: 'AADSTS50058: nobody is signed in.' });
    const person = staff.find(({ oid, upn }) => oid === asked.chosen || upn === asked.login_hint);
    if (person === undefined) return c.html(choice(staff, asked));
    const code = randomUUID();
    codes.set(code, { person, redirectUri, challenge: asked.code_challenge ?? '', nonce: asked.nonce ?? '' });
    const uid = jose.base64url.encode(JSON.stringify({ uid: person.oid, utid: tokens.tenantId }));
    return back({ code, client_info: uid, session_state: randomUUID() });
  });
  app.post('/:tenant/oauth2/v2.0/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const refuse = (why: string) => c.json({ error: 'invalid_grant', error_description: why, error_codes: [] }, 400);
    if (form.get('client_id') !== clientId) return refuse('AADSTS700016: no such application.');
    if (form.get('grant_type') === 'refresh_token') {
      const known = renewals.get(form.get('refresh_token') ?? '');
      return known === undefined ? refuse('AADSTS700082: the refresh token has expired.') : answerWith(c, known);
    }
    const code = form.get('code') ?? '';
    const asked = codes.get(code);
    codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked === undefined || asked.challenge !== verifier || asked.redirectUri !== form.get('redirect_uri'))
      return refuse('AADSTS501481: the verifier does not match.');
    return answerWith(c, asked.person, asked.nonce);
  });
  app.get('/:tenant/oauth2/v2.0/logout', (c) => {
    const to = c.req.query('post_logout_redirect_uri') ?? '';
    return isLoopback(to) ? c.redirect(to) : c.text('You are signed out.');
  });
  return async (request) => app.fetch(request);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function choice(staff: readonly Staff[], asked: Readonly<Record<string, string>>): string {
  const links = staff.map(({ oid, name, upn, roles }) => {
    const address = escaped(`?${new URLSearchParams({ ...asked, chosen: oid })}`);
    const what = roles.map((role) => role.replace('Offboarding.', '')).join(', ') || 'no role';
    return `<li><a href="${address}"><b>${escaped(name)}</b><br>${escaped(upn)}<br>${escaped(what)}</a></li>`;
  });
  const style =
    'body{font:16px/1.5 system-ui;max-width:30rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}ul{padding:0;list-style:none}a{display:block;padding:.75rem 1rem;margin:.5rem 0;border:1px solid;border-radius:.5rem;text-decoration:none}';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title><style>${style}</style><h1>Sign in</h1><p>A simulated tenant: choose who you are.</p><ul>${links.join('')}</ul></html>`;
}
