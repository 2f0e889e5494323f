import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../../src/cases/discovery.ts';
import type { Config } from '../../../src/config.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { defineActivity } from '../../../src/durable/activity.ts';
import type { DevOpsAccount, Leaver } from '../../../src/people/leaver.ts';
import { text } from '../../../src/shapes/primitives.ts';
import { resolveDevOpsAccounts } from '../../case/accounts/resolve-devops-accounts.ts';
import { countingOf } from '../../case/counting.ts';
import { fileStepResult } from '../../case/report/file-step-result.ts';
import { tryAgainAfter } from '../../case/try-again-after.ts';
import { judgeLocated } from '../judge-located.ts';
import { inventoryCoverage } from '../machines/inventory-coverage.ts';
import type { CountingFor, Scan } from './scan.ts';
import { scanInventory } from './scans/scan-inventory.ts';
import { scanPersonalTokens } from './scans/scan-personal-tokens.ts';

/** What in one Azure DevOps organisation still acts as the leaver, or holds what is theirs. */
export const scanDevOps = defineActivity(
  'scanDevOps',
  { input: AboutSchema.extend({ organisation: text }), output: DiscoveredSchema },
  async ({ caseId, leaver, organisation }, context) => {
    const { vendors, settings, log } = context;
    const at = context.now();
    const who = await withAccount(vendors, settings, organisation, leaver, at);
    const accounts = accountsIn(organisation, who.leaver);
    const nobodys = accounts.length === 0 ? unknownAccount(organisation, who) : undefined;
    const noneThere = nobodys?.coverage.every(({ state }) => state === 'complete') ?? false;
    const blockedBy = nobodys?.coverage.find(({ missingPermission }) => missingPermission)?.missingPermission;
    const about = {
      caseId,
      leaver: who.leaver,
      organisation,
      accounts: { accounts, noneThere, ...(blockedBy && { blockedBy }) },
    };
    const counting: CountingFor = (source, unit) =>
      countingOf(context, caseId, { source, unit, step: 'runner-credentials' });
    const [inventory, personal] = await Promise.all([
      scanInventory(about, context, at, counting),
      nobodys ?? scanPersonalTokens(vendors, settings, organisation, accounts, at),
    ]);
    const tokens = await judgeLocated({ caseId, leaver: who.leaver, system: 'azure-devops', organisation }, context, {
      places: inventory.located,
      coverage: inventory.coverage,
    });
    const scans: readonly Scan[] = [who, inventory, personal, { ...tokens, coverage: [] }];
    const machines = inventory.machines ?? [];
    const told = await inventoryCoverage({ vendor: 'azure-devops', organisation, machines }, context);
    const slowDownMs = Math.max(0, ...scans.map((scan) => scan.slowDownMs ?? 0));
    if (slowDownMs > 0) log.warn('Azure DevOps asks for a pause although it answers', { organisation, slowDownMs });
    const part = {
      step: 'runner-credentials',
      findings: scans.flatMap(({ findings }) => findings),
      coverage: [...scans, told].flatMap(({ coverage }) => coverage),
      actions: [],
      uses: inventory.uses,
    } as const;
    return fileStepResult(vendors, caseId, part, tryAgainAfter(scans.flatMap(({ failures }) => failures)));
  },
);

/**
 * Where nobody could be looked up, or some user belongs to nobody provable, what is listed by account was not looked at
 * either; where every user is proved to be somebody else there is nothing to list.
 */
function unknownAccount(organisation: string, { failures: [failure], coverage: looked }: Scan): Scan {
  const gap = looked.find(({ state }) => state !== 'complete');
  const lines = [
    ['tokens', 'personal access tokens'],
    ['ssh-keys', 'SSH keys'],
    ['memberships', 'accounts'],
  ] as const;
  const coverage = lines.map(([what, unit]): Coverage => {
    const source = `azure-devops/${what}:${organisation}`;
    if (failure !== undefined) return coverageOf(source, NOTHING_READ, [failure]);
    if (gap !== undefined) {
      const { state, missingPermission } = gap;
      const detail = `No account of the person is known in ${organisation}, so that nothing was listed. ${gap.detail ?? ''}`;
      const line = { source, looked: { count: 0, unit }, detail: detail.trim() };
      if (state !== 'denied') return { ...line, state: 'unavailable' };
      return { ...line, state, ...(missingPermission && { missingPermission }) };
    }
    const detail = `The person has no account in ${organisation}, so that there is nothing to list.`;
    return { source, state: 'complete', looked: { asked: 0, count: 0, unit }, detail };
  });
  return { findings: [], coverage, failures: [] };
}

function accountsIn(organisation: string, leaver: Leaver): DevOpsAccount[] {
  return leaver.devops.filter((account) => account.organisation.toLowerCase() === organisation.toLowerCase());
}

/** Where the person's account is not known yet it is looked up, so that "no tokens" never means "not asked". */
async function withAccount(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS' | 'TENANT_ID'>,
  organisation: string,
  leaver: Leaver,
  now: Date,
): Promise<Scan & { readonly leaver: Leaver }> {
  if (accountsIn(organisation, leaver).length > 0) return { leaver, findings: [], coverage: [], failures: [] };
  // What identification said of the person is said there; here only an object id makes an account theirs.
  const unasked = { memory: undefined, holders: { of: async () => new Map() }, now, organisations: [organisation] };
  const { accounts, coverage, failures } = await resolveDevOpsAccounts(vendors, settings, leaver, unasked);
  return { leaver: { ...leaver, devops: [...leaver.devops, ...accounts] }, findings: [], coverage, failures };
}
