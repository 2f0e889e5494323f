import type { Context, Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { armError, armOk } from '../answers.ts';
import type { ArmRoleAssignment, ArmState } from '../state.ts';
import { guard } from './guard.ts';

const PROVIDER = '/subscriptions/:sub/providers/microsoft.authorization';
const ACTION = 'Microsoft.Authorization';

/**
 * Who holds a role in a subscription, who may activate one, and what roles give. Without a filter a list has what lies
 * in the subscription and below; `atScope()` what lies there and above; `principalId eq` all of one principal.
 * Source: learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription
 */
export function roleRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const refuse = (c: Context, action: string, apiVersions: readonly string[]): Promise<Response | undefined> =>
    guard(core, state, c.req.raw, {
      action: `${ACTION}/${action}/read`,
      scope: `/subscriptions/${c.req.param('sub')}`,
      subscriptionId: c.req.param('sub') ?? '',
      apiVersions,
    });

  const list = (c: Context, eligible: boolean): Response => {
    const url = new URL(c.req.url);
    const sub = `/subscriptions/${c.req.param('sub')}`;
    const filter = url.searchParams.get('$filter');
    const wanted = /^principalId eq '([0-9a-f-]{36})'$/i.exec(filter ?? '')?.[1]?.toLowerCase();
    if (filter !== null && filter !== 'atScope()' && wanted === undefined) {
      return armError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`);
    }
    const within = ({ scope }: ArmRoleAssignment): boolean => scope.toLowerCase().startsWith(sub);
    const above = ({ scope }: ArmRoleAssignment): boolean =>
      scope.toLowerCase() === sub || !scope.toLowerCase().startsWith('/subscriptions/');
    const rows = state.roleAssignments.where((row) => {
      if (row.eligible !== eligible || !(within(row) || above(row))) return false;
      if (wanted !== undefined) return row.principalId.toLowerCase() === wanted;
      if (state.unlistedAssignments.has(row.id)) return false;
      return filter === null ? within(row) : above(row);
    });
    const start = Number(url.searchParams.get('$skiptoken') ?? '0');
    const end = start + state.pageSize;
    url.searchParams.set('$skiptoken', String(end));
    state.betweenPages();
    const value = rows.slice(start, end).map(({ id, scope, roleDefinitionId, principalId, principalType }) => ({
      id,
      name: id.split('/').at(-1),
      type: `${ACTION}/${eligible ? 'roleEligibilityScheduleInstances' : 'roleAssignments'}`,
      properties: { scope, roleDefinitionId, principalId, principalType },
    }));
    const more = end < rows.length ? { nextLink: `${core.origin('arm')}${url.pathname}${url.search}` } : {};
    return armOk({ value, ...more });
  };

  app.get(`${PROVIDER}/roleassignments`, async (c) => {
    const refused = await refuse(c, 'roleAssignments', ['2022-04-01']);
    return refused ?? list(c, false);
  });

  app.get(`${PROVIDER}/roleeligibilityscheduleinstances`, async (c) => {
    const refused = await refuse(c, 'roleEligibilityScheduleInstances', ['2020-10-01']);
    if (refused !== undefined) return refused;
    if (state.hasPim) return list(c, true);
    return armError(400, 'AadPremiumLicenseRequired', 'The tenant needs to have Microsoft Entra ID P2 license.');
  });

  app.get(`${PROVIDER}/roledefinitions`, async (c) => {
    const refused = await refuse(c, 'roleDefinitions', ['2022-04-01']);
    if (refused !== undefined) return refused;
    const sub = c.req.param('sub');
    const value = state.roleDefinitions.all().map(({ id, roleName, actions, notActions = [], dataActions = [] }) => ({
      // The same definition, by its id in the subscription that is asked.
      id: `/subscriptions/${sub}${id}`,
      name: id.split('/').at(-1),
      properties: {
        roleName,
        type: 'BuiltInRole',
        permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
      },
    }));
    return armOk({ value });
  });
}
