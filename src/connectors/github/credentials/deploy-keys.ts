import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import { act, ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';

/** An SSH key of one repository. GitHub shows the public part alone, and has none of the private one. */
export interface DeployKey {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly readOnly: boolean;
  /** A login, as it is today; null where GitHub knows nobody. */
  readonly addedBy: string | null;
}

const Key = z
  .object({
    id: z.number(),
    key: z.string(),
    title: z.string(),
    read_only: z.boolean(),
    added_by: z.string().nullish(),
  })
  .transform(
    ({ id, key, title, read_only: readOnly, added_by }): DeployKey => ({
      id,
      key,
      title,
      readOnly,
      addedBy: added_by ?? null,
    }),
  );

/** Source of all three: docs.github.com/rest/deploy-keys/deploy-keys. */
export function getDeployKey(
  client: GitHubClient,
  place: RepositoryPlace,
  keyId: number,
): Promise<VendorResult<DeployKey>> {
  return ask(client, askedOf(place, `deploy key ${keyId}`, 'read'), Key, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/keys/{key_id}', { ...parametersOf(place), key_id: keyId }),
  );
}

export function deleteDeployKey(
  client: GitHubClient,
  place: RepositoryPlace,
  keyId: number,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  return act(client, askedOf(place, `deploy key ${keyId}`, 'write'), (octokit) =>
    octokit.request('DELETE /repos/{owner}/{repo}/keys/{key_id}', { ...parametersOf(place), key_id: keyId }),
  );
}

/** The same public key again: it has another number from then on, and the App as whoever added it. */
export function addDeployKey(
  client: GitHubClient,
  place: RepositoryPlace,
  { key, title, readOnly }: Pick<DeployKey, 'key' | 'title' | 'readOnly'>,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  return act(client, askedOf(place, `deploy key ${title}`, 'write'), (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/keys', { ...parametersOf(place), key, title, read_only: readOnly }),
  );
}

function parametersOf({ organisation, repository }: RepositoryPlace): { owner: string; repo: string } {
  return { owner: organisation, repo: repository };
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, level: 'read' | 'write'): Asked {
  return { what, where: `${organisation}/${repository}`, permission: `administration=${level}`, repository: true };
}
