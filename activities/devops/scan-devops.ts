import type { CaseId } from '../../src/domain/ids.ts';
import type { Leaver } from '../../src/domain/leaver.ts';
import { defineActivity } from '../../src/durable.ts';
import { tryAgainAfter } from '../coverage-of.ts';
import { fileStepPart } from '../file-step-part.ts';
import { resolveDevOpsAccounts } from './resolve-devops-accounts.ts';
import type { Scan } from './scan.ts';
import { scanAgents } from './scan-agents.ts';
import { scanPersonalTokens } from './scan-personal-tokens.ts';
import { scanVariables } from './scan-variables.ts';

/** What in one Azure DevOps organisation still acts as the leaver: agents, variables, personal access tokens. */
export const scanDevOps = defineActivity(
  'scanDevOps',
  async (
    { caseId, leaver, organisation }: { caseId: CaseId; leaver: Leaver; organisation: string },
    { config, log, now },
  ) => {
    const at = now();
    const scans = await Promise.all([
      scanAgents(config, organisation, leaver, at),
      scanVariables(config, organisation, leaver, at),
      scanAccount(config, organisation, leaver, at),
    ]);
    const slowDownMs = Math.max(0, ...scans.map((scan) => scan.slowDownMs ?? 0));
    if (slowDownMs > 0) log.warn('Azure DevOps asks for a pause although it answers', { organisation, slowDownMs });
    const part = {
      step: 'runner-credentials',
      findings: scans.flatMap(({ findings }) => findings),
      coverage: scans.flatMap(({ coverage }) => coverage),
      actions: [],
    } as const;
    return fileStepPart(config, caseId, part, tryAgainAfter(scans.flatMap(({ failures }) => failures)));
  },
);

/** Where the person's account is not known yet it is looked up, so that "no tokens" never means "not asked". */
async function scanAccount(
  config: Parameters<typeof resolveDevOpsAccounts>[0],
  organisation: string,
  leaver: Leaver,
  at: Date,
): Promise<Scan> {
  const known = leaver.devops.find((account) => account.organisation.toLowerCase() === organisation.toLowerCase());
  if (known !== undefined) return scanPersonalTokens(config, known, at);
  const { accounts, coverage, failures } = await resolveDevOpsAccounts(config, leaver, [organisation]);
  const [found] = accounts;
  if (found === undefined) return { findings: [], coverage, failures };
  const scan = await scanPersonalTokens(config, found, at);
  return { ...scan, coverage: [...coverage, ...scan.coverage] };
}
