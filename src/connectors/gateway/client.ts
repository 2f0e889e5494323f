import type { ApiManagementClient } from '@azure/arm-apimanagement';
import type { FullOperationResponse, OperationOptions } from '@azure/core-client';
import { isRestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import { type ArmQuestion, armFailure, unavailable } from '../arm/arm-answer.ts';
import { armCallOptions, armClientOptions } from '../arm/client-options.ts';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';

const POLL = 'Microsoft.ApiManagement/service/tenant/operationResults/read';

/** Makes one call of the SDK and keeps its last answer. */
export async function ask(
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

/** The SDK's client of the configured service, and what its calls name it by. */
export async function gatewayOf(settings: GatewaySettings, identity: IdentityName): Promise<Gateway> {
  const { GATEWAY_APIM_ID: id = '' } = settings;
  const key = [settings.ARM_ENDPOINT, id, identity].join(' ');
  const known = gateways.get(key);
  if (known !== undefined) return known;
  // The setting's own check holds the form: /subscriptions/…/resourceGroups/…/providers/…/service/…
  const [, , subscriptionId = '', , resourceGroup = '', , , , service = ''] = id.split('/');
  // The SDK brings the operations of the whole service; nothing that leaves the gateway alone waits for that.
  const sdk = await import('@azure/arm-apimanagement');
  const client = new sdk.ApiManagementClient(
    credentialOf(settings, identity),
    subscriptionId,
    armClientOptions(settings),
  );
  const gateway = { client, resourceGroup, service };
  gateways.set(key, gateway);
  return gateway;
}
