import { createHash } from 'node:crypto';
import type { GitHubState } from './state.ts';
import type { Invitation, User } from './state-accounts.ts';
import type { Run, RunJob, Runner, RunnerGroup, Secret, Variable, Workflow } from './state-actions.ts';
import type { Installation, OtherApp, OwnApp } from './state-apps.ts';
import type { DeployKey, FineGrainedToken, SsoCredential, TokenRequest } from './state-credentials.ts';
import type { AuditEvent, Organisation } from './state-organisation.ts';
import type { Issue, Pull, Repository } from './state-repository.ts';

/** GitHub's JSON of our rows, field by field as its OpenAPI description wants it; a test checks every endpoint. */
export interface Shapes {
  publicUser(user: User): object;
  simpleUser(user: User): object;
  organisationAccount(organisation: Organisation): object;
  installation(app: OwnApp, installation: Installation): object;
  app(app: OwnApp): object;
  secret(secret: Secret): object;
  organisationSecret(organisation: Organisation, secret: Secret): object;
  variable(variable: Variable): object;
  organisationVariable(variable: Variable): object;
  runner(runner: Runner): object;
  publicOrganisation(organisation: Organisation): object;
  repository(repository: Repository): object;
  /** With everything that GitHub adds where it shows a repository for its own sake. */
  fullRepository(repository: Repository): object;
  workflow(repository: Repository, workflow: Workflow): object;
  run(repository: Repository, run: Run): object;
  fineGrainedToken(organisation: Organisation, token: FineGrainedToken): object;
  credential(credential: SsoCredential): object;
  tokenRequest(organisation: Organisation, request: TokenRequest): object;
  membership(organisation: Organisation, user: User): object;
  invitation(organisation: Organisation, invitation: Invitation): object;
  otherInstallation(organisation: Organisation, app: OtherApp): object;
  otherApp(app: OtherApp): object;
  runnerGroup(organisation: Organisation, group: RunnerGroup): object;
  auditEvent(organisation: Organisation, event: AuditEvent): object;
  issue(repository: Repository, issue: Issue): object;
  blob(repository: Repository, text: string): object;
  deployKey(repository: Repository, key: DeployKey): object;
  job(repository: Repository, run: Run, job: RunJob): object;
  collaborator(user: User): object;
  ref(repository: Repository, branch: string): object;
  file(repository: Repository, path: string, text: string): object;
  fileCommit(repository: Repository, path: string, text: string): object;
  pull(repository: Repository, pull: Pull): object;
}

/** Moments that do not matter to the story. */
const CREATED = '2024-03-04T09:00:00Z';
const UPDATED = '2026-10-01T09:00:00Z';

