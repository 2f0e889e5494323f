import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../api/problem.ts';
import type { Config } from '../config.ts';
import { listCases } from '../connectors/storage/case-index.ts';

/** `GET /api/health`, for anybody: whether the app runs and reaches its case rows. Says nothing about vendors. */
export async function getHealth(config: Config): Promise<HttpResponseInit> {
  try {
    await listCases(config, { limit: 1 });
  } catch {
    return problem('unavailable', { detail: 'The table of cases cannot be read.', headers: { 'retry-after': '30' } });
  }
  return { status: 200, headers: { 'cache-control': 'no-store' }, jsonBody: { status: 'ok' } };
}
