import type { Finding } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { type Config, hasGateway, isProtected } from '../../src/config.ts';
import type { AppRegistration } from '../../src/connectors/graph/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { auditWindow } from '../../src/steps/activity-audit/rules/audit-window.ts';
import {
  deleteFederatedCredential,
  type FederatedCredentialParent,
  keyOfParent,
} from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { type IdentityUse, identityTokens } from '../../src/steps/federated-credentials/rules/identity-tokens.ts';

/** Managed identities' tokens live up to 24 hours (learn.microsoft.com/entra/identity/managed-identities-azure-resources). */
const MANAGED_IDENTITY_MINUTES = 24 * 60;

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

export interface IdentityTokens {
  readonly findings: readonly Finding[];
  /** What kept us from knowing who else uses an identity. A person decides then, unless the next attempt reads it. */
  readonly failures: readonly VendorFailure[];
}

/**
 * What becomes of the tokens of identities of which this case cuts a trust by itself. Three calls, and none where nothing
 * is cut: the service principals of applications, the roles on the gateway, the calls in the audit log.
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
  >,
  about: { readonly caseId: CaseId; readonly leaver: Leaver },
  trust: readonly Finding[],
  parents: TrustingParents,
  now: Date,
): Promise<IdentityTokens> {
  const cuts = Map.groupBy(trust.flatMap(cutOf), ({ parent }) => keyOfParent(parent));
  const cutParents = [...cuts.values()].flatMap(([first]) => (first === undefined ? [] : [first.parent]));
  const { principals: cut, failure } = await principalsOf(vendors, cutParents, parents);
  const unknown = failure === undefined ? [] : [failure];
  if (cut.length === 0) return { findings: [], failures: unknown };
  const oids = cut.map(({ oid }) => oid);
  const [roles, calls] = await Promise.all([
    rolesOf(vendors, settings),
    callsOf(vendors, settings, about.leaver, oids, now),
  ]);
  const findings = cut.map(({ oid, parent }) => {
    const names = (cuts.get(keyOfParent(parent)) ?? []).map(({ name }) => name);
    const use: IdentityUse = {
      oid,
      name: parent.name,
      parent: keyOfParent(parent),
      cut: names,
      otherTrusts: credentialsOf(parent, parents).filter((name) => !names.includes(name)),
      roles: roles.ok ? roles.value.filter((principal) => principal === oid).length : 'not-read',
      calls: calls.ok ? (calls.value.get(oid) ?? 0) : 'not-read',
      isProtected: isProtected(settings, oid),
      isRefusable: hasGateway(settings),
      tokenMinutes:
        parent.type === 'managed-identity' ? MANAGED_IDENTITY_MINUTES : settings.ACCESS_TOKEN_LIFETIME_MINUTES,
    };
    return identityTokens(about.caseId, use, now);
  });
  const failures = [roles, calls].flatMap((answer) => (answer.ok ? [] : [answer.failure]));
  return { findings, failures: [...unknown, ...failures] };
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

function credentialsOf(parent: FederatedCredentialParent, { identities, applications }: TrustingParents): string[] {
  const key = keyOfParent(parent);
  const found =
    parent.type === 'application'
      ? applications.find(({ application }) => application.objectId.toLowerCase() === key)
      : identities.find(({ identity }) => identity.resourceId.toLowerCase() === key);
  return found?.credentials.map(({ name }) => name) ?? [];
}

interface Principal {
  readonly oid: Oid;
  readonly parent: FederatedCredentialParent;
}

/** The object id under which each acts; an application without a service principal acts nowhere. */
async function principalsOf(
  vendors: Pick<Vendors, 'graph'>,
  cut: readonly FederatedCredentialParent[],
  { identities }: TrustingParents,
): Promise<{ readonly principals: readonly Principal[]; readonly failure?: VendorFailure }> {
  const appIds = cut.flatMap((parent) => (parent.type === 'application' ? [parent.appId] : []));
  const { items, failure } = await vendors.graph.listServicePrincipals('appId', appIds);
  const principals = cut.flatMap((parent) => {
    const id =
      parent.type === 'application'
        ? items.find(({ appId }) => appId.toLowerCase() === parent.appId.toLowerCase())?.id
        : identities.find(({ identity }) => identity.resourceId.toLowerCase() === keyOfParent(parent))?.identity
            .principalId;
    const oid = parseOid(id ?? '');
    return oid === undefined ? [] : [{ oid, parent }];
  });
  return { principals, ...(failure === undefined ? {} : { failure }) };
}

/** The principals of every role on the gateway. */
async function rolesOf(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID'>,
): Promise<VendorResult<readonly string[]>> {
  const gateway = await vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID);
  if (!gateway.ok) return gateway;
  const { items, failure } = await vendors.graph.listAssignedTo(gateway.value.id);
  return failure === undefined ? ok(items.map(({ principalId }) => principalId.toLowerCase())) : failed(failure);
}

/** Calls by identity in the time that the audit reads. Rows that the service left out may be anybody's. */
async function callsOf(
  vendors: Pick<Vendors, 'auditLog'>,
  settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'ACCESS_TOKEN_LIFETIME_MINUTES'>,
  leaver: Leaver,
  relatedOids: readonly Oid[],
  now: Date,
): Promise<VendorResult<ReadonlyMap<string, number>>> {
  const window = auditWindow(leaver, now, settings.BUSINESS_TIME_ZONE, settings.ACCESS_TOKEN_LIFETIME_MINUTES);
  const activity = await vendors.auditLog.readCallerActivity({ oid: leaver.oid, relatedOids, window });
  if (!activity.ok) return activity;
  const { partial, value } = activity.value;
  if (partial !== undefined) return failed({ kind: 'refused', status: 200, message: partial });
  const all = value.totals.filter(({ period }) => period === 'all');
  return ok(new Map(all.map(({ caller, calls }) => [caller.toLowerCase(), calls])));
}
