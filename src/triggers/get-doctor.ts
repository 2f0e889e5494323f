import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { authorise } from '../api/authorise.ts';
import type { Config } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { examine } from '../doctor/examine.ts';

/**
 * `GET /api/doctor`: whether the app holds every permission that it needs, and what to do about those that it does
 * not hold. Whatever is found is a 200; the verdict says how it stands.
 */
export async function getDoctor(
  vendors: Pick<Vendors, 'auditLog' | 'azure' | 'devops' | 'gateway' | 'github' | 'graph' | 'storage'>,
  settings: Config,
  request: HttpRequest,
  now: Date,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'operate');
  if ('answer' in authorised) return authorised.answer;
  return { status: 200, headers: { 'cache-control': 'no-store' }, jsonBody: await examine(vendors, settings, now) };
}
