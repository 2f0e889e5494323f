import { shellWord } from '../../shapes/shell-word.ts';
import { type Doubt, defineCheck, type Evidence, type Found } from '../check.ts';
import { type GatewayApp, gatewayApps, type Holder } from '../readings/gateway/gateway-apps.ts';
import { type ServiceConnection, serviceConnections } from '../readings/pipelines/service-connections.ts';
import { workflowSecrets } from '../readings/pipelines/workflow-secrets.ts';
import { appLink } from '../rights.ts';
import { idleSecrets, signIns } from '../secrets/judge-workflow-secrets.ts';

type Reason = 'live-secret' | 'long-certificate' | 'connection-keeps-secret' | 'workflow-signs-in-with-secret';
type Credential = Holder['credentials'][number];

/** A certificate that lives longer is one that somebody stores; a shorter one is made anew by a machine. */
const SHORT_CERTIFICATE_DAYS = 90;
const DAY = 86_400_000;
/** Ways of a service connection to sign in; all but the first keep nothing that the gateway takes. */
const KNOWN_SCHEMES = new Set([
  'serviceprincipal',
  'workloadidentityfederation',
  'managedserviceidentity',
  'publishprofile',
]);

/** Point 10. Source: learn.microsoft.com/entra/workload-id/workload-identity-federation */
export const noStoredSecrets = defineCheck({
  id: 'no-stored-secrets',
  point: 10,
  title: 'No pipeline keeps a secret for the gateway',
  severity: 'high',
  version: 1,
  modules: ['pipeline-identity'],
  reads: { gatewayApps, serviceConnections, workflowSecrets },
  reasons: {
    'live-secret': 'An application with a role on the gateway can sign in with a secret, which somebody keeps.',
    'long-certificate':
      'An application with a role on the gateway can sign in with a certificate of more than 90 days.',
    'connection-keeps-secret':
      'A service connection of Azure DevOps keeps a key or a certificate of such an application.',
    'workflow-signs-in-with-secret': 'A workflow signs in to Azure with a stored secret.',
  },
  judge: (
    { gatewayApps: { apps, holders, whole }, serviceConnections: { connections }, workflowSecrets: secrets },
    { at, settings },
  ) => {
    // Keys of managed identities are Azure’s own, which it renews and tells nobody. Not verified: no page says so.
    const applications = holders.filter(({ isManagedIdentity }) => !isManagedIdentity);
    const byAppId = new Map<string | undefined, Holder>(holders.map((holder) => [holder.appId, holder]));
    const ours = connections.filter(({ appId }) => appId === undefined || byAppId.has(appId));
    const keeping = ours.filter(({ scheme }) => scheme === 'serviceprincipal');
    return {
      findings: [
        ...applications.flatMap((holder) => holder.credentials.flatMap((each) => lively(holder, each, Date.parse(at)))),
        ...keeping.flatMap((each) => keepsSecret(each, byAppId.get(each.appId))),
        ...signIns(secrets),
      ],
      doubts: [
        ...(whole ? unseen(apps, holders) : []),
        ...(whole ? applications.filter(({ registration }) => registration === undefined).map(elsewhere) : []),
        ...keeping.filter(({ appId }) => appId === undefined).map(ofWhom),
        ...ours.filter(({ scheme }) => !KNOWN_SCHEMES.has(scheme)).map(otherScheme),
        ...idleSecrets(secrets),
      ],
      subjects: holders.length + ours.length + secrets.uses.length + secrets.stored.length,
      evidence: [...holders.map(evidenceOf), ...ours.map(connectionEvidence)],
      shows: {
        with_a_role: holders.length,
        service_connections: ours.length,
        workflow_lines: secrets.uses.length,
        secret_names: secrets.names,
        // Whoever reads “pass” has to know where nobody looked.
        github_organisations: [...settings.GITHUB_ORGANISATIONS],
        devops_organisations: [...settings.DEVOPS_ORGANISATIONS],
      },
    };
  },
});

function evidenceOf({ objectId, name, isManagedIdentity, credentials }: Holder): Evidence {
  return {
    resource: `servicePrincipals/${objectId}`,
    call: 'applications and servicePrincipals v1.0',
    shows: { name, managed_identity: isManagedIdentity, credentials: isManagedIdentity ? 0 : credentials.length },
  };
}

