import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { armError, armOk } from '../answers.ts';
import { pageOf } from '../listed-resources.ts';
import { guard } from '../roles/guard.ts';
import type { ArmEvent, ArmState } from '../state.ts';

const DAYS_KEPT_MS = 90 * 86_400_000;
const FILTER = /^eventTimestamp ge '([^']+)' and eventTimestamp le '([^']+)'(?: and resourceProvider eq '([^']+)')?$/;

/**
 * The activity log of a subscription, newest first. It takes the few filters that are documented, and looks no further back
 * than 90 days. Source: learn.microsoft.com/rest/api/monitor/activity-logs/list
 */
export function activityLogRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  app.get('/subscriptions/:sub/providers/microsoft.insights/eventtypes/management/values', async (c) => {
    const subscriptionId = c.req.param('sub');
    const refused = await guard(core, state, c.req.raw, {
      action: 'Microsoft.Insights/eventtypes/values/read',
      scope: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      apiVersions: ['2015-04-01'],
    });
    if (refused !== undefined) return refused;
    const [, from = '', to = '', provider] = FILTER.exec(c.req.query('$filter') ?? '') ?? [];
    if (from === '') return armError(400, 'BadRequest', 'The filter is missing, or of no pattern that is supported.');
    if (Date.parse(from) < core.now().getTime() - DAYS_KEPT_MS) {
      return armError(400, 'BadRequest', 'The start time cannot be more than 90 days in the past.');
    }
    const events = state.events
      .filter(
        (each) =>
          each.subscriptionId === subscriptionId &&
          each.at.getTime() >= Date.parse(from) &&
          each.at.getTime() <= Date.parse(to) &&
          (provider === undefined || each.provider.toLowerCase() === provider.toLowerCase()),
      )
      .toSorted((one, other) => other.at.getTime() - one.at.getTime());
    const page = pageOf(c, events, state.eventPageSize, core.origin('arm'));
    state.betweenPages();
    return armOk({ ...page, value: page.value.map(wire) });
  });
}

function wire(event: ArmEvent): object {
  const { at, caller, correlationId, operation, status, resourceId, provider, subscriptionId, properties } = event;
  const eventDataId = createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 32);
  const named = (value: string) => ({ value, localizedValue: value });
  return {
    caller,
    channels: 'Operation',
    correlationId,
    eventDataId,
    eventName: named('EndRequest'),
    category: named(operation.startsWith('Microsoft.Authorization/policies/') ? 'Policy' : 'Administrative'),
    eventTimestamp: at.toISOString().replace('Z', '0000Z'),
    id: `${resourceId}/events/${eventDataId}/ticks/${at.getTime()}`,
    level: status === 'Failed' ? 'Error' : 'Informational',
    operationId: correlationId,
    operationName: named(operation),
    resourceProviderName: named(provider),
    resourceId,
    status: named(status),
    submissionTimestamp: at.toISOString(),
    subscriptionId,
    ...(properties === undefined ? {} : { properties }),
  };
}

/** What Azure Policy writes of a request that it refused. */
export function refusal(
  event: Pick<ArmEvent, 'subscriptionId' | 'at' | 'caller' | 'correlationId' | 'resourceId'>,
  policies: readonly { readonly assignment: string; readonly reference?: string }[],
): ArmEvent {
  return {
    ...event,
    provider: 'Microsoft.ContainerInstance',
    operation: 'Microsoft.Authorization/policies/deny/action',
    status: 'Failed',
    properties: {
      isComplianceCheck: 'False',
      resourceLocation: 'westeurope',
      policies: JSON.stringify(
        policies.map(({ assignment, reference = '' }) => ({
          policyDefinitionId: `${assignment.replace('policyAssignments', 'policyDefinitions')}/`,
          policyDefinitionReferenceId: reference,
          policyDefinitionEffect: 'Deny',
          policyAssignmentId: `${assignment}/`,
        })),
      ),
    },
  };
}

/** What a compliance scan writes of what is there already: nothing was refused. */
export function scanned(event: ArmEvent): ArmEvent {
  return {
    ...event,
    caller: '1d78a85d-813d-46f0-b496-dd72f50a3ec0',
    operation: 'Microsoft.Authorization/policies/audit/action',
    status: 'Succeeded',
    properties: { ...event.properties, isComplianceCheck: 'True' },
  };
}
