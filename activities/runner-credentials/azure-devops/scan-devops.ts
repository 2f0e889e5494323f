import type { CaseId } from '../../../src/cases/ids.ts';
import type { Config } from '../../../src/config.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable.ts';
import type { DevOpsAccount, Leaver } from '../../../src/people/leaver.ts';
import { coverageOfFailure, tryAgainAfter } from '../../case/coverage-of.ts';
import { fileStepPart } from '../../case/file-step-part.ts';
import { resolveDevOpsAccounts } from '../../case/resolve-devops-accounts.ts';
import type { Scan } from './scan.ts';
import { scanAgents } from './scan-agents.ts';
import { scanPersonalTokens } from './scan-personal-tokens.ts';
import { scanVariables } from './scan-variables.ts';

/** What in one Azure DevOps organisation still acts as the leaver: agents, variables, personal access tokens. */
export const scanDevOps = defineActivity(
  'scanDevOps',
  async (
    { caseId, leaver, organisation }: { caseId: CaseId; leaver: Leaver; organisation: string },
    { vendors, settings, log, now },
  ) => {
    const at = now();
    const who = await withAccount(vendors, settings, organisation, leaver);
    const [account] = accountsIn(organisation, who.leaver);
    const scans: readonly Scan[] = [
      who,
      ...(await Promise.all([
        scanAgents(vendors, settings, organisation, who.leaver, at),
        scanVariables(vendors, settings, organisation, who.leaver, at),
        ...(account === undefined ? [] : [scanPersonalTokens(vendors, settings, account, at)]),
      ])),
      ...(account === undefined ? [unknownAccount(organisation, who.failures)] : []),
    ];
    const slowDownMs = Math.max(0, ...scans.map((scan) => scan.slowDownMs ?? 0));
    if (slowDownMs > 0) log.warn('Azure DevOps asks for a pause although it answers', { organisation, slowDownMs });
    const part = {
      step: 'runner-credentials',
      findings: scans.flatMap(({ findings }) => findings),
      coverage: scans.flatMap(({ coverage }) => coverage),
      actions: [],
    } as const;
    return fileStepPart(vendors, caseId, part, tryAgainAfter(scans.flatMap(({ failures }) => failures)));
  },
);

/** Where nobody could be looked up, what is listed by account was not looked at either. */
function unknownAccount(organisation: string, [failure]: readonly VendorFailure[]): Scan {
  const coverage =
    failure === undefined
      ? []
      : ['tokens', 'ssh-keys'].map((what) => coverageOfFailure(`azure-devops/${what}:${organisation}`, failure));
  return { findings: [], coverage, failures: [] };
}

function accountsIn(organisation: string, leaver: Leaver): DevOpsAccount[] {
  return leaver.devops.filter((account) => account.organisation.toLowerCase() === organisation.toLowerCase());
}

/** Where the person's account is not known yet it is looked up, so that "no tokens" never means "not asked". */
async function withAccount(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS'>,
  organisation: string,
  leaver: Leaver,
): Promise<Scan & { readonly leaver: Leaver }> {
  if (accountsIn(organisation, leaver).length > 0) return { leaver, findings: [], coverage: [], failures: [] };
  const { accounts, coverage, failures } = await resolveDevOpsAccounts(vendors, settings, leaver, [organisation]);
  return { leaver: { ...leaver, devops: [...leaver.devops, ...accounts] }, findings: [], coverage, failures };
}
