import { type Collection, collection } from '../../core/collection.ts';
import type { Paging } from '../paging.ts';
import type { User } from './state-accounts.ts';
import { type OwnApp, ownApp } from './state-apps.ts';
import type { Organisation } from './state-organisation.ts';
import type { Repository } from './state-repository.ts';

export interface GitHubLimits {
  /** Requests per hour and installation. */
  core: number;
  /** Points per hour and installation. */
  graphql: number;
  /** Secondary limit: REST points per minute, GET 1 and others 5. */
  pointsPerMinute: number;
  /** Nodes above which GraphQL runs out of time. */
  nodes: number;
  /** How it says so: with 502, or in words beside status 200. */
  tooMuch: 502 | 200;
  /** Blobs above this many bytes come truncated from GraphQL. */
  blobBytes: number;
  /** Blobs above this many bytes are not given out at all. */
  largestBlob: number;
}

/** What stands of the App that cuts is beside everything else; the one that only reads is `assessor`. */
export interface GitHubState extends OwnApp {
  readonly assessor: OwnApp;
  readonly users: Collection<User>;
  readonly organisations: Collection<Organisation>;
  readonly repositories: Collection<Repository>;
  readonly limits: GitHubLimits;
  /** How lists misbehave. */
  paging: Paging;
  /** Milliseconds until a revocation that was accepted with 202 takes effect. */
  revocationDelayMs: number;
  /** Refuse calls that name no version of the API, or another media type: GitHub would choose for them. */
  demandsVersion: boolean;
  /** What was revoked by its value. */
  readonly revokedValues: Set<string>;
  /** Runners that go on with a job whose run was cancelled. */
  readonly deafRunners: Set<number>;
  /** Remove a runner although it works, which GitHub refuses by its answers and documents nowhere. */
  removesWorkingRunners: boolean;
  /** How far GitHub's clock is ahead of ours; a negative number where it is behind. */
  clockAheadMs: number;
}

/** The firm’s own Apps. */
export function appsOf(state: GitHubState): readonly OwnApp[] {
  return [state, state.assessor];
}

export function emptyGitHub(): GitHubState {
  return {
    ...ownApp('1', 'mcp-offboarding'),
    assessor: ownApp('2', 'mcp-posture'),
    users: collection<User>(({ id }) => String(id)),
    organisations: collection<Organisation>(({ login }) => login),
    repositories: collection<Repository>(({ owner, name }) => `${owner}/${name}`),
    limits: {
      core: 15_000,
      graphql: 10_000,
      pointsPerMinute: 900,
      nodes: 100,
      tooMuch: 502,
      blobBytes: 512_000,
      largestBlob: 100_000_000,
    },
    paging: {},
    revocationDelayMs: 0,
    demandsVersion: false,
    revokedValues: new Set(),
    deafRunners: new Set(),
    removesWorkingRunners: false,
    clockAheadMs: 0,
  };
}
