import { holds } from '../access.ts';
import { invalid, notAccessible, notFound, page } from '../answers.ts';
import type { GitHubContext } from '../context.ts';
import { sha } from '../shapes/node-ids.ts';
import { repositoryRoute, type Site } from '../site.ts';
import type { Repository } from '../state/state-repository.ts';

const DEFAULT_BRANCH = 'main';
const PULL_REQUESTS = {
  dismiss_stale_reviews_on_push: false,
  require_code_owner_review: false,
  require_last_push_approval: false,
  required_approving_review_count: 1,
  required_review_thread_resolution: false,
};

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

  // Rulesets that are only evaluated are not among them: docs.github.com/rest/repos/rules
  repositoryRoute(site, 'GET', '/rules/branches/:branch{.+}', ['metadata', 'read'], (c, repository) => {
    const rules = repository.rules.get(c.req.param('branch') ?? '') ?? [];
    return page(
      c,
      rules.map(({ type, rulesetId, approvals = 1, codeOwners = false }) => ({
        type,
        ...(type === 'pull_request'
          ? {
              parameters: {
                ...PULL_REQUESTS,
                required_approving_review_count: approvals,
                require_code_owner_review: codeOwners,
              },
            }
          : {}),
        ruleset_source_type: 'Repository',
        ruleset_source: `${repository.owner}/${repository.name}`,
        ruleset_id: rulesetId,
      })),
      {},
    );
  });
  repositoryRoute(site, 'GET', '/branches', ['contents', 'read'], (c, repository) => {
    const ruled = [...repository.rules].flatMap(([name, rules]) => (rules.length > 0 ? [name] : []));
    const guarded = new Set([...ruled, ...repository.protection.keys()]);
    const all = new Set([DEFAULT_BRANCH, ...repository.branches.keys(), ...guarded]);
    const asked = c.req.query('protected');
    const shown = [...all].filter((name) => asked === undefined || String(guarded.has(name)) === asked);
    const at = new URL(c.req.url);
    return page(
      c,
      shown.map((name) => {
        const commit = sha(`${repository.owner}/${repository.name} ${name}`);
        const url = new URL(`commits/${commit}`, at).href;
        const protection_url = new URL(`branches/${encodeURIComponent(name)}/protection`, at).href;
        return { name, commit: { sha: commit, url }, protected: guarded.has(name), protection_url };
      }),
      {},
    );
  });
  repositoryRoute(site, 'GET', '/branches/:branch{.+}/protection', ['administration', 'read'], (c, repository) => {
    const protection = repository.protection.get(c.req.param('branch') ?? '');
    if (protection === undefined) {
      return c.json({ message: 'Branch not protected', documentation_url: '', status: '404' }, 404);
    }
    const { approvals = 1, codeOwners = false, bypass, pushers } = protection;
    const people = (logins: readonly string[]) => ({ users: logins.map((login) => ({ login })), teams: [], apps: [] });
    const url = new URL(c.req.url).href;
    const reviews = {
      ...{ url: `${url}/required_pull_request_reviews`, dismiss_stale_reviews: false },
      ...{ require_code_owner_reviews: codeOwners, required_approving_review_count: approvals },
      require_last_push_approval: false,
      ...(bypass === undefined ? {} : { bypass_pull_request_allowances: people(bypass) }),
    };
    const kept = { url: `${url}/restrictions`, users_url: `${url}/restrictions/users` };
    const urls = { teams_url: `${url}/restrictions/teams`, apps_url: `${url}/restrictions/apps` };
    return c.json({
      url,
      enforce_admins: { url: `${url}/enforce_admins`, enabled: false },
      ...(protection.reviews ? { required_pull_request_reviews: reviews } : {}),
      ...(pushers === undefined ? {} : { restrictions: { ...kept, ...urls, ...people(pushers) } }),
    });
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
