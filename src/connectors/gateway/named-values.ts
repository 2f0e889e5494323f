import { ApiManagementClient } from '@azure/arm-apimanagement';
import type { FullOperationResponse, OperationOptions } from '@azure/core-client';
import { isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import { type ArmQuestion, armFailure, readArmBody, requestIdOf, unavailable } from '../arm/arm-answer.ts';
import { armCallOptions, armClientOptions } from '../arm/client-options.ts';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';

/** A named value with the version of it that a change must name. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly etag: string;
}

const ACTION = 'Microsoft.ApiManagement/service/namedValues';
const POLL = 'Microsoft.ApiManagement/service/tenant/operationResults/read';
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
  const { client, resourceGroup, service } = gatewayOf(settings, identity);
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
  const { client, resourceGroup, service } = gatewayOf(settings, identity);
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

/** Makes one call of the SDK and keeps its last answer. */
async function ask(
  settings: GatewaySettings,
  question: ArmQuestion,
  call: (options: OperationOptions) => Promise<unknown>,
): Promise<VendorResult<FullOperationResponse>> {
  let last: FullOperationResponse | undefined;
  const onResponse = (response: FullOperationResponse): void => {
    last = response;
  };
  try {
    await call({ ...armCallOptions(settings), onResponse });
  } catch (error) {
    return failed(operationFailure(question, error, last));
  }
  return last === undefined ? failed(unavailable(question, 'not at all')) : ok(last);
}

const Operation = z.object({ status: z.string(), error: z.object({ code: z.string() }).nullish() });
/** Words of an error that may be repeated: a code, never a message, which can hold anything. */
const CODE = /^[\w.]{1,120}$/;

/**
 * What a change that Azure queued has failed of: the question for its result has an action of its own, and an operation
 * that failed is an answer with 200, of which the SDK makes an error without one.
 */
function operationFailure(
  question: ArmQuestion,
  error: unknown,
  last: FullOperationResponse | undefined,
): VendorFailure {
  const refused = isRestError(error) ? error.response : undefined;
  if (refused !== undefined) {
    const polled = /\/operationResults\//i.test(refused.request.url);
    return armFailure(
      polled ? { what: `say what became of its order to ${question.what}`, action: POLL } : question,
      error,
    );
  }
  const body = Operation.safeParse(jsonOf(last?.bodyAsText));
  if (last === undefined || !body.success) return armFailure(question, error);
  const { status, error: why } = body.data;
  const code = why?.code !== undefined && CODE.test(why.code) ? ` (${why.code})` : '';
  return unavailable(question, `that it ${CODE.test(status) ? status : 'did not'}${code}`);
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

interface Gateway {
  readonly client: ApiManagementClient;
  readonly resourceGroup: string;
  readonly service: string;
}

const gateways = new Map<string, Gateway>();

function gatewayOf(settings: GatewaySettings, identity: IdentityName): Gateway {
  const { GATEWAY_APIM_ID: id = '' } = settings;
  const key = [settings.ARM_ENDPOINT, id, identity].join(' ');
  const known = gateways.get(key);
  if (known !== undefined) return known;
  // The setting's own check holds the form: /subscriptions/…/resourceGroups/…/providers/…/service/…
  const [, , subscriptionId = '', , resourceGroup = '', , , , service = ''] = id.split('/');
  const client = new ApiManagementClient(credentialOf(settings, identity), subscriptionId, armClientOptions(settings));
  const gateway = { client, resourceGroup, service };
  gateways.set(key, gateway);
  return gateway;
}
