import {
  type AccountInfo,
  BrowserAuthError,
  InteractionRequiredAuthError,
  PublicClientApplication,
  type SilentRequest,
} from '@azure/msal-browser';
import { SignedOutFault } from './signed-out.ts';

interface Settings {
  readonly tenantId: string;
  readonly authority: string;
  readonly resource: string;
  readonly clientId?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface SignedIn {
  readonly name: string;
  readonly upn: string;
  /**
   * An access token for the API; `fresh` where the API refuses the one that is kept.
   * @throws SignedOutFault where a person has to do something: never by itself, so that nothing typed is lost
   */
  readonly token: (which?: { readonly fresh: boolean }) => Promise<string>;
  /** Signs in again: in a window of its own, over the page as it is, or by leaving it and coming back to its address. */
  readonly again: (how: 'window' | 'leave') => Promise<void>;
  readonly signOut: () => Promise<void>;
}

/** Why nobody can sign in, for a page that says so. */
export class SignInFault extends Error {}

const REDIRECT = `${location.origin}/console/signed-in.html`;

/**
 * The signed-in person; leaves the page for Entra where there is none (authorization code with PKCE). Tokens live in
 * the session's storage, so that they end with the tab. https://learn.microsoft.com/entra/msal/javascript/browser/caching
 * A link may say who is meant, `/console/?login_hint=<principal name>#/…`, which Entra takes as a suggestion.
 */
export async function signIn(): Promise<SignedIn> {
  const settings = await readSettings();
  const { clientId, resource } = settings;
  if (clientId === undefined)
    throw new SignInFault('No application is registered for signing in: the setting SIGN_IN_CLIENT_ID is empty.');
  const msal = new PublicClientApplication({
    auth: {
      clientId,
      redirectUri: REDIRECT,
      authority: `${settings.authority}/${settings.tenantId}`,
      ...(settings.metadata && {
        authorityMetadata: JSON.stringify(settings.metadata),
        knownAuthorities: [new URL(settings.authority).host],
      }),
    },
    cache: { cacheLocation: 'sessionStorage' },
  });
  await msal.initialize();
  const scopes = [`${resource}/.default`];
  const answer = await msal.handleRedirectPromise();
  const hint = new URLSearchParams(location.search).get('login_hint') ?? undefined;
  const account = answer?.account ?? knownAccount(msal, hint);
  if (account === undefined) {
    await msal.loginRedirect({ scopes, ...(hint !== undefined && { loginHint: hint }) });
    return new Promise(() => {});
  }
  msal.setActiveAccount(account);
  // It was for the beginning alone: whoever reloads the page, or shares its address, says nothing about who is meant.
  if (hint !== undefined) history.replaceState(null, '', `${location.pathname}${location.hash}`);
  return {
    name: account.name ?? account.username,
    upn: account.username,
    token: ({ fresh } = { fresh: false }) => tokenOf(msal, { scopes, account, forceRefresh: fresh }),
    again: (how) => signInAgain(msal, { scopes, account }, how),
    signOut: () => msal.logoutRedirect({ account, postLogoutRedirectUri: `${location.origin}/console/#/signed-out` }),
  };
}

/** Whoever is signed in in this tab already; with a hint, nobody else. */
function knownAccount(msal: PublicClientApplication, hint: string | undefined): AccountInfo | undefined {
  if (hint === undefined) return msal.getActiveAccount() ?? msal.getAllAccounts()[0];
  return msal.getAllAccounts().find(({ username }) => username.toLowerCase() === hint.toLowerCase());
}

async function readSettings(): Promise<Settings> {
  const response = await fetch('/api/sign-in-settings').catch(() => undefined);
  if (response?.ok !== true) throw new SignInFault('The app does not answer. Try again in a minute.');
  return (await response.json()) as Settings;
}

interface Renewal extends SilentRequest {
  readonly scopes: string[];
  readonly account: AccountInfo;
}

async function tokenOf(msal: PublicClientApplication, request: Renewal): Promise<string> {
  try {
    return (await msal.acquireTokenSilent(request)).accessToken;
  } catch (error) {
    // Without an answer in time from the hidden frame nobody knows: a person has to look as well.
    if (error instanceof InteractionRequiredAuthError || isTimeout(error)) throw new SignedOutFault('ended');
    throw error;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof BrowserAuthError && ['timed_out', 'monitor_window_timeout'].includes(error.errorCode);
}

async function signInAgain(
  msal: PublicClientApplication,
  { scopes, account }: Renewal,
  how: 'window' | 'leave',
): Promise<void> {
  if (how === 'leave') {
    await msal.acquireTokenRedirect({ scopes, account });
    return new Promise(() => {});
  }
  const answer = await msal.acquireTokenPopup({ scopes, account, overrideInteractionInProgress: true });
  if (answer.account.homeAccountId === account.homeAccountId) return;
  // What the page shows was read as somebody else, who may do other things.
  msal.setActiveAccount(answer.account);
  location.reload();
  return new Promise(() => {});
}
