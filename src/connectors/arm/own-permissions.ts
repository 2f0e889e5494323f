import { ServiceClient } from '@azure/core-client';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { HeldActions } from '../../domain/permissions/allows.ts';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { failed, type VendorResult } from '../result.ts';
import { type ArmQuestion, armFailure, readArmBody } from './arm-answer.ts';
import { armCallOptions, armClientOptions } from './client-options.ts';

const API_VERSION = '2022-04-01';
const actions = z.array(z.string()).default([]);
const Body = z.object({ value: z.array(z.object({ actions, notActions: actions })) });

/**
 * Which actions Azure lets the identity take on a scope, by its roles there and above: one entry a role.
 * Source: learn.microsoft.com/rest/api/authorization/permissions
 */
export async function ownPermissions(
  config: Config,
  identity: IdentityName,
  scope: string,
): Promise<VendorResult<readonly HeldActions[]>> {
  const question: ArmQuestion = {
    what: `say what the ${identity} may do on ${scope}`,
    action: 'Microsoft.Authorization/permissions/read',
  };
  const request = createPipelineRequest({
    url: `${config.ARM_ENDPOINT}${scope}/providers/Microsoft.Authorization/permissions?api-version=${API_VERSION}`,
    headers: createHttpHeaders({ accept: 'application/json' }),
    ...armCallOptions(config),
  });
  try {
    const client = new ServiceClient({ ...armClientOptions(config), credential: credentialOf(config, identity) });
    const response = await client.sendRequest(request);
    // The base client hands errors out as answers.
    if (response.status !== 200) {
      return failed(armFailure(question, new RestError('', { statusCode: response.status, request, response })));
    }
    const answer = readArmBody(question, response, Body);
    return answer.ok ? { ...answer, value: answer.value.value } : answer;
  } catch (error) {
    return failed(armFailure(question, error));
  }
}
