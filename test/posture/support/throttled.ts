import type { TestApp } from '../../support/apps/start-app.ts';

/** Azure answers 429 to whatever matches, as long as `during` lasts. */
export async function throttled(
  app: Pick<TestApp, 'tenant'>,
  path: RegExp,
  during: () => Promise<void>,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = '{"error":{"code":"TooManyRequests"}}';
  const lift = app.tenant.faults.add({
    vendor: 'arm',
    path,
    effect: { kind: 'answer', status: 429, headers, body },
  });
  try {
    await during();
  } finally {
    lift();
  }
}
