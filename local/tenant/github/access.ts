import { randomBytes, randomUUID } from 'node:crypto';
import * as jose from 'jose';
import { appsOf, type GitHubState } from './state/state.ts';
import type { Installation, OwnApp, Permissions } from './state/state-apps.ts';
import type { Repository } from './state/state-repository.ts';

export interface IssuedToken {
  readonly token: string;
  readonly app: OwnApp;
  readonly installationId: number;
  readonly permissions: Permissions;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Who calls: the App itself by its JWT, or one of its installations by a token. */
export type Caller =
  | { readonly kind: 'app'; readonly app: OwnApp }
  | { readonly kind: 'installation'; readonly installation: Installation; readonly permissions: Permissions };

export interface Access {
  /** The caller, or undefined for bad credentials. */
  callerOf(authorization: string | undefined): Promise<Caller | undefined>;
  /** What GitHub says of the App's JWT where the clocks differ by too much. */
  clockFault(authorization: string | undefined): string | undefined;
  /** A token of the installation with at most `wanted`; undefined where it asks for more than was granted. */
  issue(
    app: OwnApp,
    installation: Installation,
    wanted: Readonly<Record<string, string>> | undefined,
  ): IssuedToken | undefined;
}

const HOUR = 3_600_000;

export function makeAccess(state: GitHubState, now: () => Date): Access {
  const issued = new Map<string, IssuedToken>();
  return {
    callerOf: async (authorization) => {
      const value = /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1];
      if (value === undefined) return undefined;
      if (value.startsWith('ghs_')) {
        const token = issued.get(value);
        if (token === undefined || token.expiresAt <= now().getTime()) return undefined;
        const installation = token.app.installations.get(String(token.installationId));
        return installation && { kind: 'installation', installation, permissions: token.permissions };
      }
      for (const app of appsOf(state)) if (await isAppJwt(state, app, value, now())) return { kind: 'app', app };
      return undefined;
    },
    clockFault: (authorization) => {
      const value = /^(?:token|bearer) (ey.+)$/i.exec(authorization ?? '')?.[1];
      if (value === undefined) return undefined;
      const seconds = (now().getTime() + state.clockAheadMs) / 1000;
      const { iat = 0, exp = 0 } = jose.decodeJwt(value);
      if (iat > seconds) return NOT_YET;
      if (exp <= seconds) return EXPIRED;
      return exp - seconds > 600 ? TOO_FAR : undefined;
    },
    issue: (app, installation, wanted) => {
      const permissions: Permissions = new Map();
      for (const [name, level] of Object.entries(wanted ?? Object.fromEntries(installation.permissions))) {
        if (!covers(installation.permissions, name, level === 'write' ? 'write' : 'read')) return undefined;
        permissions.set(name, level === 'write' ? 'write' : 'read');
      }
      // The format since April 2026: `ghs_<app>_<three base64url parts>`, some 520 characters.
      const secret = [randomBytes(24), randomBytes(300), randomBytes(48)].map((part) => part.toString('base64url'));
      const token: IssuedToken = {
        token: `ghs_${app.appId}_${secret.join('.')}`,
        app,
        installationId: installation.id,
        permissions,
        expiresAt: now().getTime() + HOUR,
      };
      issued.set(token.token, token);
      return token;
    },
  };
}

/** Whether the caller holds the permission now: what was taken from the installation is taken from its tokens too. */
export function holds(caller: Caller, name: string, level: 'read' | 'write'): boolean {
  if (caller.kind === 'app') return false;
  return covers(caller.permissions, name, level) && covers(caller.installation.permissions, name, level);
}

/** Whether the installation sees the repository. */
export function sees(caller: Caller, repository: Repository): boolean {
  if (caller.kind === 'app') return false;
  const { installation } = caller;
  if (installation.organisation.toLowerCase() !== repository.owner.toLowerCase()) return false;
  return installation.repositorySelection === 'all' || installation.selected.has(repository.id);
}

function covers(permissions: Permissions, name: string, level: 'read' | 'write'): boolean {
  const held = permissions.get(name);
  return held === 'write' || held === level;
}

/** As octokit/auth-app.js knows them (src/hook.ts). */
const NOT_YET = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
const EXPIRED =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const TOO_FAR = "'Expiration time' claim ('exp') is too far in the future";

async function isAppJwt({ clockAheadMs }: GitHubState, app: OwnApp, jwt: string, now: Date): Promise<boolean> {
  try {
    // Asked for the key of the App that says who it is: another's is not even made.
    if (jose.decodeJwt(jwt).iss !== app.appId || app.appKey === null) return false;
    const currentDate = new Date(now.getTime() + clockAheadMs);
    const options = { issuer: app.appId, algorithms: ['RS256'], currentDate };
    const { payload } = await jose.jwtVerify(jwt, app.appKey, options);
    return (payload.exp ?? 0) - (payload.iat ?? 0) <= 660;
  } catch {
    return false;
  }
}

export function requestId(): string {
  return randomUUID().toUpperCase().replaceAll('-', ':');
}
