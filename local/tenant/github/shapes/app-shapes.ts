import type { Installation, OtherApp, OwnApp } from '../state/state-apps.ts';
import type { Organisation } from '../state/state-organisation.ts';
import { nodeId } from './node-ids.ts';
import { CREATED, type ShapeParts, UPDATED } from './shape-parts.ts';

/** Apps, ours and others’, and where they are installed. */
export interface AppShapes {
  installation(app: OwnApp, installation: Installation): object;
  app(app: OwnApp): object;
  otherInstallation(organisation: Organisation, app: OtherApp): object;
  otherApp(app: OtherApp): object;
}

/** Apps in GitHub’s JSON. */
export function appShapes({ state, api, web, account, userOf, organisationAccount }: ShapeParts): AppShapes {
  return {
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
  };
}
