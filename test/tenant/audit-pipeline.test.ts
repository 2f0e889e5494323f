import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startTenant } from '../../local/tenant/core/start-tenant.ts';
import { gatewayPrincipal, sendToolCalls, toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { serveReceivers } from '../../local/tenant/event-hub/receivers.ts';
import { emptyEventHub } from '../../local/tenant/event-hub/state.ts';
import { EVENT_HUBS_RESOURCE, makeEventHub } from '../../local/tenant/event-hub/vendor.ts';
import { emptyIngestion, makeIngestion } from '../../local/tenant/ingestion/vendor.ts';
import { emptyLogs } from '../../local/tenant/logs/state.ts';
import { appPrincipals } from '../../local/tenant/seeds/principals.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';

const hub = emptyEventHub(4);
const logs = emptyLogs();
const tenant = await startTenant({
  tenantId: WORLD.tenantId,
  principals: [...Object.values(appPrincipals()), gatewayPrincipal()],
  vendors: (core) => [makeEventHub(core, hub), makeIngestion(core, logs, emptyIngestion())],
});
const receivers = await serveReceivers(tenant.core, hub);
after(() => Promise.all([tenant.close(), receivers.close()]));

type Who = { readonly clientId: string; readonly oid: string };
const { reader, ingestor } = WORLD.app;
const gateway = WORLD.apim.identity;
const bearer = async ({ clientId, oid }: Who, audience: string): Promise<string> =>
  `Bearer ${await tenant.tokens.issue({ audience, clientId, oid })}`;

async function send(
  who: Who,
  body: string,
  contentType: string,
  path: string = WORLD.audit.eventHub,
  audience = EVENT_HUBS_RESOURCE,
) {
  const headers = { authorization: await bearer(who, audience), 'content-type': contentType };
  return (await fetch(`${tenant.origin('eventHub')}/${path}/messages`, { method: 'POST', headers, body })).status;
}

async function upload(
  rows: unknown,
  {
    who = ingestor as Who,
    rule = WORLD.audit.ruleId as string,
    stream = WORLD.audit.stream as string,
    raw = false,
  } = {},
): Promise<{ readonly status: number; readonly code?: string }> {
  const body = typeof rows === 'string' ? rows : JSON.stringify(rows);
  const response = await fetch(
    `${tenant.origin('ingestion')}/dataCollectionRules/${rule}/streams/${stream}?api-version=2023-01-01`,
    {
      method: 'POST',
      headers: {
        authorization: await bearer(who, 'https://monitor.azure.com'),
        'content-type': 'application/json',
        ...(raw ? {} : { 'content-encoding': 'gzip' }),
      },
      body: raw ? body : new Uint8Array(gzipSync(body)),
    },
  );
  const text = await response.text();
  const code = text === '' ? undefined : (JSON.parse(text) as { error: { code: string } }).error.code;
  return code === undefined ? { status: response.status } : { status: response.status, code };
}

test('the hub takes events, one or many, from whoever may send, and from nobody else', async () => {
  const held = (): number => hub.partitions.flat().length;
  const batch = 'application/vnd.microsoft.servicebus.json';
  await sendToolCalls(tenant, [toolCallEvent(), 'text']);
  assert.equal(await send(gateway, '{"one":1}', 'application/json'), 201);
  assert.equal(held(), 3);
  assert.equal(await send(ingestor, '{}', 'application/json'), 401);
  assert.equal(await send(gateway, '{}', 'application/json', 'other-hub'), 404);
  assert.equal(await send(gateway, '{}', 'application/json', undefined, 'https://monitor.azure.com'), 401);
  assert.equal(await send(gateway, '{"Body":"no list"}', batch), 400);
  assert.equal(await send(gateway, 'a'.repeat(1_048_577), 'text/plain'), 413);
  assert.equal(held(), 3);
});

test('events with one partition key lie in one partition, in order', async () => {
  const message = (n: number) => ({ Body: `key ${n}`, BrokerProperties: { PartitionKey: 'oid-1' } });
  for (const n of [1, 2, 3]) {
    assert.equal(await send(gateway, JSON.stringify([message(n)]), 'application/vnd.microsoft.servicebus.json'), 201);
  }
  const found = hub.partitions.map((events) =>
    events.map(({ body }) => body.toString('utf8')).filter((text) => text.startsWith('key')),
  );
  assert.deepEqual(
    found.filter(({ length }) => length > 0),
    [['key 1', 'key 2', 'key 3']],
  );
});

test('receivers need the role, the hub and the consumer group', async () => {
  const ask = async (who: Who, group: string): Promise<number> => {
    const headers = { authorization: await bearer(who, EVENT_HUBS_RESOURCE) };
    const url = `${receivers.url}/${WORLD.audit.eventHub}/consumergroups/${group}/partitions`;
    return (await fetch(url, { headers })).status;
  };
  assert.deepEqual(
    [
      await ask(ingestor, 'offboarding'),
      await ask(ingestor, 'another'),
      await ask(gateway, 'offboarding'),
      await ask(reader, 'offboarding'),
    ],
    [200, 404, 401, 401],
  );
});

test('rows that are taken are in the table, with the declared columns only and a time that the service believes', async () => {
  const now = new Date();
  const old = new Date(now.getTime() - 3 * 86_400_000).toISOString();
  const rows = [
    { TimeGenerated: now.toISOString(), timestamp_t: old, caller_oid_s: 'a', latency_ms_d: 1.5, surplus: 'x' },
    { TimeGenerated: old, timestamp_t: 'never', caller_oid_s: 7, latency_ms_d: '1.5' },
  ];
  assert.deepEqual(await upload(rows), { status: 204 });
  const [first, second] = logs.rows;
  assert.deepEqual([first?.TimeGenerated, first?.timestamp_t, first?.latency_ms_d], [now, new Date(old), 1.5]);
  assert.ok(first !== undefined && !('surplus' in first));
  assert.deepEqual([second?.timestamp_t, second?.caller_oid_s, second?.latency_ms_d], [null, '', null]);
  assert.ok(second?.TimeGenerated instanceof Date && second.TimeGenerated >= now);
});

test('an upload is refused as the service refuses it, and nothing of it is in the table', async () => {
  const before = logs.rows.length;
  const large = [{ resource_accessed_s: 'a'.repeat(1_048_576) }];
  assert.deepEqual(await upload([{}], { who: reader }), { status: 403, code: 'OperationFailed' });
  assert.deepEqual(await upload([{}], { rule: 'dcr-other' }), { status: 404, code: 'NotFound' });
  assert.deepEqual(await upload([{}], { stream: 'Custom-Other' }), { status: 400, code: 'InvalidStream' });
  assert.deepEqual(await upload({}), { status: 400, code: 'InvalidRequest' });
  assert.deepEqual(await upload('[{'), { status: 400, code: 'InvalidRequest' });
  // Small enough when compressed: it is the content that counts.
  assert.deepEqual(await upload(large), { status: 413, code: 'ContentLengthLimitExceeded' });
  assert.deepEqual(await upload(large, { raw: true }), { status: 413, code: 'ContentLengthLimitExceeded' });
  assert.equal(logs.rows.length, before);
});
