import { ServiceClient } from '@azure/core-client';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import { credentialOf } from '../credentials.ts';
import { failed, type VendorResult } from '../result.ts';
import { type ArmQuestion, armFailure, readArmBody } from './arm-answer.ts';
import { armCallOptions, armClientOptions } from './client-options.ts';

const API_VERSION = '2022-10-01';

const Table = z.object({
  properties: z.object({
    retentionInDays: z.number(),
    totalRetentionInDays: z.number(),
    plan: z.string().default('Analytics'),
  }),
});

export interface TableRetention {
  /** Days that queries reach back. */
  readonly retentionInDays: number;
  readonly totalRetentionInDays: number;
  readonly plan: string;
}

const clients = new Map<string, ServiceClient>();

/**
 * How long a table of the audit workspace keeps its rows. The default is 30 days, so a query over 90 can be silent
 * about two thirds of them.
 * Source: learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
 */
export async function tableRetentionDays(config: Config, table: string): Promise<VendorResult<TableRetention>> {
  const question: ArmQuestion = {
    what: `read how long the table ${table} keeps its rows`,
    action: 'Microsoft.OperationalInsights/workspaces/tables/read',
  };
  const path = `${config.AUDIT_WORKSPACE_RESOURCE_ID}/tables/${encodeURIComponent(table)}`;
  const request = createPipelineRequest({
    url: `${config.ARM_ENDPOINT}${path}?api-version=${API_VERSION}`,
    headers: createHttpHeaders({ accept: 'application/json' }),
    ...armCallOptions(config),
  });
  try {
    const response = await clientOf(config).sendRequest(request);
    // The base client hands errors out as answers.
    if (response.status !== 200) {
      return failed(armFailure(question, new RestError('', { statusCode: response.status, request, response })));
    }
    const answer = readArmBody(question, response, Table);
    return answer.ok ? { ...answer, value: answer.value.properties } : answer;
  } catch (error) {
    return failed(armFailure(question, error));
  }
}

function clientOf(config: Config): ServiceClient {
  const known = clients.get(config.ARM_ENDPOINT);
  if (known !== undefined) return known;
  const client = new ServiceClient({ ...armClientOptions(config), credential: credentialOf(config, 'reader') });
  clients.set(config.ARM_ENDPOINT, client);
  return client;
}
