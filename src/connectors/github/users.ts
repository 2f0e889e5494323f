import * as z from 'zod';
import { ok, type VendorResult } from '../result.ts';
import { ask } from './ask.ts';
import type { GitHubClient } from './client.ts';

/** Whether an account has this login now. */
export async function isLoginTaken(client: GitHubClient, login: string): Promise<VendorResult<boolean>> {
  const answer = await ask(
    client,
    { what: `the account ${login}`, where: 'GitHub' },
    z.object({ id: z.number() }),
    (octokit) => octokit.request('GET /users/{username}', { username: login }),
  );
  if (answer.ok) return ok(true, answer.requestId);
  return answer.failure.kind === 'not-found' ? ok(false) : answer;
}

/** An account as GitHub shows it to everybody. */
export interface GitHubHolder {
  readonly id: number;
  /** As GitHub writes it today. */
  readonly login: string;
}

/** Who has this login now, a person or an organisation; undefined where GitHub knows nobody of that name. */
export async function holderOfLogin(
  client: GitHubClient,
  login: string,
): Promise<VendorResult<GitHubHolder | undefined>> {
  const shape = z.object({ id: z.number(), login: z.string() });
  const answer = await ask(client, { what: `the account ${login}`, where: 'GitHub' }, shape, (octokit) =>
    octokit.request('GET /users/{username}', { username: login }),
  );
  return answer.ok || answer.failure.kind !== 'not-found' ? answer : ok(undefined);
}
