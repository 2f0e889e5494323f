import type { Issue, Pull, Repository } from '../state/state-repository.ts';
import { headOf, nodeId } from './node-ids.ts';
import type { RepositoryShapes } from './repository-shapes.ts';
import { type ShapeParts, UPDATED } from './shape-parts.ts';

/** Issues and pull requests. */
export interface WorkShapes {
  issue(repository: Repository, issue: Issue): object;
  pull(repository: Repository, pull: Pull): object;
}

/** Issues and pull requests in GitHub’s JSON, as our App opens them. */
export function workShapes(
  { state, api, web, account }: ShapeParts,
  { fullRepository }: Pick<RepositoryShapes, 'fullRepository'>,
): WorkShapes {
  return {
    issue: (row, issue) => {
      const base = api(`/repos/${row.owner}/${row.name}/issues/${issue.number}`);
      return {
        id: issue.id,
        node_id: nodeId('I', issue.id),
        url: base,
        repository_url: api(`/repos/${row.owner}/${row.name}`),
        labels_url: `${base}/labels{/name}`,
        comments_url: `${base}/comments`,
        events_url: `${base}/events`,
        html_url: web(`/${row.owner}/${row.name}/issues/${issue.number}`),
        number: issue.number,
        state: issue.state,
        title: issue.title,
        body: issue.body,
        user: account(`${state.appSlug}[bot]`, Number(state.appId), 'Bot'),
        labels: issue.labels.map((name, index) => ({
          id: index + 1,
          node_id: nodeId('LA', index + 1),
          url: api(`/repos/${row.owner}/${row.name}/labels/${encodeURIComponent(name)}`),
          name,
          description: null,
          color: 'ededed',
          default: false,
        })),
        assignee: null,
        assignees: [],
        milestone: null,
        locked: false,
        comments: 0,
        closed_at: null,
        created_at: UPDATED,
        updated_at: UPDATED,
      };
    },
    pull: (row, pull) => {
      const base = api(`/repos/${row.owner}/${row.name}/pulls/${pull.number}`);
      const issue = api(`/repos/${row.owner}/${row.name}/issues/${pull.number}`);
      const app = account(`${state.appSlug}[bot]`, Number(state.appId), 'Bot');
      const side = (ref: string) => ({
        label: `${row.owner}:${ref}`,
        ref,
        repo: fullRepository(row),
        sha: headOf(row),
        user: app,
      });
      const addresses = {
        comments_url: `${issue}/comments`,
        commits_url: `${base}/commits`,
        statuses_url: api(`/repos/${row.owner}/${row.name}/statuses/${headOf(row)}`),
        review_comments_url: `${base}/comments`,
        review_comment_url: `${base}/comments{/number}`,
        html_url: web(`/${row.owner}/${row.name}/pull/${pull.number}`),
        issue_url: issue,
      };
      const link = (href: string) => ({ href });
      return {
        ...addresses,
        url: base,
        id: row.id * 1_000 + pull.number,
        node_id: nodeId('PR', pull.number),
        number: pull.number,
        state: 'open',
        locked: false,
        title: pull.title,
        body: pull.body,
        user: app,
        labels: [],
        milestone: null,
        assignee: null,
        author_association: 'NONE',
        auto_merge: null,
        created_at: UPDATED,
        updated_at: UPDATED,
        closed_at: null,
        merged_at: null,
        merge_commit_sha: null,
        merged: false,
        merged_by: null,
        mergeable: null,
        mergeable_state: 'unknown',
        maintainer_can_modify: false,
        diff_url: `${addresses.html_url}.diff`,
        patch_url: `${addresses.html_url}.patch`,
        additions: 1,
        deletions: 1,
        changed_files: 1,
        commits: 1,
        comments: 0,
        review_comments: 0,
        head: side(pull.head),
        base: side('main'),
        _links: {
          comments: link(addresses.comments_url),
          commits: link(addresses.commits_url),
          statuses: link(addresses.statuses_url),
          html: link(addresses.html_url),
          issue: link(issue),
          review_comments: link(addresses.review_comments_url),
          review_comment: link(addresses.review_comment_url),
          self: link(base),
        },
      };
    },
  };
}
