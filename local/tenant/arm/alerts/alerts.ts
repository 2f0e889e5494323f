import type { Context, Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { armError, armOk } from '../answers.ts';
import { guard, heldBy } from '../roles/guard.ts';
import type { ArmAlert, ArmState } from '../state.ts';

const DAY_MS = 86_400_000;
const RANGES_MS: Readonly<Record<string, number>> = {
  '1h': DAY_MS / 24,
  '1d': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};
const SERVICE = '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.apimanagement/service/:service';

/**
 * Alerts that fired: of the last day, where nobody asks for more, and 25 a page. Source: azure-rest-api-specs,
 * Microsoft.AlertsManagement 2025-05-25-preview. And where the gateway's own log goes.
 */
export function alertRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  app.get('/subscriptions/:sub/providers/microsoft.alertsmanagement/alerts', async (c) => {
    const subscriptionId = c.req.param('sub');
    const refused = await guard(core, state, c.req.raw, {
      action: undefined,
      scope: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      apiVersions: ['2025-05-25-preview'],
    });
    if (refused !== undefined) return refused;
    const context = c.req.query('includeContext') === 'true';
    const size = Number(c.req.query('pageCount') ?? '25');
    if (!(size >= 1 && size <= (context ? 25 : 250))) return badRequest('pageCount');
    const range = RANGES_MS[c.req.query('timeRange') ?? '1d'];
    if (range === undefined) return badRequest('timeRange');
    const held = await heldBy(core, c.req.raw);
    const rule = c.req.query('alertRule')?.toLowerCase();
    const since = core.now().getTime() - range;
    const all = state.alerts.where(
      (each) =>
        held.has('Microsoft.AlertsManagement/alerts/read') &&
        each.startedAt.getTime() >= since &&
        (rule === undefined || each.ruleId.toLowerCase() === rule),
    );
    const answer = paged(c, all, Math.min(size, state.alertPageSize), core.origin('arm'), (each) =>
      wire(each, subscriptionId, context),
    );
    state.betweenPages();
    return armOk(answer);
  });

  app.get(`${SERVICE}/providers/microsoft.insights/diagnosticsettings`, async (c) => {
    const { pathname } = new URL(c.req.url);
    const refused = await guard(core, state, c.req.raw, {
      action: 'Microsoft.Insights/diagnosticSettings/read',
      scope: pathname,
      subscriptionId: c.req.param('sub'),
      apiVersions: ['2021-05-01-preview'],
    });
    if (refused !== undefined) return refused;
    const within = (id: string): boolean => id.toLowerCase().replace(/\/[^/]+$/, '') === pathname.toLowerCase();
    const below = state.diagnosticSettings.where(({ id }) => within(id));
    return armOk({ value: below.map(({ subscriptionId: _, ...row }) => row) });
  });
}

function wire(
  { id, ruleId, startedAt, suppressed, dimensions }: ArmAlert,
  subscriptionId: string,
  context: boolean,
): object {
  const condition = { allOf: [{ dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })) }] };
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.AlertsManagement/alerts/${id}`,
    name: ruleId.split('/').at(-1),
    type: 'Microsoft.AlertsManagement/alerts',
    properties: {
      essentials: {
        severity: 'Sev1',
        signalType: 'Log',
        alertState: 'New',
        monitorCondition: 'Resolved',
        monitorService: 'Log Alerts V2',
        alertRule: ruleId,
        startDateTime: startedAt.toISOString(),
        lastModifiedDateTime: startedAt.toISOString(),
        ...(suppressed === undefined ? {} : { actionStatus: { isSuppressed: suppressed } }),
      },
      // Its form for these alerts is not documented; this is that of the common schema.
      ...(context ? { context: { properties: null, conditionType: 'LogQueryCriteria', condition } } : {}),
    },
  };
}

function paged<T>(
  c: Context,
  all: readonly T[],
  size: number,
  origin: string,
  wired: (row: T) => object,
): { readonly value: readonly object[]; readonly nextLink?: string } {
  const from = Number(c.req.query('ctoken') ?? '0');
  const value = all.slice(from, from + size).map(wired);
  if (from + size >= all.length) return { value };
  const next = new URL(c.req.url);
  next.searchParams.set('ctoken', String(from + size));
  return { value, nextLink: `${origin}${next.pathname}${next.search}` };
}

function badRequest(parameter: string): Response {
  return armError(400, 'BadRequest', `The value of the query parameter '${parameter}' is not allowed.`);
}
