import type { Config } from '../../src/config.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { ApplicationCredentials } from '../../src/connectors/graph/applications/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { FederatedCredentialParent } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { type TrustingPrincipal, trustsTenant } from '../../src/steps/federated-credentials/rules/trust-chain.ts';
import { type AskedPrincipals, servicePrincipalsOf } from './service-principals.ts';

export interface TrustingPrincipals {
  readonly principals: readonly TrustingPrincipal<FederatedCredentialParent>[];
  /** Applications of which nobody knows under which object id they act; their app id in lower case stands for it. */
  readonly unshown: readonly TrustingPrincipal<FederatedCredentialParent>[];
  readonly asked: AskedPrincipals;
}

interface Read {
  readonly identities: readonly {
    readonly identity: ManagedIdentity;
    readonly credentials: readonly FederatedCredential[];
  }[];
  readonly applications: readonly ApplicationCredentials[];
}

/** Whoever trusts tokens of the tenant itself, by the object id under which it acts. One call, where applications do. */
export async function trustingPrincipals(
  vendors: Pick<Vendors, 'graph'>,
  { TENANT_ID }: Pick<Config, 'TENANT_ID'>,
  { identities, applications }: Read,
): Promise<TrustingPrincipals> {
  const own = (credentials: readonly FederatedCredential[]): boolean =>
    credentials.some((credential) => trustsTenant(credential, TENANT_ID));
  const ofIdentities = identities
    .filter(({ credentials }) => own(credentials))
    .map(({ identity: { principalId, subscriptionId, resourceGroup, name, resourceId }, credentials }) => ({
      oid: principalId.toLowerCase(),
      parent: { type: 'managed-identity', subscriptionId, resourceGroup, name, resourceId } as const,
      credentials,
    }));
  const trusting = applications.filter(({ credentials }) => own(credentials));
  const asked = await servicePrincipalsOf(
    vendors,
    trusting.map(({ application }) => application),
  );
  const ofApplications = trusting.map(({ application: { objectId, appId, name }, credentials }) => ({
    known: asked.oids.has(appId.toLowerCase()),
    oid: asked.oids.get(appId.toLowerCase()) ?? appId.toLowerCase(),
    parent: { type: 'application', objectId, appId, name } as const,
    credentials,
  }));
  return {
    principals: [...ofIdentities, ...ofApplications.filter(({ known }) => known)],
    unshown: ofApplications.filter(({ known }) => !known),
    asked,
  };
}
