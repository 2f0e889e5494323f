import type { Config } from '../../src/config.ts';
import type { AppRegistration } from '../../src/connectors/graph/applications/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { MANAGED_IDENTITY_TOKEN_MINUTES } from '../../src/steps/consent/rules/token-minutes.ts';
import {
  type FederatedCredentialParent,
  keyOfParent,
} from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import type { IdentityUse } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { chainsFrom } from '../../src/steps/federated-credentials/rules/trust-chain.ts';
import { TRUST_LINGERS_MINUTES } from '../../src/steps/federated-credentials/rules/trust-lingers.ts';
import type { AskedPrincipals } from './service-principals.ts';
import type { TrustingPrincipals } from './trusting-principals.ts';

/** Everything that trusts somebody, with all of its credentials. */
export interface TrustingParents {
  readonly identities: readonly {
    readonly identity: Pick<ManagedIdentity, 'resourceId' | 'principalId'>;
    readonly credentials: readonly Named[];
  }[];
  readonly applications: readonly {
    readonly application: Pick<AppRegistration, 'objectId'>;
    readonly credentials: readonly Named[];
  }[];
}

interface Named {
  readonly name: string;
}

/** The names of all federated credentials of a parent. */
export function credentialsOf(
  parent: FederatedCredentialParent,
  { identities, applications }: TrustingParents,
): string[] {
  const key = keyOfParent(parent);
  const found =
    parent.type === 'application'
      ? applications.find(({ application }) => application.objectId.toLowerCase() === key)
      : identities.find(({ identity }) => identity.resourceId.toLowerCase() === key);
  return found?.credentials.map(({ name }) => name) ?? [];
}

/** A principal that signs in by what is cut. */
interface Principal {
  readonly oid: Oid;
  readonly parent: FederatedCredentialParent;
  readonly through?: IdentityUse['through'];
}

/** How long a token lives that the parent gets. */
export function tokenMinutesOf(
  parent: FederatedCredentialParent,
  settings: Pick<Config, 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
): number {
  return parent.type === 'managed-identity' ? MANAGED_IDENTITY_TOKEN_MINUTES : settings.ACCESS_TOKEN_LIFETIME_MINUTES;
}

/** Those that trust an identity that is cut, and so on: until its tokens have ended, theirs can be had. */
export function chainedTo(
  roots: readonly Principal[],
  trusting: TrustingPrincipals['principals'],
  settings: Pick<Config, 'TENANT_ID' | 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
): Principal[] {
  const had = new Map<string, { readonly name: string; readonly minutes: number }>(
    roots.map(({ oid, parent }) => [
      oid,
      { name: parent.name, minutes: TRUST_LINGERS_MINUTES + tokenMinutesOf(parent, settings) },
    ]),
  );
  return chainsFrom([...had.keys()], trusting, settings.TENANT_ID).flatMap(
    ({ oid: text, parent, credential, from }) => {
      const source = had.get(from);
      const oid = parseOid(text);
      if (source === undefined || oid === undefined) return [];
      had.set(oid, { name: parent.name, minutes: source.minutes + tokenMinutesOf(parent, settings) });
      return [{ oid, parent, through: { ...source, credential } }];
    },
  );
}

/** The principals of what loses a trust. */
export function principalsOf(
  cut: readonly FederatedCredentialParent[],
  { identities }: TrustingParents,
  oidsOfApplications: AskedPrincipals['oids'],
): Principal[] {
  return cut.flatMap((parent) => {
    const id =
      parent.type === 'application'
        ? oidsOfApplications.get(parent.appId.toLowerCase())
        : identities.find(({ identity }) => identity.resourceId.toLowerCase() === keyOfParent(parent))?.identity
            .principalId;
    const oid = parseOid(id ?? '');
    return oid === undefined ? [] : [{ oid, parent }];
  });
}
