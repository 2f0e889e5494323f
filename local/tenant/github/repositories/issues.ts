import { invalid, notFound, page } from '../answers.ts';
import { canonicalOf, repositoryRoute, type Site } from '../site.ts';
import type { Issue } from '../state/state-repository.ts';

interface IssueBody {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly state?: 'open' | 'closed';
}

/** Issues of a repository, enough for one that is opened once and updated afterwards. */
export function routeIssues(site: Site): void {
  const { shapes } = site;

  repositoryRoute(site, 'GET', '/issues', ['issues', 'read'], (c, repository) => {
    const state = c.req.query('state') ?? 'open';
    const labels = (c.req.query('labels') ?? '').split(',').filter((label) => label !== '');
    const shown = repository.issues
      .where((issue) => state === 'all' || issue.state === state)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)))
      .toReversed();
    return page(
      c,
      shown.map((issue) => shapes.issue(repository, issue)),
      { canonical: canonicalOf(repository, '/issues') },
    );
  });
  repositoryRoute(site, 'POST', '/issues', ['issues', 'write'], async (c, repository) => {
    const wanted = (await c.req.json().catch(() => ({}))) as IssueBody;
    if (typeof wanted.title !== 'string' || wanted.title === '') return invalid(c, 'Validation Failed');
    // GitHub's own limit of a body, in characters.
    if ((wanted.body ?? '').length > 65_536) return invalid(c, 'Validation Failed: body is too long');
    const number = repository.issues.size + 1;
    const issue: Issue = {
      id: repository.id * 1_000 + number,
      number,
      title: wanted.title,
      body: wanted.body ?? '',
      labels: [...(wanted.labels ?? [])],
      state: 'open',
    };
    repository.issues.add(issue);
    return c.json(shapes.issue(repository, issue), 201);
  });
  repositoryRoute(site, 'PATCH', '/issues/:number', ['issues', 'write'], async (c, repository) => {
    const issue = repository.issues.get(c.req.param('number') ?? '');
    if (issue === undefined) return notFound(c);
    const wanted = (await c.req.json().catch(() => ({}))) as IssueBody;
    if ((wanted.body ?? '').length > 65_536) return invalid(c, 'Validation Failed: body is too long');
    if (wanted.title !== undefined) issue.title = wanted.title;
    if (wanted.body !== undefined) issue.body = wanted.body;
    if (wanted.labels !== undefined) issue.labels = [...wanted.labels];
    if (wanted.state !== undefined) issue.state = wanted.state;
    return c.json(shapes.issue(repository, issue));
  });
}
