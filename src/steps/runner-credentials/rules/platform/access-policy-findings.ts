import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Connection } from '../../../../connectors/gateway/credential-manager.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { carriesName } from '../../../../people/names/carries-name.ts';
import { portalUrl } from '../../../azure-portal.ts';
import { remedyOf } from '../../../define-remedy.ts';
import { accessPolicyState, deleteAccessPolicy } from '../../remedies/delete-access-policy.ts';

/** The gateway, and the directory whose people it lets in. */
export interface GatewayService {
  readonly serviceId: string;
  readonly tenantId: string;
}

/** Connections of the credential manager that the leaver may use, or that are named after the leaver. */
export function accessPolicyFindings(
  connections: readonly Connection[],
  leaver: Leaver,
  { serviceId, tenantId }: GatewayService,
): Finding[] {
  return connections.flatMap((connection) => {
    const own = connection.policies.filter(
      // A policy without a tenant is of the service's own.
      (policy) => policy.objectId === leaver.oid && (policy.tenantId ?? tenantId) === tenantId,
    );
    const url = portalUrl(tenantId, serviceId);
    const findings = own.map((policy): Finding => {
      const id = findingId('runner-credentials', 'connection-access', policy.id.toLowerCase());
      const who = leaver.displayName ?? leaver.oid;
      return {
        id,
        step: 'runner-credentials',
        kind: 'connection-access',
        title: `${who} may use the sign-in ${connection.name} that the gateway keeps`,
        resource: { system: 'gateway', type: 'accessPolicy', id: policy.id, name: connection.name, url },
        severity: 'high',
        status: 'planned',
        reason:
          `Whoever the policy names gets a token of the upstream service ${connection.provider} by the gateway. ` +
          'A token that was given out before lives on there until it ends or is revoked.',
        evidence: { provider: connection.provider, connection: connection.name, objectId: policy.objectId },
        remedy: remedyOf(
          deleteAccessPolicy,
          id,
          {
            kind: 'delete-access-policy',
            serviceId,
            provider: connection.provider,
            connection: connection.name,
            policy: policy.name,
            expected: accessPolicyState(policy),
          },
          { who },
        ),
      };
    });
    return [...findings, ...namedConnection(connection, leaver, url)];
  });
}

/** A connection that is named after the leaver was most likely made with the leaver's own sign-in. */
function namedConnection({ id, name, provider }: Connection, leaver: Leaver, url: string): Finding[] {
  const named = carriesName(name, leaver);
  if (named !== 'theirs' && named !== 'perhaps') return [];
  return [
    {
      id: findingId('runner-credentials', 'connection-named-after-leaver', id.toLowerCase()),
      step: 'runner-credentials',
      kind: 'connection-named-after-leaver',
      title: `The sign-in ${name} that the gateway keeps ${named === 'theirs' ? 'is' : 'may be'} named after the leaver`,
      resource: { system: 'gateway', type: 'authorization', id, name, url },
      severity: 'medium',
      status: 'manual-action',
      reason:
        `The gateway does not tell whose sign-in at ${provider} it is. If it is the leaver’s, sign in anew as a service ` +
        'under Credential manager, and revoke the old one at the upstream service.',
      evidence: { provider, connection: name },
    },
  ];
}
