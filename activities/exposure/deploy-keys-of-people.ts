import { counted } from '../../src/cases/words/wording.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { ofDeployKey } from '../../src/exposure/words.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { deployKeyFinding } from '../../src/steps/runner-credentials/rules/github/tokens/deploy-key-finding.ts';
import { deployKeys } from '../runner-credentials/github/facts/deploy-keys.ts';
import type { RepositoryFacts } from '../runner-credentials/github/facts/repository-source.ts';
import { provedAccount } from './as-leaver.ts';
import type { Owners } from './owners.ts';

/** Where the organisation or enterprise lets no deploy key in. */
const ASLEEP = {
  survives: false,
  why: 'No deploy key is let in there for now; it opens the repository again once they are.',
} as const;

/** Deploy keys by who added them, as GitHub names them today. */
export function deployKeyHoldings(
  apiEndpoint: string,
  organisation: string,
  facts: readonly RepositoryFacts[],
  owners: Pick<Owners, 'ofLogin'>,
): { readonly holdings: readonly Holding[]; readonly gaps: readonly Gap[] } {
  const keys = facts.flatMap((all) =>
    (deployKeys.factOf(all) ?? []).map((key) => ({ key, repository: all.repository })),
  );
  const nobodys = keys.filter(({ key }) => key.addedBy === null && key.enabled).length;
  const holdings = keys.flatMap(({ key, repository: { name: repository, archived } }): Holding[] => {
    const account = key.addedBy === null ? undefined : owners.ofLogin(key.addedBy);
    if (account === undefined) return [];
    const whose = { who: 'leaver', account: provedAccount(account), by: 'id' } as const;
    const finding = deployKeyFinding(
      key,
      { organisation, repository, archived },
      { whose, logged: undefined },
      apiEndpoint,
    );
    if (finding === undefined) return [];
    const where = `${organisation}/${repository}`;
    return [
      {
        owner: account.oid,
        kind: 'deploy-key',
        marks: [`deploy-key ${where.toLowerCase()}/${key.id}`],
        ...ofDeployKey(key.title, where, key.id, finding.resource.url),
        ...(key.enabled ? {} : ASLEEP),
        findings: [finding],
      },
    ];
  });
  const detail = `Of ${counted(nobodys, 'deploy key')} of ${organisation} GitHub names nobody who added it.`;
  return {
    holdings,
    gaps: nobodys === 0 ? [] : [{ reason: 'no-data', source: `github/deploy-keys:${organisation}`, detail }],
  };
}
