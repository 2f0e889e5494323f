import type { Context, Hono } from 'hono';
import type { Collection } from '../core/collection.ts';
import type { TenantCore } from '../core/vendor.ts';
import { armOk } from './answers.ts';
import { guard, heldBy } from './roles/guard.ts';
import type { ArmResource, ArmState } from './state.ts';

/** What runs programs besides container groups, with the versions of its API. */
const RUNS_PROGRAMS = [
  ['Microsoft.App/containerApps', ['2024-03-01']],
  ['Microsoft.App/jobs', ['2024-03-01']],
  ['Microsoft.App/managedEnvironments', ['2024-03-01']],
  ['Microsoft.ContainerService/managedClusters', ['2024-05-01']],
  ['Microsoft.Web/sites', ['2023-12-01']],
] as const;

/** What tells somebody: rules over logs, whom they tell, and what changes that on the way. */
const MONITORING = [
  ['Microsoft.Insights/scheduledQueryRules', ['2023-12-01']],
  ['Microsoft.Insights/actionGroups', ['2023-01-01']],
  ['Microsoft.AlertsManagement/actionRules', ['2021-08-08']],
] as const;

/** Resources of a subscription, list by list. Azure leaves out of such a list what its reader may not read. */
export function listedResourceRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const kinds = [
    ['Microsoft.ContainerInstance/containerGroups', ['2023-05-01'], () => state.containerGroups.all()],
    ['Microsoft.KeyVault/vaults', ['2023-07-01'], () => state.vaults.all()],
    ...RUNS_PROGRAMS.map(([type, versions]) => [type, versions, () => ofType(state.programs, type)] as const),
    ...MONITORING.map(([type, versions]) => [type, versions, () => ofType(state.monitoring, type)] as const),
  ] as const;
  for (const [type, apiVersions, rows] of kinds) {
    app.get(`/subscriptions/:sub/providers/${type.toLowerCase()}`, async (c) => {
      const subscriptionId = c.req.param('sub');
      const scope = `/subscriptions/${subscriptionId}`;
      const refused = await guard(core, state, c.req.raw, { action: undefined, scope, subscriptionId, apiVersions });
      if (refused !== undefined) return refused;
      const held = await heldBy(core, c.req.raw);
      const all = held.has(`${type}/read`) ? rows().filter((row) => row.subscriptionId === subscriptionId) : [];
      const page = pageOf(c, all, state.resourcePageSize, core.origin('arm'));
      state.betweenPages();
      return armOk({ ...page, value: page.value.map(({ subscriptionId: _, ...row }) => ({ ...row, type })) });
    });
  }
}

function ofType(resources: Collection<ArmResource>, type: string): ArmResource[] {
  return resources.where(({ id }) => id.toLowerCase().includes(`/providers/${type.toLowerCase()}/`));
}

/** A page of a list, and where the next one is. */
export function pageOf<T>(
  c: Context,
  all: readonly T[],
  size: number,
  origin: string,
): { value: readonly T[]; nextLink?: string } {
  const from = Number(c.req.query('$skipToken') ?? '0');
  const value = all.slice(from, from + size);
  if (from + size >= all.length) return { value };
  const next = new URL(c.req.url);
  next.searchParams.set('$skipToken', String(from + size));
  return { value, nextLink: `${origin}${next.pathname}${next.search}` };
}
