import { devopsOf, type Firm, type Item, isLeavers, ownedByLeaver, personOf } from '../firm/firm.ts';
import { isClassic, isMachine } from '../firm/items/azure-devops.ts';
import { identityOf, type LivingPath, type Need } from './living-path.ts';
import { livingRight, livingToken, livingWorkflow, variableId } from './living-tokens.ts';
import { livingCalls, livingTrust } from './living-trusts.ts';
import { devopsAt, devopsStateOf, devopsTokenOf, type TenantStates, workloadOf } from './rows.ts';

/** Every path of the leaver that is alive in the tenant. */
export function livingPaths(firm: Firm, states: TenantStates): LivingPath[] {
  // Who came back before anything was cut is let in by right, and the case has to say that it stopped.
  if (firm.leaving.returns === true) return [];
  return firm.items.flatMap((item) => livingOf(firm, states, item));
}

function livingOf(firm: Firm, states: TenantStates, item: Item): LivingPath[] {
  const leaver = personOf(firm, firm.leaver);
  const isMine = (person: string): boolean => isLeavers(firm, person);
  const path = (what: string, needs: readonly Need[], marks: readonly (readonly string[])[]): LivingPath[] => [
    { item, what, needs, marks, told: 'open' },
  ];
  switch (item.kind) {
    case 'grant': {
      if (!isMine(item.person) || item.on !== 'gateway') return [];
      const client = item.client === 'vscode' ? 'VS Code MCP' : 'Claude Code';
      const nameOf = (id: string): string | undefined => states.entra.servicePrincipals.get(id)?.displayName;
      const row = states.entra.grants
        .all()
        .find(
          ({ principalId, clientId, resourceId }) =>
            principalId === leaver.oid && nameOf(clientId) === client && nameOf(resourceId) === 'MCP gateway',
        );
      if (row === undefined) return [];
      const lists = ['entra/delegated-grants', 'entra/grant-cross-check', 'entra/users'];
      return path(`consent through ${client}`, lists, [[row.id]]);
    }
    case 'role': {
      if (!isMine(item.person)) return [];
      const row = states.entra.assignments.all().find(({ principalId }) => principalId === leaver.oid);
      return row === undefined ? [] : path('a role on the gateway', ['entra/app-role-assignments'], [[row.id]]);
    }
    case 'group-role': {
      // A deleted account is in no group until it is restored.
      if (!item.members.includes(firm.leaver) || states.entra.users.get(leaver.oid) === undefined) return [];
      const needs = ['entra/app-role-assignments', 'entra/group-app-roles', 'entra/users'];
      const group = states.entra.groups.all().find(({ displayName }) => displayName === item.name);
      const row = states.entra.assignments.all().find(({ principalId }) => principalId === group?.id);
      const marks = [[item.name], [row?.id ?? item.name]];
      return [{ item, what: `a role through the group ${item.name}`, needs, marks, told: 'mention' }];
    }
    case 'workload': {
      const row = workloadOf(states, item);
      if (row === undefined || !item.reaches) return [];
      const [secret] = row.passwordCredentials ?? [];
      const needs = ['entra/client-secrets', 'entra/service-principal-roles'];
      if (item.addedBy === firm.leaver && secret !== undefined) {
        return path(`a secret of ${item.name}`, [...needs, 'entra/directory-audit'], [[secret.keyId]]);
      }
      const owned = item.owners.includes(firm.leaver) && firm.leaving.state !== 'gone';
      if (!owned || item.addedBy !== 'nobody') return [];
      return path(
        `a secret of ${item.name} that nobody is known to have added`,
        [...needs, 'entra/owners'],
        [[row.appId]],
      );
    }
    case 'trust':
      return livingTrust(firm, states, item);
    case 'fine-grained': {
      const row = states.github.organisations.get(item.organisation)?.tokens.get(String(item.id));
      if (!isMine(item.person) || row === undefined || row.revokedFrom !== undefined) return [];
      const needs = [identityOf(firm), `github/fine-grained-tokens:${item.organisation}`];
      return path(`fine-grained token ${item.id}`, needs, [[`${item.organisation}/${item.id}`]]);
    }
    case 'waiting': {
      const place = states.github.organisations.get(item.organisation);
      const rows = item.as === 'invitation' ? place?.invitations : place?.tokenRequests;
      if (!isMine(item.person) || rows?.get(String(item.id)) === undefined) return [];
      if (item.as === 'invitation') {
        const marks = [[`${item.organisation}/invitations/${item.id}`]];
        return path(`invitation ${item.id}`, ['entra/users', `github/invitations:${item.organisation}`], marks);
      }
      const marks = [[`${item.organisation}/personal-access-token-requests/${item.id}`]];
      const needs = [identityOf(firm), `github/token-requests:${item.organisation}`];
      return path(`token request ${item.id}`, needs, marks);
    }
    case 'sso-credential': {
      const row = states.github.organisations.get(item.organisation)?.credentials.get(String(item.id));
      if (!isMine(item.person) || row === undefined || row.revokedFrom !== undefined) return [];
      const needs = [identityOf(firm), `github/sso-credentials:${item.organisation}`];
      return path(`${item.type} ${item.id}`, needs, [[`${item.organisation}/${item.id}`]]);
    }
    case 'deploy-key': {
      const where = `${item.organisation}/${item.repository}`;
      const row = states.github.repositories.get(where)?.deployKeys.get(String(item.id));
      if (!isMine(item.person) || row === undefined) return [];
      const needs = [identityOf(firm), `github/deploy-keys:${item.organisation}`];
      return path(`deploy key ${item.id} of ${where}`, needs, [[`${where}/keys/${item.id}`]]);
    }
    case 'repository-invitation': {
      const where = `${item.organisation}/${item.repository}`;
      const row = states.github.repositories.get(where)?.invitations.get(String(item.id));
      if (!isMine(item.person) || row === undefined) return [];
      const needs = [identityOf(firm), `github/repository-invitations:${item.organisation}`];
      return path(`invitation ${item.id} to ${where}`, needs, [[`${where}/invitations/${item.id}`]]);
    }
    case 'runner': {
      if (!ownedByLeaver(firm, item.owner)) return [];
      const { organisation, repository, id } = item;
      const place = repository === undefined ? organisation : `${organisation}/${repository}`;
      const runners =
        repository === undefined
          ? states.github.organisations.get(organisation)?.runners
          : states.github.repositories.get(place)?.runners;
      if (runners?.get(String(id)) === undefined) return [];
      const needs = [
        `github/${repository === undefined ? 'organisation' : 'repository'}-runners:${organisation}`,
        ...(item.signs === 'nothing' ? ['github/before-the-log'] : []),
      ];
      return path(`runner ${item.name}`, needs, [[`${place}/runners/${id}`]]);
    }
    case 'agent': {
      const at = devopsAt(item);
      const row = devopsStateOf(states, at)?.agents.where(({ id }) => id === item.id)[0];
      if (row === undefined) return [];
      const needs = [`azure-devops/${isMachine(item) ? 'environment-machines' : 'agents'}:${at}`];
      const marks = [[`agents/${item.id}`]];
      const unknowable = item.signs === 'nothing' ? ['azure-devops/audit-log'] : [];
      return [
        ...(ownedByLeaver(firm, item.owner) && row.enabled
          ? path(`agent ${item.name}`, [...needs, ...unknowable], marks)
          : []),
        ...(item.holds ?? []).flatMap((held) => livingToken(firm, states, item, held, needs, marks)),
      ];
    }
    case 'variable': {
      if ('text' in item.value) return [];
      const { organisation, repository, environment } = item;
      const level =
        repository === undefined ? 'organisation' : environment === undefined ? 'repository' : 'environment';
      const needs = [`github/${level}-variables:${organisation}`];
      return livingToken(firm, states, item, item.value, needs, [[variableId(item)]]);
    }
    case 'workflow':
      return livingWorkflow(firm, states, item);
    case 'devops-token': {
      const at = devopsAt(item);
      const row = devopsTokenOf(states, item);
      if (!isMine(item.person) || row === undefined || item.expired === true || !devopsOf(leaver).includes(at))
        return [];
      const needs = [`identity/azure-devops:${at}`, `azure-devops/${item.ssh === true ? 'ssh-keys' : 'tokens'}:${at}`];
      const marks = [[row.authorizationId]];
      if (row.revokedAt === undefined) return path(`Azure DevOps token “${item.name}”`, needs, marks);
      // Azure DevOps honours a revoked token for up to an hour.
      return [
        { item, what: `revoked Azure DevOps token “${item.name}” in its caches`, needs, marks, told: 'residual' },
      ];
    }
    case 'pipeline':
    case 'variable-group': {
      const [what, mark] =
        item.kind === 'variable-group'
          ? ['variable-groups', `variablegroups/${item.id}`]
          : isClassic(item)
            ? ['classic-releases', `releases/${item.id}`]
            : ['pipeline-variables', `definitions/${item.id}`];
      return item.variables.flatMap((each) =>
        'text' in each
          ? []
          : livingToken(firm, states, item, each, [`azure-devops/${what}:${devopsAt(item)}`], [[mark]]),
      );
    }
    case 'platform-right':
      return livingRight(firm, states, item);
    case 'platform-token': {
      const need = {
        'named-value': 'gateway/named-values',
        backend: 'gateway/backends',
        policy: 'gateway/policies',
        container: 'azure/container-environment',
      } as const;
      const marks = [
        [item.at === 'named-value' ? item.holds.name : item.at === 'container' ? `aci-${item.key}` : `-${item.key}`],
      ];
      return livingToken(firm, states, item, item.holds, [need[item.at]], marks);
    }
    case 'calls':
      return livingCalls(firm, item);
    case 'sign-on':
    case 'refusal':
      return [];
    default:
      return item satisfies never;
  }
}
