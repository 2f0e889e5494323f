import type { Config } from '../../src/config.ts';
import { type GitHubClient, gitHubClient } from '../../src/connectors/github/client.ts';
import { ok, type VendorResult } from '../../src/connectors/result.ts';
import type { Acted, TargetState } from './handler.ts';

type Image = Readonly<Record<string, unknown>>;

/**
 * Reads one target. `image` is undefined for a target that stands there but gives no access any more. A 404 reaches us
 * as `not-found` only where the App may look; then it is gone.
 */
export async function readTarget<T>(
  config: Config,
  organisation: string,
  read: (client: GitHubClient) => Promise<VendorResult<T>>,
  imageOf: (target: T) => Image | undefined,
): Promise<VendorResult<TargetState>> {
  const connected = await gitHubClient(config, 'reader', organisation);
  if (!connected.ok) return connected;
  const answer = await read(connected.value);
  if (!answer.ok) return answer.failure.kind === 'not-found' ? ok({ state: 'gone' }) : answer;
  const image = imageOf(answer.value);
  return ok(image === undefined ? { state: 'gone' } : { state: 'present', image }, answer.requestId);
}

/** Cuts one target; one that is gone already is what was wanted. */
export async function actOn(
  config: Config,
  organisation: string,
  act: (client: GitHubClient) => Promise<VendorResult<Acted>>,
): Promise<VendorResult<Acted>> {
  const connected = await gitHubClient(config, 'remover', organisation);
  if (!connected.ok) return connected;
  const answer = await act(connected.value);
  return !answer.ok && answer.failure.kind === 'not-found' ? ok({ effect: 'done' }) : answer;
}
