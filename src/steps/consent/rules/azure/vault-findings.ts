import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { listed } from '../../../../cases/words/wording.ts';
import type { Vault } from '../../../../connectors/arm/vaults.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { shellWord } from '../../../../shapes/shell-word.ts';
import { portalUrl } from '../../../azure-portal.ts';
import { type AccessGroup, afterDeletion, leaveGroup, weightOf } from './azure-role-findings.ts';

/** So many permissions as a sentence can name. */
const NAMED = 5;

/**
 * Vaults whose own policies let the leaver in, by themselves or by a group. Where roles decide, what is left of policies
 * gives nothing, until somebody has the vault go by them again.
 */
export function vaultFindings(
  vaults: readonly Vault[],
  groups: ReadonlyMap<string, AccessGroup>,
  leaver: Pick<Leaver, 'oid' | 'displayName' | 'state'>,
  tenantId: string,
): Finding[] {
  return vaults.flatMap((vault) =>
    vault.policies.flatMap(({ objectId, gives }): Finding[] => {
      const group = groups.get(objectId);
      if (objectId !== leaver.oid && group === undefined) return [];
      const who = leaver.displayName ?? leaver.oid;
      const from = group === undefined ? '' : ` from the group “${group.name}”`;
      const name = shellWord(vault.name);
      const take =
        group !== undefined
          ? leaveGroup(group, leaver.oid)
          : `Take it away: az keyvault delete-policy --name ${name} --object-id ${objectId} ` +
            `(undo: az keyvault set-policy --name ${name} --object-id ${objectId}, with the permissions of the evidence).`;
      const idle = { severity: 'low', status: 'manual-action' } as const;
      return [
        {
          id: findingId('consent', 'vault-access', `${vault.id.toLowerCase()}/${objectId}`),
          step: 'consent',
          kind: 'vault-access',
          title: `The vault ${vault.name} lets ${who} in${from}`,
          resource: {
            system: 'azure',
            type: 'vaultAccessPolicy',
            id: `${vault.id}/${objectId}`,
            name: vault.name,
            url: portalUrl(tenantId, vault.id, 'access_policies'),
          },
          ...(vault.byRoles && leaver.state !== 'gone' ? idle : weightOf(leaver, { undo: [], read: gives })),
          reason: [
            `Its policy gives ${gives.length === 0 ? 'nothing' : listed(gives, NAMED)}.`,
            ...(vault.byRoles
              ? ['The vault goes by roles now, so that this gives nothing until that is changed.']
              : []),
            ...afterDeletion(leaver),
            take,
            'What was read stays known: rotate the secrets that the leaver could read.',
          ].join(' '),
          evidence: { objectId, gives: [...gives], ...(group === undefined ? {} : { group: group.name }) },
        },
      ];
    }),
  );
}
