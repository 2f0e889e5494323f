import { fc } from '../support/properties.ts';

const oid = fc.uuid();
const words = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '/documents/a/b.pdf', '💥'));

/** The fields of a tool call that is in order, ids from a few so that some repeat. */
const fields = fc.record({
  timestamp: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  caller_oid: fc.oneof(oid, fc.constant('')),
  caller_upn: words,
  mcp_server: words,
  tool_name: words,
  tool_class: fc.constantFrom('read', 'write', 'admin', 'secrets', ''),
  scope_used: words,
  resource_accessed: words,
  latency_ms: fc.nat(),
  response_status: fc.integer({ min: 0, max: 599 }),
  apim_request_id: fc.oneof(fc.uuid(), fc.constantFrom('first', 'second')),
});

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? '');

const good = fields.map(bytes);
const bad = fc.oneof(
  fc.uint8Array(),
  fc.json().map((text) => Buffer.from(text)),
  good.map((event) => event.slice(0, event.length - 3)),
  // One field missing, or of another type.
  fc
    .tuple(
      fields,
      fc.constantFrom('timestamp', 'caller_oid', 'latency_ms', 'apim_request_id', 'tool_name'),
      fc.jsonValue(),
    )
    .map(([event, field, value]) => bytes({ ...event, [field]: value })),
);

/** What may lie in a hub: calls, the same call again, and anything else. */
export const batches = fc
  .array(fc.oneof({ arbitrary: good, weight: 3 }, bad), { maxLength: 12 })
  .chain((events) => fc.shuffledSubarray([...events, ...events.slice(0, 3)], { minLength: events.length }))
  .map((bodies) => bodies.map((body, index) => ({ body, sequenceNumber: index })));
