import type { Context } from 'hono';
import type { Caller } from './access.ts';
import type { Paging } from './paging.ts';

export type GitHubEnv = { Variables: { caller: Caller; paging: Paging } };
export type GitHubContext = Context<GitHubEnv>;