/** One that begins later counts: it is there. One without an end, or with one that is not understood, never ends. */
function lively(holder: Holder, credential: Credential, now: number): Found<Reason>[] {
  const { type, keyId, on, from, until } = credential;
  const end = Date.parse(until ?? '');
  if (end <= now) return [];
  const days = (end - Date.parse(from ?? '')) / DAY;
  if (type === 'certificate' && days <= SHORT_CERTIFICATE_DAYS) return [];
  const set = on === 'registration' ? 'applications' : 'servicePrincipals';
  const id = on === 'registration' ? (holder.registration ?? holder.appId) : holder.objectId;
  const secret = type === 'secret';
  const resource = `${set}/${id}/${secret ? 'passwordCredentials' : 'keyCredentials'}/${keyId}`;
  const ends = until === undefined ? 'does not end' : `is valid until ${until.slice(0, 10)}`;
  const command = `az ad ${on === 'registration' ? 'app' : 'sp'} credential delete --id ${shellWord(id)} --key-id ${shellWord(keyId)}${secret ? '' : ' --cert'}`;
  return [
    {
      reason: secret ? 'live-secret' : 'long-certificate',
      resource,
      ...(secret ? {} : { severity: 'low' as const }),
      says: `${holder.name} has a ${type} that ${ends}, and holds a role on the gateway.`,
      evidence: {
        resource,
        call: `${set} v1.0`,
        shows: { key_id: keyId, type, from: from ?? 'not told', until: until ?? 'never' },
      },
      remedy: {
        todo: `Delete the ${type}, after its pipeline signs in with a federated credential.`,
        link: appLink(holder.appId),
        command,
      },
    },
  ];
}

function connectionEvidence({ organisation, project, id, scheme, authentication }: ServiceConnection): Evidence {
  return {
    resource: `${organisation}/${project}/serviceendpoints/${id}`,
    call: 'serviceendpoint/endpoints 7.2-preview.4',
    shows: { scheme, authentication: authentication ?? 'not told' },
  };
}

/** Without a word on how it signs in, it is a key: the kind that there was before there were others. */
function keepsSecret(connection: ServiceConnection, holder: Holder | undefined): Found<Reason>[] {
  if (holder === undefined) return [];
  const { organisation, project, name, authentication } = connection;
  const what = authentication === 'spncertificate' ? 'a certificate' : 'a key';
  const evidence = connectionEvidence(connection);
  return [
    {
      reason: 'connection-keeps-secret',
      resource: evidence.resource,
      says: `The service connection ${name} of ${organisation}/${project} keeps ${what} of ${holder.name}.`,
      evidence,
      remedy: {
        todo: 'Convert it to workload identity federation, and delete the secret of the application.',
        link: connection.page,
      },
    },
  ];
}

/** Who holds a role and is no service principal of the lists: nobody can say with what it signs in. */
function unseen(apps: readonly GatewayApp[], holders: readonly Holder[]): Doubt[] {
  const known = new Set(holders.map(({ objectId }) => objectId));
  const assigned = apps.flatMap((app) => app.assigned.filter(({ type }) => type === 'serviceprincipal'));
  return [...new Set(assigned.map(({ holder }) => holder))]
    .filter((holder) => !known.has(holder))
    .map((holder): Doubt => {
      return {
        reason: 'no-data',
        resource: holder,
        detail: `The service principal ${holder} holds a role and is not listed.`,
      };
    });
}

function elsewhere({ appId, name }: Holder): Doubt {
  const detail = `${name} is registered in another tenant: with what it signs in is not told here.`;
  return { reason: 'no-data', resource: appId, detail };
}

function otherScheme({ organisation, project, name, id, scheme }: ServiceConnection): Doubt {
  const detail = `The service connection ${name} of ${organisation}/${project} signs in in a way that is not known (${scheme}): whether it keeps a secret is unknown.`;
  return { reason: 'unreadable', resource: id, detail };
}

function ofWhom({ organisation, project, name, id }: ServiceConnection): Doubt {
  const detail = `${organisation}/${project} does not tell whose key the service connection ${name} keeps.`;
  return { reason: 'unreadable', resource: id, detail };
}
