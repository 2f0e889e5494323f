import type { HttpResponseInit } from '@azure/functions';
import { problem } from '../api/problem.ts';
import type { Vendors } from '../connectors/vendors.ts';

/** `GET /api/health`, for anybody: whether the app runs, reaches its rows, and is paused. Says nothing about vendors. */
export async function getHealth(vendors: Pick<Vendors, 'storage'>): Promise<HttpResponseInit> {
  let paused = false;
  try {
    const [pause] = await Promise.all([vendors.storage.readPause(), vendors.storage.listCases({ limit: 1 })]);
    paused = pause !== undefined;
  } catch {
    return problem('unavailable', { detail: 'The table of cases cannot be read.', headers: { 'retry-after': '30' } });
  }
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    jsonBody: { status: 'ok', ...(paused && { paused }) },
  };
}
