import { ServiceClient } from '@azure/core-client';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import type * as z from 'zod';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { failed, type VendorResult } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import { type ArmQuestion, armFailure, readArmBody, unavailable } from './arm-answer.ts';
import { armCallOptions, armClientOptions } from './client-options.ts';

export interface ArmRead<T> extends ArmQuestion {
  readonly identity: IdentityName;
  /** Resource id, and whatever is read below it. */
  readonly path: string;
  readonly apiVersion: string;
  /** What is asked besides the version: `$filter`. */
  readonly query?: Readonly<Record<string, string>>;
  /** Azure answers some questions to a POST alone; it changes nothing either. */
  readonly method?: 'POST';
  /** The next page of what `path` lists, as Azure named it. */
  readonly link?: string;
  readonly shape: z.ZodType<T>;
}

const clients = new Map<string, ServiceClient>();

/** One question to Azure Resource Manager, where a client library of its own would weigh more than the call is worth. */
export async function readResource<T>(
  settings: ArmSettings,
  { identity, path, link, apiVersion, query = {}, method, shape, ...question }: ArmRead<T>,
): Promise<VendorResult<T>> {
  // The access token goes along, so a link is followed to Azure's own origin only.
  if (link !== undefined && (!URL.canParse(link) || new URL(link).origin !== new URL(settings.ARM_ENDPOINT).origin)) {
    return failed(unavailable(question, 'a link to the next page that cannot be followed'));
  }
  const asked = Object.entries(query).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  const request = createPipelineRequest({
    url: link ?? `${settings.ARM_ENDPOINT}${path}?api-version=${apiVersion}${asked.join('')}`,
    headers: createHttpHeaders({ accept: 'application/json' }),
    ...(method === undefined ? {} : { method }),
    ...armCallOptions(settings),
  });
  try {
    const response = await clientOf(settings, identity).sendRequest(request);
    // The base client hands errors out as answers.
    if (response.status !== 200) {
      return failed(armFailure(question, new RestError('', { statusCode: response.status, request, response })));
    }
    return readArmBody(question, response, shape);
  } catch (error) {
    return failed(armFailure(question, error));
  }
}

function clientOf(settings: ArmSettings, identity: IdentityName): ServiceClient {
  const key = `${settings.ARM_ENDPOINT} ${identity}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new ServiceClient({ ...armClientOptions(settings), credential: credentialOf(settings, identity) });
  clients.set(key, client);
  return client;
}
