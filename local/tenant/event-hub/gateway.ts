import { randomUUID } from 'node:crypto';
import { type Principal, principal } from '../core/principals.ts';
import type { Tenant } from '../core/start-tenant.ts';
import { WORLD } from '../seeds/world.ts';
import { EVENT_HUBS_RESOURCE } from './vendor.ts';

/** The event that the gateway's policy sends for one tool call. */
export interface ToolCallEvent {
  readonly timestamp: string;
  readonly caller_oid: string;
  readonly caller_upn: string;
  readonly mcp_server: string;
  readonly tool_name: string;
  readonly tool_class: string;
  readonly scope_used: string;
  readonly resource_accessed: string;
  readonly latency_ms: number;
  readonly response_status: number;
  readonly apim_request_id: string;
}

/** The gateway's own identity, which may send to the hub and nothing else. */
export function gatewayPrincipal(): Principal {
  const { clientId, oid } = WORLD.apim.identity;
  const gateway = principal('gateway', clientId, oid);
  gateway.eventHubs.add('send');
  return gateway;
}

/** A call that the leaver makes now, or whatever the test wants to be otherwise. */
export function toolCallEvent(more: Partial<ToolCallEvent> = {}): ToolCallEvent {
  return {
    timestamp: new Date().toISOString(),
    caller_oid: WORLD.leaver.oid,
    caller_upn: WORLD.leaver.userPrincipalName,
    mcp_server: 'filesystem',
    tool_name: 'read_file',
    tool_class: 'read',
    scope_used: 'mcp.tools.read',
    resource_accessed: '/documents/finance/board/document-0001.pdf',
    latency_ms: 41,
    response_status: 200,
    apim_request_id: randomUUID(),
    ...more,
  };
}

/**
 * Sends events to the hub with the gateway's token; texts go as they are. API Management speaks AMQP, which a client of
 * the REST API cannot be told from by what arrives.
 */
export async function sendToolCalls(
  { tokens, origin }: Pick<Tenant, 'tokens' | 'origin'>,
  events: readonly (ToolCallEvent | string)[],
  partition?: number,
): Promise<void> {
  const { clientId, oid } = WORLD.apim.identity;
  const token = await tokens.issue({ audience: EVENT_HUBS_RESOURCE, clientId, oid });
  const hub = `${origin('eventHub')}/${WORLD.audit.eventHub}`;
  const response = await fetch(`${partition === undefined ? hub : `${hub}/partitions/${partition}`}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/vnd.microsoft.servicebus.json',
    },
    body: JSON.stringify(events.map((event) => ({ Body: typeof event === 'string' ? event : JSON.stringify(event) }))),
  });
  if (response.status !== 201) throw new Error(`the hub answered ${response.status}: ${await response.text()}`);
}
