import {
  devopsOf,
  type Firm,
  type GitHubVariable,
  type Held,
  type Item,
  isClassic,
  isLeavers,
  isMachine,
  ORGANISATIONS,
  ownedByLeaver,
  type PlatformRight,
  personOf,
  rightMark,
  type Trust,
} from '../firm/firm.ts';
import { devopsAt, devopsStateOf, devopsTokenOf, type TenantStates, trustKey, workloadOf } from './rows.ts';

/** Something that lets the leaver, or whoever acts as the leaver, in, and that is alive now. */
export interface LivingPath {
  readonly item: Item;
  /** For whoever reads a failure. */
  readonly what: string;
  /**
   * Sources that have to be read before anybody can know of it, `<source>` or `<source>:<which>`; of several in a list
   * one is enough. Where one is not complete, the report owns up to not knowing.
   */
  readonly needs: readonly Need[];
  /** Texts that a finding about it carries: all of one of these lists. */
  readonly marks: readonly (readonly string[])[];
  /**
   * What of a finding tells it. `open`: there is something to do, or a time at which it ends. `residual`: a time alone,
   * because what was cut lives on for a while. `mention`: any finding, also one that says there is nothing to do.
   */
  readonly told: 'open' | 'residual' | 'mention';
}

export type Need = string | readonly string[];

/** Every path of the leaver that is alive in the tenant. */
export function livingPaths(firm: Firm, states: TenantStates): LivingPath[] {
  // Who came back before anything was cut is let in by right, and the case has to say that it stopped.
  if (firm.leaving.returns === true) return [];
  return firm.items.flatMap((item) => livingOf(firm, states, item));
}

