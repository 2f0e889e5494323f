import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { type Found, foundTogether } from '../../case/found.ts';
import { fileStepResult } from '../../case/report/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { type AccessSettings, azureAccess } from './azure-access.ts';
import { gatewayAccess } from './gateway-access.ts';

/** What the leaver may do with the platform itself: Azure roles, vaults, and an account of the gateway's own. */
export const discoverPlatformAccess = defineActivity(
  'discoverPlatformAccess',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, log }) => {
    const { findings, coverage, failures } = await platformAccess(vendors, settings, leaver);
    log.info('access to the platform looked for', { findings: findings.length });
    const part = { step: 'consent', findings, coverage, actions: [] } as const;
    return fileStepResult(vendors, caseId, part, tryAgainAfter(failures));
  },
);

/** The same, for whoever asks it: in discovery, and after the cut. */
export async function platformAccess(
  vendors: Pick<Vendors, 'azure' | 'gateway' | 'graph'>,
  settings: AccessSettings,
  leaver: Leaver,
): Promise<Found> {
  return foundTogether(
    await Promise.all([azureAccess(vendors, settings, leaver), gatewayAccess(vendors, settings, leaver)]),
  );
}
