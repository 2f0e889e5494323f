import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { answer, onePage } from './answers.ts';
import { guard } from './guard.ts';
import type { DevOpsState } from './state/state.ts';

/** `auditservice.dev.azure.com`: the events of a window. The answer names a next page even where there is no more. */
export function auditRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.get('/:organisation/_apis/audit/auditlog', async (c) => {
    const refused = await guard(core, state, c.req.raw, { scope: 'vso.auditlog', versions: ['7.1-preview.1'] });
    if (refused !== undefined) return refused;
    const url = new URL(c.req.url);
    const [from, to] = ['startTime', 'endTime'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
    const events =
      state.behaviour.auditing === 'off'
        ? []
        : state.audit.where(
            ({ timestamp }) => Date.parse(timestamp) >= (from ?? 0) && Date.parse(timestamp) <= (to ?? 0),
          );
    const start = Number(url.searchParams.get('continuationToken') ?? 0);
    const { rows, next } = onePage(state, url, events, start);
    return answer(state, {
      decoratedAuditLogEntries: rows.map((event) => ({ ...event, area: event.actionId.split('.')[0], details: '' })),
      continuationToken: String(next ?? events.length),
      hasMore: next !== undefined,
    });
  });
}
