import assert from 'node:assert/strict';
import type { ExternalIdentity } from '../../../../local/tenant/github/state/state-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import { type Memory, NO_MEMORY } from '../../../../src/people/evidence/remembered.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { LEAVER, startAccountsApp } from '../accounts-app.ts';

export const [ANA, BEN] = WORLD.colleagues;
export const { userPrincipalName: UPN, githubId, githubLogin, oid: LEAVERS } = WORLD.leaver;
const AUDIT_READERS = ['AuditLog.Read.All', 'Directory.Read.All'];
export const named = (name: string): Partial<ExternalIdentity> => ({ nameId: name, attributes: [] });
export const remembers = (change: Partial<Memory>): Memory => ({ ...NO_MEMORY, ...change });
export const at = new Date(Date.now() - 86_400_000).toISOString();
export const rememberedAs = (oid: string, lastSeen = at): Memory =>
  remembers({
    accounts: [
      {
        vendor: 'github',
        id: String(githubId),
        oid: oid as Oid,
        code: 'P1',
        source: 'test',
        firstSeen: lastSeen,
        lastSeen,
      },
    ],
  });

/** An organisation whose sign-on and audit log tests fill, asked whose an account is. */
export async function startResolveGithub() {
  const { app, github, entra, organisation, resolve } = await startAccountsApp();
  const installation = github.installations.all()[0];
  assert.ok(installation);
  const seeded = { identities: [...(organisation.identities ?? [])], issuer: organisation.issuer };
  const readers = app.reader.graph;

  function reset(): void {
    organisation.identities = [...seeded.identities];
    organisation.issuer = seeded.issuer;
    organisation.outsideCollaborators.clear();
    entra.directoryAudits.length = 0;
    for (const permission of AUDIT_READERS) readers.delete(permission);
  }

  /** The leaver's row of single sign-on, as it is or changed; everybody else's stays. */
  function leaversRow(change: Partial<ExternalIdentity>): void {
    const [first, ...others] = seeded.identities;
    assert.equal(first?.userId, githubId);
    organisation.identities = [{ ...first, ...change } as ExternalIdentity, ...others];
  }

  const AUDITED = (): void => {
    for (const permission of AUDIT_READERS) readers.add(permission);
  };
  // A token is kept for an hour: it is fetched while the reader holds what tests take away again.
  AUDITED();
  await openVendors(app.config).graph.formerHolders();
  for (const permission of AUDIT_READERS) readers.delete(permission);

  /** `P1 proved` for each account that is the person's, or what was found of the contradicted ones. */
  async function taken(memory: Memory | undefined = NO_MEMORY, person = LEAVER): Promise<string[]> {
    const { accounts, findings } = await resolve(person, memory);
    // Likeness is told beside what counts for more, and decides nothing there.
    const codes = (all: readonly string[]): string => {
      const counting = all.filter((code) => code !== 'W2' && code !== 'W3');
      return [...new Set(counting.length === 0 ? all : counting)].sort().join(' ');
    };
    return [
      ...accounts.map(
        ({ id, confidence, evidence }) => `${id}: ${codes((evidence ?? []).map(({ code }) => code))} ${confidence}`,
      ),
      ...findings
        .filter(({ kind }) => kind === 'account-of-another')
        .map(({ resource, evidence }) => `${resource.id}: ${codes([evidence.codes].flat().map(String))} contradicted`),
    ];
  }

  return { app, github, entra, organisation, resolve, installation, seeded, leaversRow, AUDITED, taken, reset };
}

export type ResolveGithubWorld = Awaited<ReturnType<typeof startResolveGithub>>;
