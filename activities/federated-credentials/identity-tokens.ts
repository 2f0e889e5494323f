import type { Finding } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { isProtected } from '../../src/config/config-cases.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { Config } from '../../src/config.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import {
  deleteFederatedCredential,
  type FederatedCredentialParent,
  keyOfParent,
} from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { type IdentityUse, identityTokens } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { chainedTo, credentialsOf, principalsOf, type TrustingParents, tokenMinutesOf } from './cut-principals.ts';
import { callsMade, callsOf, rolesHeld, rolesOf } from './identity-use.ts';
import type { AskedPrincipals } from './service-principals.ts';
import type { TrustingPrincipals } from './trusting-principals.ts';

export interface IdentityTokens {
  readonly findings: readonly Finding[];
  /** What kept us from knowing who else uses an identity. A person decides then, unless the next attempt reads it. */
  readonly failures: readonly VendorFailure[];
}

/**
 * What becomes of the tokens of identities of which this case cuts a trust by itself. Three calls, and none where nothing
 * is cut: the roles on the gateway, the calls in the audit log and the hours of which it knows; and one for each group
 * with a role there.
 */
export async function identityTokenFindings(
  vendors: Pick<Vendors, 'auditLog' | 'graph'>,
  settings: Pick<
    Config,
    | 'ACCESS_TOKEN_LIFETIME_MINUTES'
    | 'BUSINESS_TIME_ZONE'
    | 'DENY_LIST_NAMED_VALUES'
    | 'GATEWAY_APP_ID'
    | 'PROTECTED_OIDS'
    | 'TENANT_ID'
  >,
  about: { readonly caseId: CaseId; readonly leaver: Leaver },
  trust: readonly Finding[],
  parents: TrustingParents,
  trusting: TrustingPrincipals['principals'],
  { oids: oidsOfApplications }: Pick<AskedPrincipals, 'oids'>,
  now: Date,
): Promise<IdentityTokens> {
  const cuts = Map.groupBy(trust.flatMap(cutOf), ({ parent }) => keyOfParent(parent));
  const cutParents = [...cuts.values()].flatMap(([first]) => (first === undefined ? [] : [first.parent]));
  const principals = principalsOf(cutParents, parents, oidsOfApplications);
  const cut = [...principals, ...chainedTo(principals, trusting, settings)];
  if (cut.length === 0) return { findings: [], failures: [] };
  const oids = cut.map(({ oid }) => oid);
  const [roles, calls] = await Promise.all([
    rolesOf(vendors, settings),
    callsOf(vendors, settings, about.leaver, oids, now),
  ]);
  const findings = cut.map(({ oid, parent, through }) => {
    const names = (cuts.get(keyOfParent(parent)) ?? []).map(({ name }) => name);
    const use: IdentityUse = {
      oid,
      name: parent.name,
      parent: keyOfParent(parent),
      ...(through === undefined ? {} : { through }),
      cut: names,
      otherTrusts: credentialsOf(parent, parents).filter((name) => !names.includes(name)),
      roles: roles.ok ? rolesHeld(roles.value, oid) : 'not-read',
      ...(calls.ok ? callsMade(calls.value, oid) : { calls: 'not-read' }),
      isProtected: isProtected(settings, oid),
      isRefusable: hasGateway(settings),
      tokenMinutes: tokenMinutesOf(parent, settings),
    };
    return identityTokens(about.caseId, use, now);
  });
  const failures = [roles, calls].flatMap((answer) => (answer.ok ? [] : [answer.failure]));
  return { findings, failures };
}

interface Cut {
  readonly parent: FederatedCredentialParent;
  readonly name: string;
}

/** What the case cuts by itself; what waits for a decision goes on letting the leaver in, and says so itself. */
function cutOf({ remedy, status }: Finding): Cut[] {
  if (status !== 'planned' || remedy === undefined) return [];
  const call = deleteFederatedCredential.call.safeParse(remedy.call);
  return call.success ? [{ parent: call.data.parent, name: call.data.name }] : [];
}
