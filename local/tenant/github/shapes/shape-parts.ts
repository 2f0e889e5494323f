import type { GitHubState } from '../state/state.ts';
import type { Organisation } from '../state/state-organisation.ts';
import { nodeId } from './node-ids.ts';

/** Moments that do not matter to the story. */
export const CREATED = '2024-03-04T09:00:00Z';
export const UPDATED = '2026-10-01T09:00:00Z';

/** What shapes of every subject are made with: the rows, addresses, and accounts wherever one is shown. */
export type ShapeParts = ReturnType<typeof shapeParts>;

/** The parts of shapes that are answered from an origin. */
export function shapeParts(state: GitHubState, origin: () => string) {
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
  return { state, api, web, account, userOf, organisationAccount };
}
