import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import { fileStepResult } from '../../case/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { azureAccess } from './azure-access.ts';
import { gatewayAccess } from './gateway-access.ts';

/** What the leaver may do with the platform itself: Azure roles, vaults, and an account of the gateway's own. */
export const discoverPlatformAccess = defineActivity(
  'discoverPlatformAccess',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, log }) => {
    const found = await Promise.all([azureAccess(vendors, settings, leaver), gatewayAccess(vendors, settings, leaver)]);
    const findings = found.flatMap((each) => each.findings);
    log.info('access to the platform looked for', { findings: findings.length });
    const coverage = found.flatMap((each) => each.coverage);
    const failures = found.flatMap((each) => each.failures);
    return fileStepResult(
      vendors,
      caseId,
      { step: 'consent', findings, coverage, actions: [] },
      tryAgainAfter(failures),
    );
  },
);
