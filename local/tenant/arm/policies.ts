import type { Context, Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armError, armOk } from './answers.ts';
import { pageOf } from './listed-resources.ts';
import { guard } from './roles/guard.ts';
import type { ArmObject, ArmState } from './state.ts';

const PROVIDER = 'Microsoft.Authorization';
const LISTS = [
  ['policyAssignments', ['2023-04-01', '2024-05-01', '2025-03-01']],
  ['policyDefinitions', ['2023-04-01', '2025-03-01']],
  ['policySetDefinitions', ['2023-04-01', '2025-03-01']],
  ['policyExemptions', ['2022-07-01-preview']],
  ['policyEnrollments', ['2026-01-01-preview']],
] as const;
type PolicyType = (typeof LISTS)[number][0];

/**
 * Azure Policy of a subscription. Without a filter a list of assignments or exemptions has what lies above, at and inside
 * the subscription; `atScope()` leaves out what lies inside. Definitions are listed with those of the management groups
 * above, and with Azure’s own unless the filter wants custom ones.
 * Source: learn.microsoft.com/rest/api/policy (the lists by subscription)
 */
export function policyRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  for (const [type, apiVersions] of LISTS) {
    app.get(`/subscriptions/:sub/providers/${PROVIDER}/${type}`.toLowerCase(), async (c) => {
      const sub = c.req.param('sub') ?? '';
      const scope = `/subscriptions/${sub}`;
      const action = `${PROVIDER}/${type}/read`;
      const refused = await guard(core, state, c.req.raw, { action, scope, subscriptionId: sub, apiVersions });
      if (refused !== undefined) return refused;
      const wanted = filterOf(c, type);
      if (wanted === undefined) {
        return armError(400, 'InvalidFilterInQueryString', `The filter '${c.req.query('$filter')}' is not supported.`);
      }
      const rows = state.policyObjects.where((row) => isOf(row, type) && wanted(row, scope));
      const page = pageOf(c, rows, state.policyPageSize, core.origin('arm'));
      state.betweenPages();
      return armOk({
        ...page,
        value: page.value.map((row) => ({ ...row, name: row.id.split('/').at(-1), type: `${PROVIDER}/${type}` })),
      });
    });
  }

  app.post('/subscriptions/:sub/providers/microsoft.policyinsights/policystates/latest/summarize', async (c) => {
    const refused = await guard(core, state, c.req.raw, {
      action: 'Microsoft.PolicyInsights/policyStates/summarize/action',
      scope: `/subscriptions/${c.req.param('sub')}`,
      subscriptionId: c.req.param('sub'),
      apiVersions: ['2024-10-01'],
    });
    if (refused !== undefined) return refused;
    const policyAssignments = [...state.nonCompliant].map(([policyAssignmentId, nonCompliantResources]) => ({
      policyAssignmentId,
      policySetDefinitionId: '',
      results: { queryResultsUri: null, nonCompliantResources, nonCompliantPolicies: 1 },
      policyDefinitions: [],
    }));
    const nonCompliantResources = [...state.nonCompliant.values()].reduce((sum, each) => sum + each, 0);
    const results = { queryResultsUri: null, nonCompliantResources, nonCompliantPolicies: policyAssignments.length };
    return armOk({ '@odata.count': 1, value: [{ '@odata.id': null, results, policyAssignments }] });
  });
}

type Wanted = (row: ArmObject, subscription: string) => boolean;

/** Which rows a filter leaves; undefined for one that Azure does not take. */
function filterOf(c: Context, type: PolicyType): Wanted | undefined {
  const filter = c.req.query('$filter');
  const definitions = type === 'policyDefinitions' || type === 'policySetDefinitions';
  if (definitions) {
    if (filter === undefined) return (row, sub) => isAtOrAbove(row, sub) || isBuiltIn(row);
    return /^policyType eq 'Custom'$/i.test(filter) ? isAtOrAbove : undefined;
  }
  if (filter === undefined) return (row, sub) => isAtOrAbove(row, sub) || isInside(row, sub);
  return filter === 'atScope()' ? isAtOrAbove : undefined;
}

function isOf({ id }: ArmObject, type: string): boolean {
  return id.toLowerCase().includes(`/providers/${PROVIDER}/${type}/`.toLowerCase());
}

/** The scope is what stands before the provider; Azure’s own have none. */
function scopeOf({ id }: ArmObject): string {
  return id.toLowerCase().split(`/providers/${PROVIDER.toLowerCase()}/`)[0] ?? '';
}

function isBuiltIn(row: ArmObject): boolean {
  return scopeOf(row) === '';
}

function isAtOrAbove(row: ArmObject, subscription: string): boolean {
  const scope = scopeOf(row);
  return scope === subscription.toLowerCase() || scope.startsWith('/providers/microsoft.management/managementgroups/');
}

function isInside(row: ArmObject, subscription: string): boolean {
  return scopeOf(row).startsWith(`${subscription.toLowerCase()}/`);
}
