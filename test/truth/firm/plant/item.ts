import { seededGuid } from '../../../../local/tenant/entra/directory.ts';
import { type Item, personOf } from '../firm.ts';
import type { SignOnCredential, Waiting } from '../items/github.ts';
import { plantRight, plantText } from '../plant-platform.ts';
import { plantedWorkload, plantGrant, plantGroup, plantRole, plantTrust } from './directory.ts';
import { DAY, descriptorOf, devopsIn, type Ground, nameOf, organisationOf, repositoryOf } from './ground.ts';
import { plantAgent, plantPipeline, plantVariable, plantWorkflow } from './pipelines.ts';
import { entraClaims, textOf } from './tokens.ts';

export function plantItem(ground: Ground, item: Item): void {
  switch (item.kind) {
    case 'sign-on': {
      const { github: account } = personOf(ground.firm, item.account);
      const organisation = organisationOf(ground, item.organisation);
      if (account === undefined || organisation.identities === null) return;
      const identity = {
        guid: seededGuid(`${ground.firm.seed} ${item.key}`),
        nameId: item.nameId,
        userId: account.id,
        attributes: item.objectIdOf === undefined ? [] : entraClaims(personOf(ground.firm, item.objectIdOf)),
        ...(item.scimName === undefined
          ? {}
          : { scim: { userName: item.scimName, createdAt: new Date(ground.now.getTime() - 300 * DAY).toISOString() } }),
      };
      organisation.identities.push(identity);
      return;
    }
    case 'grant':
      plantGrant(ground, item);
      return;
    case 'role':
      plantRole(ground, item);
      return;
    case 'group-role':
      plantGroup(ground, item);
      return;
    case 'workload':
      plantedWorkload(ground, item);
      return;
    case 'trust':
      plantTrust(ground, item);
      return;
    case 'fine-grained':
      organisationOf(ground, item.organisation).tokens.add({
        id: item.id,
        tokenId: item.id + 1_000_000,
        name: nameOf(ground, item.name),
        ownerId: personOf(ground.firm, item.person).github?.id ?? 0,
      });
      return;
    case 'waiting':
      plantWaiting(ground, item);
      return;
    case 'sso-credential':
      plantSignOnCredential(ground, item);
      return;
    case 'deploy-key': {
      const { github: account } = personOf(ground.firm, item.person);
      repositoryOf(ground, item.organisation, item.repository, item.archived).deployKeys.add({
        id: item.id,
        key: `ssh-ed25519 ${Buffer.from(`${ground.firm.seed} ${item.key}`).toString('base64')}`,
        title: 'deploy',
        readOnly: item.readOnly,
        addedBy: item.nameless === true ? null : (account?.login ?? null),
      });
      return;
    }
    case 'repository-invitation':
      repositoryOf(ground, item.organisation, item.repository).invitations.add({
        id: item.id,
        inviteeId: personOf(ground.firm, item.person).github?.id ?? 0,
        permissions: 'write',
      });
      return;
    case 'runner': {
      const runner = { id: item.id, name: item.name, os: 'linux', status: 'online', busy: false } as const;
      const organisation = organisationOf(ground, item.organisation);
      if (item.repository === undefined) {
        organisation.runners.add({ ...runner, labels: item.labels });
        return;
      }
      const repository = repositoryOf(ground, item.organisation, item.repository);
      repository.runners.add({ ...runner, labels: item.labels });
      organisation.runnerRepositories.add(repository.id);
      return;
    }
    case 'agent':
      plantAgent(ground, item);
      return;
    case 'variable':
      plantVariable(ground, item);
      return;
    case 'workflow':
      plantWorkflow(ground, item);
      return;
    case 'devops-token': {
      const from = new Date(ground.now.getTime() - 200 * DAY).toISOString();
      const to = new Date(ground.now.getTime() + (item.expired === true ? -1 : 100) * DAY).toISOString();
      devopsIn(ground.states, item.devops).tokens.add({
        authorizationId: authorizationIdOf(item.id),
        descriptor: descriptorOf(personOf(ground.firm, item.person)),
        displayName: nameOf(ground, item.name),
        scope: item.scope,
        validFrom: from,
        validTo: to,
        isPublic: item.ssh === true,
      });
      return;
    }
    case 'pipeline':
    case 'variable-group':
      plantPipeline(ground, item);
      return;
    // The log is planted at the end, in the order of time; refusals begin with the case.
    case 'calls':
    case 'refusal':
      return;
    case 'platform-right':
      plantRight(ground.states.arm, item, personOf(ground.firm, item.person));
      return;
    case 'platform-token':
      plantText(ground.states.arm, item, textOf(ground, item.holds));
      return;
    default:
      item satisfies never;
  }
}

/** How Azure DevOps names the authorisation behind a token. */
function authorizationIdOf(id: number): string {
  return `0a1b2c3d-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

function plantSignOnCredential(ground: Ground, item: SignOnCredential): void {
  const account = personOf(ground.firm, item.person).github;
  if (account === undefined) return;
  const token = ground.mint.mint(item.type === 'personal access token' ? 'github-classic' : 'github-oauth');
  ground.listed.set(item.key, token);
  const shown =
    item.type === 'SSH key'
      ? { fingerprint: `SHA256:${'k'.repeat(36)}${item.id}` }
      : { tokenLastEight: token.slice(-8), scopes: ['repo'] };
  const { id, type } = item;
  const row = { id, login: account.login, ownerId: account.id, type, ...shown, note: nameOf(ground, item.note) };
  organisationOf(ground, item.organisation).credentials.add(row);
}

function plantWaiting(ground: Ground, { organisation, person, id, as }: Waiting): void {
  const { github: account, mail, userPrincipalName } = personOf(ground.firm, person);
  const place = organisationOf(ground, organisation);
  if (as === 'token-request') {
    place.tokenRequests.add({ id, tokenId: id + 1_000_000, name: 'exports', ownerId: account?.id ?? 0 });
    return;
  }
  place.invitations?.add({ id, login: null, email: mail ?? userPrincipalName, inviterId: 1 });
}