export function makeShapes(state: GitHubState, origin: () => string): Shapes {
  const api = (path: string): string => `${origin()}${path}`;
  const web = (path: string): string => `https://github.localhost${path}`;

  const account = (login: string, id: number, type: 'User' | 'Organization' | 'Bot') => {
    const base = `/users/${encodeURIComponent(login)}`;
    return {
      login,
      id,
      node_id: nodeId(type === 'User' ? 'U' : 'O', id),
      avatar_url: web(`/avatars/${id}`),
      gravatar_id: '',
      url: api(base),
      html_url: web(`/${encodeURIComponent(login)}`),
      followers_url: api(`${base}/followers`),
      following_url: api(`${base}/following{/other_user}`),
      gists_url: api(`${base}/gists{/gist_id}`),
      starred_url: api(`${base}/starred{/owner}{/repo}`),
      subscriptions_url: api(`${base}/subscriptions`),
      organizations_url: api(`${base}/orgs`),
      repos_url: api(`${base}/repos`),
      events_url: api(`${base}/events{/privacy}`),
      received_events_url: api(`${base}/received_events`),
      type,
      site_admin: false,
    };
  };
  const userOf = (id: number): object => {
    const user = state.users.get(String(id));
    return account(user?.login ?? 'ghost', id, 'User');
  };
  const organisationAccount = (organisation: Organisation) =>
    account(organisation.login, organisation.id, 'Organization');
  const publicAccount = (known: ReturnType<typeof account>, name: string) => ({
    ...known,
    name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: CREATED,
    updated_at: UPDATED,
  });

  const repository = (row: Repository): object => {
    const base = api(`/repos/${row.owner}/${row.name}`);
    const organisation = state.organisations.get(row.owner);
    return {
      id: row.id,
      node_id: nodeId('R', row.id),
      name: row.name,
      full_name: `${row.owner}/${row.name}`,
      private: row.isPublic !== true,
      visibility: row.isPublic === true ? 'public' : row.isInternal === true ? 'internal' : 'private',
      owner: account(row.owner, organisation?.id ?? 0, 'Organization'),
      html_url: web(`/${row.owner}/${row.name}`),
      description: null,
      fork: false,
      url: base,
      ...Object.fromEntries(REPOSITORY_URLS.map(([name, path]) => [`${name}_url`, `${base}/${path}`])),
    };
  };

  return {
    simpleUser: (user) => account(user.login, user.id, user.type ?? 'User'),
    publicUser: (user) => publicAccount(account(user.login, user.id, user.type ?? 'User'), user.name),
    publicOrganisation: (organisation) => publicAccount(organisationAccount(organisation), organisation.login),
    organisationAccount,
    installation: (app, installation) => {
      const organisation = state.organisations.get(installation.organisation);
      return {
        id: installation.id,
        account: account(installation.organisation, organisation?.id ?? 0, installation.type ?? 'Organization'),
        repository_selection: installation.repositorySelection,
        access_tokens_url: api(`/app/installations/${installation.id}/access_tokens`),
        repositories_url: api('/installation/repositories'),
        html_url: web(`/organizations/${installation.organisation}/settings/installations/${installation.id}`),
        app_id: Number(app.appId),
        app_slug: app.appSlug,
        target_id: organisation?.id ?? 0,
        target_type: installation.type ?? 'Organization',
        permissions: Object.fromEntries(installation.permissions),
        events: [],
        created_at: CREATED,
        updated_at: UPDATED,
        single_file_name: null,
        suspended_by: installation.suspendedAt === undefined ? null : account('owner', 1, 'User'),
        suspended_at: installation.suspendedAt?.toISOString() ?? null,
      };
    },
    app: ({ appId, appSlug }) => ({
      id: Number(appId),
      slug: appSlug,
      node_id: nodeId('A', Number(appId)),
      owner: account('northwind-capital', 0, 'Organization'),
      name: appSlug,
      description: null,
      external_url: web(''),
      html_url: web(`/apps/${appSlug}`),
      created_at: CREATED,
      updated_at: UPDATED,
      permissions: {},
      events: [],
    }),
    secret: ({ name }) => ({ name, created_at: CREATED, updated_at: UPDATED }),
    organisationSecret: (organisation, { name }) => ({
      name,
      created_at: CREATED,
      updated_at: UPDATED,
      visibility: 'private',
      selected_repositories_url: api(`/orgs/${organisation.login}/actions/secrets/${name}/repositories`),
    }),
    variable: ({ name, value }) => ({ name, value, created_at: CREATED, updated_at: UPDATED }),
    organisationVariable: ({ name, value }) => ({
      name,
      value,
      visibility: 'all',
      created_at: CREATED,
      updated_at: UPDATED,
    }),
    runner: (runner) => ({
      id: runner.id,
      runner_group_id: 1,
      name: runner.name,
      os: runner.os,
      status: runner.status,
      busy: runner.busy,
      ephemeral: false,
      version: '2.328.0',
      labels: [
        ...['self-hosted', runner.os, 'x64'].map((name, index) => ({ id: index + 1, name, type: 'read-only' })),
        ...runner.labels.map((name, index) => ({ id: 100 + index, name, type: 'custom' })),
      ],
    }),
    repository,
    fullRepository: (row) => ({ ...repository(row), ...ofFullRepository(row) }),
    workflow: (row, workflow) => ({
      id: workflow.id,
      node_id: nodeId('W', workflow.id),
      name: workflow.name,
      path: workflow.path,
      state: workflow.state,
      created_at: CREATED,
      updated_at: UPDATED,
      url: api(`/repos/${row.owner}/${row.name}/actions/workflows/${workflow.id}`),
      html_url: web(`/${row.owner}/${row.name}/blob/main/${workflow.path}`),
      badge_url: web(`/${row.owner}/${row.name}/workflows/badge.svg`),
    }),
    run: (row, run) => {
      const workflow = row.workflows.get(String(run.workflowId));
      const base = api(`/repos/${row.owner}/${row.name}/actions/runs/${run.id}`);
      return {
        id: run.id,
        name: workflow?.name ?? null,
        node_id: nodeId('WFR', run.id),
        head_branch: 'main',
        head_sha: run.headSha ?? headOf(row),
        path: workflow?.path ?? '',
        display_title: workflow?.name ?? '',
        run_number: 1,
        run_attempt: 1,
        event: run.event,
        status: run.status ?? 'completed',
        conclusion: (run.status ?? 'completed') === 'completed' ? 'success' : null,
        workflow_id: run.workflowId,
        url: base,
        html_url: web(`/${row.owner}/${row.name}/actions/runs/${run.id}`),
        pull_requests: [],
        created_at: run.createdAt.toISOString(),
        updated_at: run.createdAt.toISOString(),
        run_started_at: run.createdAt.toISOString(),
        actor: userOf(run.actorId),
        triggering_actor: userOf(run.actorId),
        jobs_url: `${base}/jobs`,
        logs_url: `${base}/logs`,
        check_suite_url: api(`/repos/${row.owner}/${row.name}/check-suites/${run.id}`),
        artifacts_url: `${base}/artifacts`,
        cancel_url: `${base}/cancel`,
        rerun_url: `${base}/rerun`,
        workflow_url: api(`/repos/${row.owner}/${row.name}/actions/workflows/${run.workflowId}`),
        head_commit: null,
        head_repository: repository(row),
        repository: repository(row),
      };
    },
    fineGrainedToken: (organisation, token) => ({
      id: token.id,
      owner: userOf(token.ownerId),
      repository_selection: 'subset',
      repositories_url: api(`/organizations/${organisation.id}/personal-access-tokens/${token.id}/repositories`),
      permissions: { repository: { contents: 'write', metadata: 'read' } },
      access_granted_at: CREATED,
      token_id: token.tokenId,
      token_name: token.name,
      token_expired: false,
      token_expires_at: null,
      token_last_used_at: UPDATED,
    }),
    tokenRequest: (organisation, request) => ({
      id: request.id,
      reason: 'For the nightly export',
      owner: userOf(request.ownerId),
      repository_selection: 'all',
      repositories_url: api(
        `/organizations/${organisation.id}/personal-access-token-requests/${request.id}/repositories`,
      ),
      permissions: { repository: { contents: 'write', metadata: 'read' } },
      created_at: UPDATED,
      token_id: request.tokenId,
      token_name: request.name,
      token_expired: false,
      token_expires_at: null,
      token_last_used_at: null,
    }),
    membership: (organisation, user) => {
      const through = organisation.enterpriseTeams.get(user.id);
      const base = api(`/orgs/${organisation.login}`);
      const member = organisation.members.has(user.id);
      return {
        url: `${base}/memberships/${user.login}`,
        state: member ? 'active' : 'pending',
        role: organisation.owners.has(user.id) ? 'admin' : 'member',
        ...(through === undefined
          ? {}
          : {
              direct_membership: through.direct,
              enterprise_teams_providing_indirect_membership: [...through.teams],
            }),
        organization_url: base,
        organization: {
          login: organisation.login,
          id: organisation.id,
          node_id: nodeId('O', organisation.id),
          url: base,
          ...Object.fromEntries(
            ['repos', 'events', 'hooks', 'issues'].map((what) => [`${what}_url`, `${base}/${what}`]),
          ),
          members_url: `${base}/members{/member}`,
          public_members_url: `${base}/public_members{/member}`,
          avatar_url: web(`/avatars/${organisation.id}`),
          description: null,
        },
        user: account(user.login, user.id, 'User'),
        permissions: { can_create_repository: true },
      };
    },
    invitation: (organisation, { id, login, email, inviterId, role }) => ({
      id,
      node_id: nodeId('OI', id),
      login,
      email,
      role: role ?? 'direct_member',
      created_at: UPDATED,
      failed_at: null,
      failed_reason: null,
      inviter: userOf(inviterId),
      team_count: 0,
      invitation_teams_url: api(`/organizations/${organisation.id}/invitations/${id}/teams`),
      invitation_source: 'member',
    }),
    otherInstallation: (organisation, app) => ({
      id: 900_000 + app.id,
      account: organisationAccount(organisation),
      repository_selection: 'all',
      access_tokens_url: api(`/app/installations/${900_000 + app.id}/access_tokens`),
      repositories_url: api('/installation/repositories'),
      html_url: web(`/organizations/${organisation.login}/settings/installations/${900_000 + app.id}`),
      app_id: app.id,
      app_slug: app.slug,
      target_id: organisation.id,
      target_type: 'Organization',
      permissions: { contents: 'write', metadata: 'read' },
      events: [],
      created_at: CREATED,
      updated_at: UPDATED,
      single_file_name: null,
      suspended_by: app.suspended === true ? account('owner', 1, 'User') : null,
      suspended_at: app.suspended === true ? UPDATED : null,
    }),
    otherApp: (app) => ({
      id: app.id,
      slug: app.slug,
      node_id: nodeId('A', app.id),
      owner: userOf(app.ownerId),
      name: app.slug,
      description: null,
      external_url: web(''),
      html_url: web(`/apps/${app.slug}`),
      created_at: CREATED,
      updated_at: UPDATED,
      permissions: {},
      events: [],
    }),
    runnerGroup: (organisation, { id, name, inherited }) => ({
      id,
      name,
      visibility: 'all',
      default: name === 'Default',
      runners_url: api(`/orgs/${organisation.login}/actions/runner-groups/${id}/runners`),
      inherited,
      allows_public_repositories: false,
      restricted_to_workflows: false,
      selected_workflows: [],
      workflow_restrictions_read_only: false,
    }),
    credential: (credential) => ({
      login: credential.login,
      credential_id: credential.id,
      credential_type: credential.type,
      ...(credential.tokenLastEight === undefined ? {} : { token_last_eight: credential.tokenLastEight }),
      ...(credential.fingerprint === undefined ? {} : { fingerprint: credential.fingerprint }),
      ...(credential.scopes === undefined ? {} : { scopes: credential.scopes }),
      credential_authorized_at: CREATED,
      credential_accessed_at: UPDATED,
      authorized_credential_id: credential.id + 1_000_000,
      authorized_credential_title: credential.type === 'SSH key' ? (credential.note ?? null) : null,
      authorized_credential_note: credential.type === 'SSH key' ? null : (credential.note ?? null),
      authorized_credential_expires_at: null,
    }),
    deployKey: (row, key) => ({
      id: key.id,
      key: key.key,
      url: api(`/repos/${row.owner}/${row.name}/keys/${key.id}`),
      title: key.title,
      verified: true,
      created_at: key.createdAt?.toISOString() ?? CREATED,
      read_only: key.readOnly,
      added_by: key.addedBy,
      last_used: key.lastUsed?.toISOString() ?? null,
      enabled: key.disabled !== true,
    }),
    auditEvent: (organisation, { id, action, actorId, at, more }) => ({
      '@timestamp': at.getTime(),
      created_at: at.getTime(),
      _document_id: id,
      action,
      actor: state.users.get(String(actorId))?.login ?? 'ghost',
      actor_id: actorId,
      org: organisation.login,
      org_id: organisation.id,
      ...more,
    }),
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
    blob: (row, text) => ({
      sha: sha(text),
      node_id: nodeId('B', row.id),
      size: Buffer.byteLength(text),
      url: api(`/repos/${row.owner}/${row.name}/git/blobs/${sha(text)}`),
      content: Buffer.from(text).toString('base64'),
      encoding: 'base64',
    }),
    job: (row, run, job) => {
      const base = api(`/repos/${row.owner}/${row.name}`);
      return {
        id: job.id,
        run_id: run.id,
        run_url: `${base}/actions/runs/${run.id}`,
        run_attempt: 1,
        node_id: nodeId('CR', job.id),
        head_sha: run.headSha ?? headOf(row),
        head_branch: 'main',
        workflow_name: row.workflows.get(String(run.workflowId))?.name ?? null,
        url: `${base}/actions/jobs/${job.id}`,
        html_url: web(`/${row.owner}/${row.name}/actions/runs/${run.id}/job/${job.id}`),
        status: job.status,
        conclusion: job.status === 'completed' ? 'success' : null,
        created_at: run.createdAt.toISOString(),
        started_at: run.createdAt.toISOString(),
        completed_at: job.status === 'completed' ? UPDATED : null,
        name: job.name,
        steps: [],
        check_run_url: `${base}/check-runs/${job.id}`,
        labels: ['self-hosted'],
        runner_id: job.runnerId,
        runner_name: `runner ${job.runnerId}`,
        runner_group_id: 1,
        runner_group_name: 'Default',
      };
    },
    collaborator: (user) => ({ ...account(user.login, user.id, user.type ?? 'User'), role_name: 'admin' }),
    ref: (row, branch) => ({
      ref: `refs/heads/${branch}`,
      node_id: nodeId('REF', row.id),
      url: api(`/repos/${row.owner}/${row.name}/git/refs/heads/${branch}`),
      object: {
        type: 'commit',
        sha: headOf(row),
        url: api(`/repos/${row.owner}/${row.name}/git/commits/${headOf(row)}`),
      },
    }),
    file: contentFile,
    fileCommit: (row, path, text) => ({
      content: contentFile(row, path, text),
      commit: { sha: sha(`commit ${text}`), message: 'A change', parents: [] },
    }),
    pull: (row, pull) => {
      const base = api(`/repos/${row.owner}/${row.name}/pulls/${pull.number}`);
      const issue = api(`/repos/${row.owner}/${row.name}/issues/${pull.number}`);
      const app = account(`${state.appSlug}[bot]`, Number(state.appId), 'Bot');
      const side = (ref: string) => ({
        label: `${row.owner}:${ref}`,
        ref,
        repo: { ...repository(row), ...ofFullRepository(row) },
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

  function ofFullRepository(row: Repository) {
    return {
      clone_url: web(`/${row.owner}/${row.name}.git`),
      git_url: `git://github.localhost/${row.owner}/${row.name}.git`,
      ssh_url: `git@github.localhost:${row.owner}/${row.name}.git`,
      svn_url: web(`/${row.owner}/${row.name}`),
      mirror_url: null,
      homepage: null,
      language: null,
      license: null,
      default_branch: 'main',
      archived: row.archived,
      disabled: row.disabled === true,
      ...Object.fromEntries(
        ['issues', 'projects', 'wiki', 'pages', 'downloads', 'discussions'].map((what) => [`has_${what}`, false]),
      ),
      ...Object.fromEntries(REPOSITORY_COUNTS.map((name) => [name, 0])),
      pushed_at: row.pushedAt.toISOString(),
      created_at: row.createdAt.toISOString(),
      updated_at: UPDATED,
    };
  }

  function contentFile(row: Repository, path: string, text: string) {
    const base = api(`/repos/${row.owner}/${row.name}/contents/${path}`);
    const blob = api(`/repos/${row.owner}/${row.name}/git/blobs/${sha(text)}`);
    const page = web(`/${row.owner}/${row.name}/blob/main/${path}`);
    return {
      type: 'file',
      encoding: 'base64',
      size: Buffer.byteLength(text),
      name: path.split('/').at(-1) ?? path,
      path,
      content: Buffer.from(text).toString('base64'),
      sha: sha(text),
      url: base,
      git_url: blob,
      html_url: page,
      download_url: page,
      _links: { git: blob, self: base, html: page },
    };
  }
}

/** The latest commit of the default branch. */
export function headOf(repository: Repository): string {
  const files = [...repository.files].map(([path, text]) => `${path} ${sha(text)}`).sort();
  return sha(`head ${repository.id} ${repository.pushedAt.toISOString()} ${files.join('\n')}`);
}

/** GitHub's global ids are opaque; ours carry the number so that `nodes(ids:)` finds the row. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${id.toString(36)}`;
}

export function idOf(node: string): number {
  return Number.parseInt(node.slice(node.indexOf('_') + 1), 36);
}

/** The object id of a text, as git would name its blob. */
export function sha(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

const REPOSITORY_COUNTS = [
  'forks',
  'network_count',
  'subscribers_count',
  'forks_count',
  'open_issues',
  'open_issues_count',
  'size',
  'stargazers_count',
  'watchers',
  'watchers_count',
] as const;

const REPOSITORY_URLS = [
  ['archive', '{archive_format}{/ref}'],
  ['assignees', 'assignees{/user}'],
  ['blobs', 'git/blobs{/sha}'],
  ['branches', 'branches{/branch}'],
  ['collaborators', 'collaborators{/collaborator}'],
  ['comments', 'comments{/number}'],
  ['commits', 'commits{/sha}'],
  ['compare', 'compare/{base}...{head}'],
  ['contents', 'contents/{+path}'],
  ['contributors', 'contributors'],
  ['deployments', 'deployments'],
  ['downloads', 'downloads'],
  ['events', 'events'],
  ['forks', 'forks'],
  ['git_commits', 'git/commits{/sha}'],
  ['git_refs', 'git/refs{/sha}'],
  ['git_tags', 'git/tags{/sha}'],
  ['hooks', 'hooks'],
  ['issue_comment', 'issues/comments{/number}'],
  ['issue_events', 'issues/events{/number}'],
  ['issues', 'issues{/number}'],
  ['keys', 'keys{/key_id}'],
  ['labels', 'labels{/name}'],
  ['languages', 'languages'],
  ['merges', 'merges'],
  ['milestones', 'milestones{/number}'],
  ['notifications', 'notifications{?since,all,participating}'],
  ['pulls', 'pulls{/number}'],
  ['releases', 'releases{/id}'],
  ['stargazers', 'stargazers'],
  ['statuses', 'statuses/{sha}'],
  ['subscribers', 'subscribers'],
  ['subscription', 'subscription'],
  ['tags', 'tags'],
  ['teams', 'teams'],
  ['trees', 'git/trees{/sha}'],
] as const;
