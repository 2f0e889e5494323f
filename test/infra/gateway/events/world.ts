import assert from 'node:assert/strict';
import { readToolCall } from '../../../../src/ingestion/tool-call.ts';
import { toolCall, userToken } from '../../support/gateway/callers.ts';
import type { GatewayRequest } from '../../support/gateway/simulated-gateway.ts';
import { testGateway } from '../../support/gateway/test-gateway.ts';

/** The first line of a private key, put together so that this file holds none. */
export const KEY_HEAD = `-----BEGIN ${'PRIVATE'} KEY-----`;

export const gateway = testGateway();

export const REQUEST_ID = '0f0e0d0c-0b0a-4908-8706-050403020100';

/** The events of one request, as the audit pipeline receives them. */
export async function eventsOf(request: GatewayRequest): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { events } = await gateway.call({ requestId: REQUEST_ID, ...request });
  return events.map(({ logger, text }) => {
    assert.equal(logger, 'mcp-audit-logger');
    const reading = readToolCall(new TextEncoder().encode(text));
    assert.equal(reading.kind, 'tool-call', reading.kind === 'rejected' ? reading.reason : '');
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  });
}

export async function eventOf(request: GatewayRequest): Promise<Readonly<Record<string, unknown>>> {
  const [event, ...more] = await eventsOf(request);
  assert.ok(event !== undefined);
  assert.deepEqual(more, []);
  return event;
}

export async function resourceOf(parameters: Readonly<Record<string, unknown>>): Promise<string> {
  const token = userToken('mcp.tools.read mcp.tools.write');
  const event = await eventOf({ policy: 'filesystem', body: toolCall('read_file', parameters), token });
  return String(event.resource_accessed);
}
