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
