import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { Grant } from '../../../connectors/graph/applications/grants.ts';
import type { Leaver } from '../../../people/leaver.ts';
import { remedyOf } from '../../define-remedy.ts';
import { deleteDelegatedGrant, grantState } from '../remedies/delete-delegated-grant.ts';
import { classifyGrant } from './classify-grant.ts';
import { COVERED } from './only-refused.ts';

/** A client that needs no consent on the gateway. */
export interface PreAuthorized {
  readonly appId: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

export interface ConsentNames {
  /** Display name of a service principal by its object id; the id itself where nobody could tell. */
  of(servicePrincipalId: string): string;
}

/** The findings that the grants give rise to. What belongs to somebody else, or is for something else, gives none. */
export function grantFindings(
  grants: readonly Grant[],
  leaver: Pick<Leaver, 'oid' | 'displayName'>,
  gatewayId: string,
  names: ConsentNames,
): Finding[] {
  return grants.flatMap((grant) => {
    const verdict = classifyGrant(grant, leaver.oid, gatewayId);
    switch (verdict) {
      case 'leaver-to-gateway':
      case 'leaver-behind-gateway':
        return [leaverGrant(grant, verdict, leaver, names)];
      case 'everyone-to-gateway':
        return [tenantWideGrant(grant, names)];
      case 'unrelated':
        return [];
      default:
        return verdict satisfies never;
    }
  });
}

function leaverGrant(
  grant: Grant,
  verdict: 'leaver-to-gateway' | 'leaver-behind-gateway',
  leaver: Pick<Leaver, 'oid' | 'displayName'>,
  names: ConsentNames,
): Finding {
  const who = leaver.displayName ?? leaver.oid;
  const client = names.of(grant.clientId);
  const resource = names.of(grant.resourceId);
  const scopes = grant.scopes.join(', ');
  const kind = verdict === 'leaver-to-gateway' ? 'delegated-grant' : 'on-behalf-of-grant';
  const id = findingId('consent', kind, grant.id);
  return {
    id,
    step: 'consent',
    kind,
    title: `${client} may call ${resource} as ${who}: ${scopes}`,
    resource: { system: 'entra', type: 'oauth2PermissionGrant', id: grant.id, name: `${client} → ${resource}` },
    severity: 'high',
    status: 'planned',
    reason:
      'Deleting a user keeps the consents that the user gave, and restoring the user brings them back; ' +
      'only deleting the consent ends it.',
    evidence: { ...evidenceOf(grant), client, resource },
    remedy: remedyOf(
      deleteDelegatedGrant,
      id,
      {
        kind: 'delete-delegated-grant',
        grantId: grant.id,
        clientId: grant.clientId,
        resourceId: grant.resourceId,
        scope: grant.scopes.join(' '),
        expected: grantState(grant),
      },
      { client, resource, who },
    ),
  };
}

function tenantWideGrant(grant: Grant, names: ConsentNames): Finding {
  const client = names.of(grant.clientId);
  const resource = names.of(grant.resourceId);
  return {
    id: findingId('consent', 'tenant-wide-grant', grant.id),
    step: 'consent',
    kind: 'tenant-wide-grant',
    title: `${client} may call ${resource} as anybody in the tenant: ${grant.scopes.join(', ')}`,
    resource: { system: 'entra', type: 'oauth2PermissionGrant', id: grant.id, name: `${client} → ${resource}` },
    severity: 'info',
    status: 'nothing-to-do',
    reason:
      'An administrator consented for everybody. Such a consent cannot leave out one person, and deleting it would ' +
      `cut off the company; ${COVERED}.`,
    evidence: { ...evidenceOf(grant), client, resource },
  };
}

/** Clients that the gateway’s owner exempted from consent, so that there is no grant to delete. */
export function preAuthorizedFindings(clients: readonly PreAuthorized[], gatewayAppId: string): Finding[] {
  return clients.map((client) => ({
    id: findingId('consent', 'pre-authorised-client', `${gatewayAppId}/${client.appId}`),
    step: 'consent',
    kind: 'pre-authorised-client',
    title: `${client.name} needs nobody’s consent on the gateway: ${client.scopes.join(', ')}`,
    resource: { system: 'entra', type: 'preAuthorizedApplication', id: client.appId, name: client.name },
    severity: 'info',
    status: 'nothing-to-do',
    reason:
      'Whoever can sign in may use it, whether or not a consent exists. There is nothing to delete for one person; ' +
      `${COVERED}.`,
    evidence: { clientAppId: client.appId, scopes: [...client.scopes] },
  }));
}

function evidenceOf(grant: Grant): Finding['evidence'] {
  const { clientId, resourceId, principalId, consentType, scopes } = grant;
  return { clientId, resourceId, principalId, consentType, scopes: [...scopes] };
}
