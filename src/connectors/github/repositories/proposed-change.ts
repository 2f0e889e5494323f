import * as z from 'zod';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import { act, ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';

/** A file as it stands on a branch, with what GitHub asks for before it writes over it. */
export interface FileOnBranch {
  readonly text: string;
  readonly sha: string;
}

/** A change to one workflow file that somebody else has to merge. */
export interface ProposedChange {
  readonly path: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  /** The new text of the file as it stands on the default branch; undefined where that is not what it was made for. */
  readonly change: (text: string) => string | undefined;
}

const File = z
  .object({ content: z.string(), encoding: z.literal('base64'), sha: z.string() })
  .transform(({ content, sha }): FileOnBranch => ({ text: Buffer.from(content, 'base64').toString('utf8'), sha }));

/** A file of the default branch, or of the one that is named. Source: docs.github.com/rest/repos/contents. */
export function readFileOnBranch(
  client: GitHubClient,
  place: RepositoryPlace,
  path: string,
  branch?: string,
): Promise<VendorResult<FileOnBranch>> {
  return ask(client, askedOf(place, path, 'contents=read'), File, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
      ...parametersOf(place),
      path,
      ...(branch === undefined ? {} : { ref: branch }),
    }),
  );
}

/**
 * Writes a change of a workflow file to a branch of its own and opens the pull request for it. Whatever of that stands
 * already is left as it is, so that it may be asked for twice. A workflow file takes a permission of its own besides
 * that for contents: docs.github.com/rest/authentication/permissions-required-for-github-apps, "Workflows".
 */
export async function proposeChange(
  client: GitHubClient,
  place: RepositoryPlace,
  { path, branch, title, body, change }: ProposedChange,
): Promise<VendorResult<{ readonly effect: 'done' | 'queued' }>> {
  const repository = await ask(
    client,
    askedOf(place, 'the repository', 'metadata=read'),
    z.object({ default_branch: z.string() }),
    (octokit) => octokit.request('GET /repos/{owner}/{repo}', parametersOf(place)),
  );
  if (!repository.ok) return repository;
  const base = repository.value.default_branch;
  const now = await readFileOnBranch(client, place, path);
  if (!now.ok) return now;
  const wanted = change(now.value.text);
  if (wanted === undefined) {
    const message = `${path} of ${place.organisation}/${place.repository} is not what the change was made for: nothing was proposed.`;
    return failed({ kind: 'incomplete', status: 200, message });
  }
  const made = await branchFrom(client, place, base, branch);
  if (!made.ok) return made;
  const file = await readFileOnBranch(client, place, path, branch);
  if (!file.ok) return file;
  if (file.value.text !== wanted) {
    const written = await act(client, askedOf(place, path, 'workflows=write'), (octokit) =>
      octokit.request('PUT /repos/{owner}/{repo}/contents/{path}', {
        ...parametersOf(place),
        path,
        branch,
        message: title,
        content: Buffer.from(wanted).toString('base64'),
        sha: file.value.sha,
      }),
    );
    if (!written.ok) return written;
  }
  const opened = await act(client, askedOf(place, 'a pull request', 'pull_requests=write'), (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/pulls', { ...parametersOf(place), title, body, head: branch, base }),
  );
  // The branch differs from its base: what GitHub refuses then is a second pull request of the same branch.
  if (!opened.ok) return opened.failure.status === 422 ? ok({ effect: 'queued' }) : opened;
  return ok({ effect: 'queued' }, opened.requestId);
}

/** The branch as it stands; from the head of `base` where there is none. */
async function branchFrom(
  client: GitHubClient,
  place: RepositoryPlace,
  base: string,
  branch: string,
): Promise<VendorResult<unknown>> {
  const known = await headOf(client, place, branch);
  if (known.ok || known.failure.kind !== 'not-found') return known;
  const head = await headOf(client, place, base);
  if (!head.ok) return head;
  return act(client, askedOf(place, `branch ${branch}`, 'contents=write'), (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/refs', {
      ...parametersOf(place),
      ref: `refs/heads/${branch}`,
      sha: head.value.object.sha,
    }),
  );
}

function headOf(client: GitHubClient, place: RepositoryPlace, branch: string) {
  const shape = z.object({ object: z.object({ sha: z.string() }) });
  return ask(client, askedOf(place, `branch ${branch}`, 'contents=read'), shape, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...parametersOf(place), ref: `heads/${branch}` }),
  );
}

function parametersOf({ organisation, repository }: RepositoryPlace): { owner: string; repo: string } {
  return { owner: organisation, repo: repository };
}

function askedOf({ organisation, repository }: RepositoryPlace, what: string, permission: string): Asked {
  return { what, where: `${organisation}/${repository}`, permission, repository: true };
}