/** The organisations whose single sign-on knows the leaver's account; all of them where none does. */
function identityOf(firm: Firm): string[] {
  const known = firm.items.flatMap((item) =>
    item.kind === 'sign-on' && isLeavers(firm, item.account) ? [item.organisation] : [],
  );
  return (known.length > 0 ? known : ORGANISATIONS).map((organisation) => `identity/github:${organisation}`);
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

/** How reports name a variable: by the place that it is deleted from. */
export function variableId({ organisation, repository, environment, name }: GitHubVariable): string {
  const place = repository === undefined ? organisation : `${organisation}/${repository}`;
  return `${environment === undefined ? '' : `environment ${environment} of `}${place}#${name}`;
}

function livingTrust(firm: Firm, states: TenantStates, item: Trust): LivingPath[] {
  const { at, name, admits } = item;
  const admitsLeaver = item.corrected !== true && (admits === 'anybody' || ownedByLeaver(firm, admits));
  if (!admitsLeaver) return [];
  const marks = [[at.name, name]];
  const which = at.type === 'identity' ? 'azure/federated-credentials' : 'entra/application-credentials';
  const needs = [which, ...(admits === 'anybody' ? [] : [identityOf(firm)])];
  const stands = [...trustsIn(states)].includes(trustKey(at.type, at.name, name));
  if (stands) return [{ item, what: `trust ${at.name}/${name} (${item.how})`, needs, marks, told: 'open' }];
  // Tokens of the identity were issued until it was cut, and live on.
  const what = `tokens of ${at.name}, whose trust ${name} was cut`;
  return [{ item, what, needs, marks: [[at.name]], told: 'residual' }];
}

function* trustsIn({ arm, entra }: TenantStates): Generator<string> {
  for (const { name, credentials } of arm.identities.all())
    for (const row of credentials.all()) yield trustKey('identity', name, row.name);
  for (const row of entra.federatedCredentials.all())
    yield trustKey('application', entra.applications.get(row.applicationId)?.displayName ?? '', row.name);
}

/** A token of the leaver that stands somewhere, as long as it opens something. */
function livingToken(
  firm: Firm,
  states: TenantStates,
  item: Item,
  held: Held,
  needs: readonly Need[],
  marks: readonly (readonly string[])[],
): LivingPath[] {
  if (!ownedByLeaver(firm, held.owner)) return [];
  const listed = firm.items.find(({ key }) => key === held.listedAs);
  if (listed !== undefined && !lives(states, listed)) return [];
  // Where nothing tells whose it is, the organisation's one finding about unowned tokens names the place.
  const organisation =
    item.kind === 'platform-token'
      ? item.at === 'container'
        ? 'azure'
        : 'gateway'
      : 'organisation' in item
        ? item.organisation
        : devopsAt(item);
  const place =
    item.kind === 'platform-token' && item.at === 'policy'
      ? `fragment f-${item.key}`
      : item.kind === 'workflow'
        ? item.file
        : item.kind === 'agent'
          ? item.name
          : held.name;
  return [
    {
      item,
      what: `${held.format} of the leaver in ${held.name}`,
      needs,
      marks: [...marks, ['unowned-tokens', organisation, place]],
      told: 'open',
    },
  ];
}

function lives(states: TenantStates, item: Item): boolean {
  if (item.kind === 'sso-credential') {
    const row = states.github.organisations.get(item.organisation)?.credentials.get(String(item.id));
    return row !== undefined && row.revokedFrom === undefined;
  }
  if (item.kind === 'devops-token') {
    const row = devopsTokenOf(states, item);
    return row !== undefined && row.revokedAt === undefined && item.expired !== true;
  }
  return true;
}

function livingWorkflow(
  firm: Firm,
  states: TenantStates,
  item: Extract<Item, { readonly kind: 'workflow' }>,
): LivingPath[] {
  const { organisation, repository, file } = item;
  const row = states.github.repositories
    .get(`${organisation}/${repository}`)
    ?.workflows.all()
    .find(({ path }) => path.endsWith(`/${file}`));
  const marks = [[repository, file]];
  const texts = `github/workflow-files:${organisation}`;
  const awake = item.archived !== true && row?.state === 'active';
  const ranAs = item.ranAs[0];
  const next = item.runsNextAs ?? ranAs;
  return [
    ...(awake && item.cron !== undefined && next === firm.leaver
      ? [
          {
            item,
            what: `schedule ${repository}/${file} runs as the leaver`,
            needs: [identityOf(firm), texts, `github/schedules:${organisation}`],
            marks,
            told: 'open' as const,
          },
        ]
      : []),
    ...(awake && item.uses !== undefined && ownedByLeaver(firm, item.uses.owner)
      ? [
          {
            item,
            what: `${repository}/${file} runs ${item.uses.text}`,
            needs: [identityOf(firm), texts, 'github/workflow-uses'],
            marks: [[repository, item.uses.text.replace(/@.*$/, '')]],
            told: 'open' as const,
          },
        ]
      : []),
    ...(item.holds === undefined ? [] : livingToken(firm, states, item, item.holds, [texts], marks)),
  ];
}

/** A right of the leaver's on the platform, as long as it may ever give something again. */
function livingRight(firm: Firm, { arm }: TenantStates, item: PlatformRight): LivingPath[] {
  const leaver = personOf(firm, firm.leaver);
  if (item.person !== firm.leaver) return [];
  const mark = rightMark(item, leaver);
  const isThere = (rows: readonly { readonly id: string }[]): boolean => rows.some(({ id }) => id.endsWith(mark));
  const path = (need: string, marks: string): LivingPath[] => [
    { item, what: `${item.right} of the leaver`, needs: [need], marks: [[marks]], told: 'open' },
  ];
  switch (item.right) {
    case 'azure-role':
    case 'eligible-role': {
      // Of an account that is deleted for good nobody is ever given the object id again.
      if (firm.leaving.state === 'gone') return [];
      const held = item.right === 'azure-role';
      return path(held ? 'azure/role-assignments' : 'azure/eligible-roles', mark);
    }
    case 'vault':
      return firm.leaving.state === 'gone' ? [] : path('azure/key-vault-access', mark);
    case 'subscription-key': {
      const row = arm.gatewayObjects.all().find(({ id }) => id.endsWith(mark));
      return row?.properties.state === 'active' ? path('gateway/subscription-keys', mark) : [];
    }
    case 'kept-sign-in':
      return isThere(arm.gatewayObjects.all()) ? path('gateway/credential-manager', mark) : [];
    default:
      return item.right satisfies never;
  }
}

/** Calls after the last day: what acted as the leaver then may act again. */
function livingCalls(firm: Firm, item: Extract<Item, { readonly kind: 'calls' }>): LivingPath[] {
  if (!item.daysAgo.some((days) => days < firm.leaving.daysAgo)) return [];
  if (item.by === 'nobody') {
    // Whose they are nobody can tell, so that the audit may not be called complete.
    const needs = ['log-analytics/calls', 'entra/users'];
    return [
      { item, what: 'calls of callers without a name', needs, marks: [['activity-audit', 'caller']], told: 'open' },
    ];
  }
  if ('person' in item.by) {
    if (item.by.person !== firm.leaver) return [];
    const needs = ['log-analytics/calls', 'entra/leave-date', 'entra/departure', 'entra/users'];
    const marks = [['after-departure'], ['not-established']];
    return [{ item, what: 'calls after the last day', needs, marks, told: 'open' }];
  }
  const { identity } = item.by;
  const trusts = firm.items.some(
    (each) => each.kind === 'trust' && each.at.name === identity && ownedByLeaver(firm, each.admits),
  );
  if (!trusts) return [];
  const needs = ['log-analytics/calls', 'azure/federated-credentials', identityOf(firm), 'entra/leave-date'];
  const marks = [['activity-audit', identity]];
  return [{ item, what: `calls of ${identity} after the last day`, needs, marks, told: 'open' }];
}
