import type { ReportFinding, ResourceRef } from '../../cases/finding.ts';
import { isPlainHttps } from '../../html/blocks.ts';
import { shellWord } from '../../shapes/shell-word.ts';
import { portalUrl } from '../azure-portal.ts';

/** Where people see the thing at its vendor; undefined where nothing that was read leads there. */
export function linkTo(
  { system, type, id, url }: ResourceRef,
  evidence: ReportFinding['evidence'],
): string | undefined {
  if (url !== undefined && isPlainHttps(url)) return url;
  const found = system === 'entra' ? entraLink(type, id, evidence) : armLink(id);
  return found !== undefined && isPlainHttps(found) ? found : undefined;
}

function armLink(id: string): string | undefined {
  if (!/^\/subscriptions\//i.test(id)) return undefined;
  const [parent = id, credential] = id.split(/\/federatedIdentityCredentials\//i);
  return credential === undefined ? portalUrl('', id) : portalUrl('', parent, 'federatedcredentials');
}

const ENTRA = 'https://entra.microsoft.com/#view';

function entraLink(
  type: string,
  id: string,
  { appId, clientId, resourceId }: ReportFinding['evidence'],
): string | undefined {
  if (type === 'user' || type === 'accessToken')
    return `${ENTRA}/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${encodeURIComponent(id)}`;
  if (type === 'federatedIdentityCredential' && typeof appId === 'string')
    return `${ENTRA}/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/${encodeURIComponent(appId)}`;
  const principal = type === 'servicePrincipal' ? id : type === 'appRoleAssignment' ? resourceId : clientId;
  return typeof principal === 'string' && principal !== ''
    ? `${ENTRA}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${encodeURIComponent(principal)}`
    : undefined;
}

/**
 * A command that shows the thing, for whoever has to look before they act. There is one for whatever any system holds:
 * no finding leaves its reader without a next move.
 */
export function commandToSee({ resource, reason, evidence }: ReportFinding): string {
  const { system, id, type } = resource;
  if (type === 'machine') return machineCommand(id);
  switch (system) {
    case 'log-analytics':
      return kqlIn(reason) ?? `${table(resource)} | where TimeGenerated > ago(30d)`;
    case 'azure':
    case 'gateway':
      return armCommand(resource);
    case 'entra':
      return entraCommand(resource, evidence);
    case 'github':
      return githubCommand(id);
    case 'azure-devops':
      return devopsCommand(resource);
    case 'app':
      return 'offboard doctor';
    default:
      return system satisfies never;
  }
}

/** A machine is known by its own word: what its vendor lists tells whether there is one. */
function machineCommand(id: string): string {
  const [vendor, organisation = ''] = id.split('/');
  return vendor === 'github'
    ? `gh api --paginate ${w(`/orgs/${organisation}/actions/runners`)}`
    : `az pipelines pool list --organization ${w(`https://dev.azure.com/${organisation}`)}`;
}

function table({ name, id }: ResourceRef): string {
  const own = name ?? id;
  return /^\w+$/.test(own) ? own : `table(${JSON.stringify(own)})`;
}

/** The query that a reason gives: `(KQL: …; …)`. The last one: names stand before it, and one may look like a query. */
function kqlIn(reason: string): string | undefined {
  const [, query] = [...reason.matchAll(/\(KQL: ([^;)]+)/g)].at(-1) ?? [];
  return query?.trim();
}

function entraCommand({ type, id, name }: ResourceRef, { parent }: ReportFinding['evidence']): string {
  if (type === 'federatedIdentityCredential' && parent === 'application')
    return `az ad app federated-credential list --id ${w(first(id))}`;
  if (type === 'user' || type === 'accessToken') return `az ad user show --id ${w(id)}`;
  const graph = (path: string): string => `az rest --method get --url ${w(`https://graph.microsoft.com/v1.0/${path}`)}`;
  if (type === 'oauth2PermissionGrant') return graph(`oauth2PermissionGrants/${encodeURIComponent(id)}`);
  return /^[0-9a-f-]{36}$/i.test(first(id))
    ? graph(`directoryObjects/${first(id)}`)
    : `az ad sp list --display-name ${w(name ?? id)}`;
}

function armCommand({ type, id, name }: ResourceRef): string {
  // A call is nothing of Azure's: it stands in the audit table, by the id of its request.
  if (type === 'tool-call') return `MCPAuditLog_CL | where apim_request_id_s == ${JSON.stringify(id)}`;
  const credential =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.+\/([^/]+)\/federatedIdentityCredentials\/([^/]+)$/i.exec(id);
  const [, subscription, group, identity, own] = credential ?? [];
  if (own !== undefined)
    return `az identity federated-credential show --name ${w(own)} --identity-name ${w(identity)} --resource-group ${w(group)} --subscription ${w(subscription)}`;
  return id.startsWith('/') ? `az resource show --ids ${w(id)}` : `az resource list --name ${w(name ?? id)}`;
}

function githubCommand(id: string): string {
  const place = id.replace(/^.* of /, '');
  const runner = /^([^/]+(?:\/[^/]+)?)\/runners\/(\d+)$/.exec(place);
  if (runner !== null) {
    const [, where = '', number] = runner;
    return `gh api ${w(`/${where.includes('/') ? 'repos' : 'orgs'}/${where}/actions/runners/${number}`)}`;
  }
  const [organisation = '', repository] = place.split(/[/#]/);
  const isRepository = repository !== undefined && /^[\w.-]+$/.test(repository) && !/^\d+$/.test(repository);
  return isRepository
    ? `gh browse --repo ${w(`${organisation}/${repository}`)}`
    : `gh api ${w(`/orgs/${organisation}`)}`;
}

function devopsCommand({ id, name }: ResourceRef): string {
  const organisation = `--organization ${w(`https://dev.azure.com/${first(id)}`)}`;
  const project = name?.includes('/') === true ? ` --project ${w(first(name))}` : '';
  const [, what, number] = /\/(pools|variablegroups|definitions)\/(\d+)/i.exec(id) ?? [];
  const agent = /\/agents\/(\d+)$/.exec(id)?.[1];
  switch (what?.toLowerCase()) {
    case 'pools':
      return `az pipelines agent ${agent === undefined ? 'list' : `show --agent-id ${agent}`} --pool-id ${number} ${organisation}`;
    case 'variablegroups':
      return `az pipelines variable-group show --group-id ${number} ${organisation}${project}`;
    case 'definitions':
      return `az pipelines show --id ${number} ${organisation}${project}`;
    default:
      return `az devops user list ${organisation}`;
  }
}

function first(id: string): string {
  const [beginning = id] = id.split('/');
  return beginning;
}

function w(text = ''): string {
  return shellWord(text);
}
