import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { authorise } from '../api/authorise.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { type ExaminedSettings, examine } from '../doctor/examine.ts';

/**
 * `GET /api/doctor`: whether the app holds every permission that it needs, and what to do about those that it does
 * not hold. Whatever is found is a 200; the verdict says how it stands.
 */
export async function getDoctor(
  vendors: Pick<Vendors, 'auditLog' | 'azure' | 'devops' | 'gateway' | 'github' | 'graph' | 'storage'>,
  settings: ApiSettings & ExaminedSettings,
  request: HttpRequest,
  now: Date,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'operate');
  if ('answer' in authorised) return authorised.answer;
  return { status: 200, headers: { 'cache-control': 'no-store' }, jsonBody: await examine(vendors, settings, now) };
}
