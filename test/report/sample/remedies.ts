import type { Finding } from '../../../src/cases/finding.ts';
import type { Remedy } from '../../../src/cases/remedies/remedy.ts';
import { finding, withRemedy } from '../sample-case.ts';

export const grant = (id: string, name: string): Finding & { readonly remedy: Remedy } =>
  withRemedy(
    finding('consent', 'delegated-grant', id, {
      title: `${name} may call the gateway as the leaver.`,
      resource: { system: 'entra', type: 'oauth2PermissionGrant', id, name },
      severity: 'high',
      reason: 'The leaver consented for themselves; a refresh token makes new access tokens from it.',
      evidence: { scope: 'mcp.tools.read mcp.tools.write', consentType: 'Principal', clientAppId: 'c1a0de00-c0de' },
    }),
    { what: `Delete the consent grant of ${name} on the gateway.` },
  );

export const federated = (identity: string, name: string, subject: string, rest: Partial<Finding> = {}) =>
  withRemedy(
    finding('federated-credentials', 'references-leaver', `${identity}/${name}`, {
      title: `${identity} trusts workflows of the leaver’s own repository.`,
      resource: {
        system: 'azure',
        type: 'federatedIdentityCredential',
        id: `/subscriptions/1111/resourceGroups/rg-mcp/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${identity}/federatedIdentityCredentials/${name}`,
        name: `${identity}/${name}`,
        url: 'https://portal.azure.com/#view/identity',
      },
      severity: 'high',
      reason: 'The subject’s owner is the leaver’s GitHub account, matched by its numeric id.',
      evidence: { subject, issuer: 'https://token.actions.githubusercontent.com', matchedBy: 'owner id 4711042' },
      ...rest,
    }),
    {
      what: `Delete the federated credential ${name} of ${identity}.`,
      serialKey: identity,
      call: {
        kind: 'delete-federated-credential',
        name,
        id: name,
        expected: {
          issuer: 'https://token.actions.githubusercontent.com',
          subject,
          expression: null,
          audiences: ['api://AzureADTokenExchange'],
        },
        parent: {
          type: 'managed-identity',
          subscriptionId: '1111',
          resourceGroup: 'rg-mcp',
          name: identity,
          resourceId: `/x/${identity}`,
        },
      },
    },
  );
