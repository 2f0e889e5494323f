import type { GitHubState } from '../../../local/tenant/github/state/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';

const { organisation } = WORLD.github;
export const org = `/orgs/${organisation}`;
export const repo = `/repos/${organisation}/document-pipeline`;
export const payments = `/repos/${organisation}/payments-api`;
export const security = `/repos/${WORLD.github.securityRepository}`;

/** A call, and with which status it is answered. */
export type Case = readonly [
  method: string,
  template: string,
  path: string,
  status: number,
  body?: unknown,
  as?: 'app' | 'nobody',
];

/** Puts into GitHub what lets every endpoint answer with something in it. */
export function seedEveryEndpoint(state: GitHubState) {
  const [identity] = state.organisations.get(organisation)?.identities ?? [];
  if (identity !== undefined) {
    const scim = { userName: 'alex@firm.example', externalId: identity.guid, createdAt: '2025-01-07T08:00:00Z' };
    Object.assign(identity, { scim: { ...scim, mails: ['alex@firm.example'] } });
  }
  const [colleague] = WORLD.colleagues;
  const outsider = { id: 9_900_124, login: 'zed-outside', name: 'Zed' };
  state.users.add(outsider);
  const own = state.organisations.get(organisation);
  own?.outsideCollaborators.add(outsider.id);
  own?.enterpriseTeams.set(colleague.githubId, { teams: ['ent:platform'], direct: true });
  own?.invitations?.add({ id: 801, login: null, email: 'zed@elsewhere.example', inviterId: colleague.githubId });
  own?.apps.add({ id: 4_401, slug: 'export-helper', ownerId: colleague.githubId, suspended: true });
  const documents = state.repositories.get(`${organisation}/document-pipeline`);
  const workflow = documents?.workflows.all()[0];
  const [[path, text] = ['', '']] = [...(documents?.files ?? [])];
  const keyId = (documents?.id ?? 0) * 1_000 + 1;
  documents?.admins.add(WORLD.leaver.githubId);
  documents?.runs.push({
    id: 77,
    workflowId: workflow?.id ?? 0,
    actorId: WORLD.leaver.githubId,
    event: 'push',
    createdAt: new Date(),
    status: 'in_progress',
    jobs: [{ id: 7, name: 'build', runnerId: 61, status: 'in_progress' }],
  });
  documents?.invitations.add({ id: 901, inviteeId: WORLD.leaver.githubId, permissions: 'write' });
  documents?.invitations.add({ id: 902, inviterId: WORLD.leaver.githubId, permissions: 'read', expired: true });
  state.repositories
    .get(`${organisation}/payments-api`)
    ?.environments.patch('production', { reviewers: [WORLD.leaver.githubId], branchPolicy: ['main'] });
  const guarded = state.repositories.get(`${organisation}/payments-api`);
  guarded?.rules.set('release/1', [{ type: 'pull_request', rulesetId: 1 }]);
  guarded?.protection.set('release/1', { reviews: true });
  for (const each of [own, documents, guarded?.environments.get('production')])
    each?.secrets.add({ name: 'NPM_TOKEN' });
  return { colleague, outsider, workflow, path, text, keyId };
}
