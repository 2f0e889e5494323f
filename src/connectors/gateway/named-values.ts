import * as z from 'zod';
import { type ArmQuestion, readArmBody, requestIdOf, unavailable } from '../arm/arm-answer.ts';
import type { IdentityName } from '../credentials.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { ask, gatewayOf } from './client.ts';

/** A named value with the version of it that a change must name. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly etag: string;
}

const ACTION = 'Microsoft.ApiManagement/service/namedValues';
const Body = z.object({ properties: z.object({ value: z.string().nullish(), secret: z.boolean().nullish() }) });
const SecretBody = z.object({ value: z.string() });
/** Milliseconds between two questions whether a queued change is done, where Azure names none. */
const POLL_MS = 500;

/** Reads a named value. One call, or two where it is marked secret: its value is then only told by `listValue`. */
export async function readNamedValue(
  settings: GatewaySettings,
  identity: IdentityName,
  name: string,
): Promise<VendorResult<NamedValue>> {
  const { client, resourceGroup, service } = await gatewayOf(settings, identity);
  const question: ArmQuestion = { what: `read the named value ${name}`, action: `${ACTION}/read` };
  const first = await ask(settings, question, (options) =>
    client.namedValue.get(resourceGroup, service, name, options),
  );
  if (!first.ok) return first;
  const body = readArmBody(question, first.value, Body);
  if (!body.ok) return body;
  const etag = first.value.headers.get('etag');
  if (etag === undefined) return failed(unavailable(question, 'without an ETag', first.value));
  const { value, secret } = body.value.properties;
  if (typeof value === 'string') return ok({ name, value, etag });
  if (secret !== true) return failed(unavailable(question, 'without a value', first.value));
  const hidden: ArmQuestion = { what: `read the secret named value ${name}`, action: `${ACTION}/listValue/action` };
  const second = await ask(settings, hidden, (options) =>
    client.namedValue.listValue(resourceGroup, service, name, options),
  );
  if (!second.ok) return second;
  const told = readArmBody(hidden, second.value, SecretBody);
  return told.ok ? ok({ name, value: told.value.value, etag }) : told;
}

/**
 * Replaces a named value if nobody else changed it meanwhile; a conflict (412) otherwise. A change that Azure queues
 * is waited for up to the deadline of one call: only then the gateway refuses. Whether it does, its caller reads back: the
 * last answer of a queued change may be the operation's and not the named value's.
 */
export async function writeNamedValue(
  settings: GatewaySettings,
  identity: IdentityName,
  { name, etag }: NamedValue,
  value: string,
): Promise<VendorResult<void>> {
  const { client, resourceGroup, service } = await gatewayOf(settings, identity);
  const question: ArmQuestion = { what: `change the named value ${name}`, action: `${ACTION}/write` };
  const answer = await ask(settings, question, (options) =>
    client.namedValue.beginUpdateAndWait(
      resourceGroup,
      service,
      name,
      etag,
      { value },
      {
        ...options,
        updateIntervalInMs: POLL_MS,
      },
    ),
  );
  return answer.ok ? ok(undefined, requestIdOf(answer.value)) : answer;
}
