import { holds } from './access.ts';
import { invalid, notAccessible, notFound } from './answers.ts';
import type { GitHubContext } from './context.ts';
import { sha } from './shapes.ts';
import { repositoryRoute, type Site } from './site.ts';
import type { Repository } from './state.ts';

const DEFAULT_BRANCH = 'main';

/** Branches, files on them, and what proposes to merge one: as much as a proposed change to one file takes. */
export function routeBranches(site: Site): void {
  const { shapes } = site;

  // Octokit sends the slashes of a name as `%2F`, others as they are: GitHub takes both.
  repositoryRoute(site, 'GET', '/git/ref/:ref{.+}', ['contents', 'read'], (c, repository) => {
    const branch = /^heads\/(.+)$/.exec(c.req.param('ref') ?? '')?.[1] ?? '';
    return filesOf(repository, branch) === undefined ? notFound(c) : c.json(shapes.ref(repository, branch));
  });
  repositoryRoute(site, 'POST', '/git/refs', ['contents', 'write'], async (c, repository) => {
    const body = (await c.req.json().catch(() => ({}))) as { ref?: unknown; sha?: unknown };
    const branch = /^refs\/heads\/(.+)$/.exec(String(body.ref))?.[1];
    if (branch === undefined || typeof body.sha !== 'string') return invalid(c, 'Validation Failed');
    if (filesOf(repository, branch) !== undefined) return invalid(c, 'Reference already exists');
    repository.branches.set(branch, new Map(repository.files));
    return c.json(shapes.ref(repository, branch), 201);
  });

  const file = '/contents/:path{.+}';
  repositoryRoute(site, 'GET', file, ['contents', 'read'], (c, repository) => {
    const path = c.req.param('path') ?? '';
    const text = filesOf(repository, c.req.query('ref') ?? DEFAULT_BRANCH)?.get(path);
    return text === undefined ? notFound(c) : c.json(shapes.file(repository, path, text));
  });
  repositoryRoute(site, 'PUT', file, ['contents', 'write'], async (c, repository) => {
    const path = c.req.param('path') ?? '';
    if (path.startsWith('.github/workflows/') && !holds(c.get('caller'), 'workflows', 'write')) {
      return notAccessible(c, 'workflows=write');
    }
    const body = (await c.req.json().catch(() => ({}))) as { content?: unknown; sha?: unknown; branch?: unknown };
    const branch = typeof body.branch === 'string' ? body.branch : DEFAULT_BRANCH;
    const files = filesOf(repository, branch);
    if (files === undefined) return notFound(c);
    const before = files.get(path);
    // GitHub writes over nothing that the caller has not seen.
    if (before !== undefined && body.sha !== sha(before)) return conflict(c, path, String(body.sha));
    const text = Buffer.from(String(body.content), 'base64').toString('utf8');
    files.set(path, text);
    return c.json(shapes.fileCommit(repository, path, text), before === undefined ? 201 : 200);
  });

  repositoryRoute(site, 'POST', '/pulls', ['pull_requests', 'write'], async (c, repository) => {
    const body = (await c.req.json().catch(() => ({}))) as { title?: unknown; head?: unknown; body?: unknown };
    const head = String(body.head);
    if (filesOf(repository, head) === undefined) return invalid(c, 'Validation Failed: head is invalid');
    if (repository.pulls.some((pull) => pull.head === head)) {
      return invalid(c, `Validation Failed: A pull request already exists for ${repository.owner}:${head}.`);
    }
    const pull = {
      number: repository.pulls.length + 1,
      head,
      title: String(body.title),
      body: String(body.body ?? ''),
    };
    repository.pulls.push(pull);
    return c.json(shapes.pull(repository, pull), 201);
  });
}

function filesOf(repository: Repository, branch: string): Map<string, string> | undefined {
  return branch === DEFAULT_BRANCH ? repository.files : repository.branches.get(branch);
}

function conflict(c: GitHubContext, path: string, given: string): Response {
  return c.json({ message: `${path} does not match ${given}`, documentation_url: '', status: '409' }, 409);
}
