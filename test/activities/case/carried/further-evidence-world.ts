import { renameAccount } from '../../../../local/tenant/github/people/people.ts';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import { LEAVER, startAccountsApp } from '../accounts-app.ts';

export const [ANA] = WORLD.colleagues;
export const { userPrincipalName: UPN, githubId, githubLogin, oid: LEAVERS } = WORLD.leaver;
const AUDIT_READERS = ['AuditLog.Read.All', 'Directory.Read.All'];
export const SECOND = 4_700_001;

/** An organisation whose evidence about accounts tests fill. */
export async function startFurtherEvidence() {
  const { app, github, entra, organisation, resolve } = await startAccountsApp();
  const seeded = [...(organisation.identities ?? [])];
  const readers = app.reader.graph;
  const GUID = seeded.find(({ userId }) => userId === githubId)?.guid ?? '';

  // A token is kept for an hour: it is fetched while the reader holds what tests take away again.
  for (const permission of AUDIT_READERS) readers.add(permission);
  await openVendors(app.config).graph.formerHolders();
  for (const permission of AUDIT_READERS) readers.delete(permission);

  function reset(): void {
    organisation.identities = [...seeded];
    delete organisation.verifiedMails;
    delete organisation.hidesVerifiedMails;
    entra.provisioning.length = 0;
    for (const permission of AUDIT_READERS) readers.delete(permission);
    github.users.delete(String(SECOND));
    organisation.members.delete(SECOND);
    renameAccount(github, githubId, githubLogin);
  }

  const audited = (): void => {
    for (const permission of AUDIT_READERS) readers.add(permission);
  };
  /** The leaver's row without anything that proves or names a person. */
  function blankRow(change: Partial<ExternalIdentity> = {}): void {
    organisation.identities = seeded.map((row) =>
      row.userId === githubId
        ? ({ guid: row.guid, userId: githubId, nameId: '0001', attributes: [], ...change } as ExternalIdentity)
        : row,
    );
  }
  const noSignOn = (): void => {
    organisation.identities = null;
  };

  async function taken(memory: Memory = NO_MEMORY): Promise<string[]> {
    const { accounts, findings } = await resolve(LEAVER, memory);
    const codes = (all: readonly string[]): string =>
      [...new Set(all.filter((code) => code !== 'W2' && code !== 'W3'))].sort().join(' ');
    return [
      ...accounts.map(
        ({ id, confidence, evidence }) => `${id}: ${codes((evidence ?? []).map(({ code }) => code))} ${confidence}`,
      ),
      ...findings
        .filter(({ kind }) => kind === 'account-of-another')
        .map(({ resource, evidence }) => `${resource.id}: ${codes([evidence.codes].flat().map(String))} contradicted`),
    ];
  }

  return { app, github, entra, organisation, resolve, GUID, audited, blankRow, noSignOn, taken, reset };
}

export type FurtherEvidenceWorld = Awaited<ReturnType<typeof startFurtherEvidence>>;
