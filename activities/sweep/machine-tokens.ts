import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { tenantNamedIn } from '../../src/credentials/whose-claims.ts';
import type { KeptMachine } from '../../src/machines/kept.ts';
import { INVENTORY } from '../../src/steps/runner-credentials/rules/machines/judge-machines.ts';
import { organisationAsSet } from '../../src/steps/runner-credentials/rules/machines/machine-place.ts';
import type { OwnedCredential } from '../../src/sweep/find-orphans.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

/**
 * Tokens that machines name and that name somebody: by object id, or by whom the tool that keeps them calls signed in. A
 * machine’s word opens a case that cuts nothing, and has one read again.
 */
export async function machineTokens(
  { storage }: { readonly storage: Pick<Vendors['storage'], 'listMachines'> },
  settings: Pick<Config, 'TENANT_ID' | 'GITHUB_ORGANISATIONS'>,
): Promise<OwnedCredentials> {
  const { machines, unreadable } = await storage.listMachines();
  if (machines.length + unreadable.length === 0) return { credentials: [], coverage: [], failures: [] };
  const detail = 'What machines say of themselves adds findings; what they leave out proves nothing.';
  const looked = { asked: machines.length + unreadable.length, count: machines.length, unit: 'machines' };
  const limit = { source: INVENTORY, state: 'not-examined', why: 'no-interface', looked, detail } as const;
  return {
    credentials: machines.flatMap((machine) => ownedOn(machine, settings)),
    coverage: [limit],
    failures: [],
  };
}

type Settings = Pick<Config, 'TENANT_ID' | 'GITHUB_ORGANISATIONS'>;

function ownedOn(machine: KeptMachine, settings: Settings): OwnedCredential[] {
  const organisation = organisationAsSet(machine, settings.GITHUB_ORGANISATIONS);
  return machine.report.tokens.flatMap((token): OwnedCredential[] => {
    const owner = ownerOf(token, organisation, settings);
    if (owner === undefined) return [];
    const id = `${machine.id}#${token.sha256.slice(0, 16)}`;
    return [{ kind: 'token-on-machine', source: `${INVENTORY}:${organisation}`, id, owner }];
  });
}

/** A login is one of GitHub’s; whether it still is the account’s, the organisation is asked that the source names. */
function ownerOf(
  { type, holder, claims, account }: KeptMachine['report']['tokens'][number],
  organisation: string,
  { TENANT_ID: tenantId, GITHUB_ORGANISATIONS }: Settings,
): OwnedCredential['owner'] | undefined {
  if (holder === 'service') return undefined;
  const tenant = tenantNamedIn({ type, ...(claims && { claims }) });
  if (claims?.oid !== undefined && tenant?.toLowerCase() === tenantId.toLowerCase()) return { oid: claims.oid };
  if (account === undefined) return undefined;
  if (account.includes('@')) return { signInName: account };
  return type.startsWith('github-') && GITHUB_ORGANISATIONS.includes(organisation) ? { login: account } : undefined;
}
