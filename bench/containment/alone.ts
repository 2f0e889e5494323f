import type { OffboardingRequest } from '../../src/cases/case.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { startIntakeApp } from '../../test/support/apps/intake-app.ts';

/** Milliseconds from the event of one who leaves alone until the list was read back, which is the gateway's last call. */
export async function contain(
  app: Awaited<ReturnType<typeof startIntakeApp>>,
  oid: Oid,
  latencyMs: number,
): Promise<number> {
  const { calls } = app.tenant;
  calls.length = 0;
  const begun = Date.now();
  const about = { trigger: 'entra-event', reason: 'left', requestedBy: 'entra', mode: 'apply' } as const;
  const request: OffboardingRequest = { oid, ...about, requestedAt: new Date().toISOString() };
  await openCase(openVendors(app.config), app.config, request, app.start);
  return (calls.findLast(({ vendor }) => vendor === 'arm')?.at ?? Number.NaN) + latencyMs - begun;
}
