import * as z from 'zod';
import type { IdentityName } from '../credentials.ts';
import type { VendorFailure } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { ask } from './request.ts';

/**
 * Azure DevOps leaves out of its lists what the caller may not see, and answers 200 with the rest. Each of these is
 * where its security keeps who may see things of a kind, and the bit for seeing them.
 * Source: learn.microsoft.com/azure/devops/organizations/security/namespace-reference
 */
const VIEWS = {
  projects: { namespace: '52d39943-cb85-4d7f-8fa8-c6baac873819', bit: '1', scope: 'vso.project' },
  pipelines: { namespace: '33344d9c-fc72-4d6f-aba5-fa317101a7e9', bit: '1024', scope: 'vso.build' },
  'variable groups': {
    namespace: 'b7e84409-6553-448a-bbb2-af228e07cbeb',
    bit: '1',
    scope: 'vso.variablegroups_read',
  },
  environments: { namespace: '83d4c2e6-e57d-4d6e-892b-b87222b7ad20', bit: '1', scope: 'vso.build' },
  'release pipelines': { namespace: 'c788c23e-1b46-4162-8f5e-d7585343b5de', bit: '1', scope: 'vso.release' },
  'service connections': {
    namespace: '49b48001-ca20-4adc-8111-5b60c903a50c',
    bit: '16',
    scope: 'vso.serviceendpoint',
  },
  repositories: { namespace: '2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87', bit: '2', scope: 'vso.code' },
  'service hooks': { namespace: 'cb594ebe-87dd-4fc9-ac2c-6a10a4c92046', bit: '1', scope: 'vso.build' },
  'agent pools': { namespace: '101eae8c-1709-47f9-b228-0e476c35b3ba', bit: '1', scope: 'vso.agentpools' },
} as const;
export type Viewed = keyof typeof VIEWS;

/** What stands above all projects and pools; those to come inherit from it too. */
const ROOTS = { projects: '$PROJECT', 'agent pools': 'AgentPools', 'service hooks': 'PublisherSecurity' } as const;

/** What stands before a project's id where things of a kind in it are protected. */
const IN_PROJECT: Readonly<Record<Exclude<Viewed, keyof typeof ROOTS>, string>> = {
  pipelines: '',
  'variable groups': 'Library/',
  environments: 'Environments/',
  'release pipelines': '',
  'service connections': 'endpoints/',
  repositories: 'repoV2/',
};

/** Tokens of one question: the address must not get too long. */
const TOKENS_PER_CALL = 40;

/** Why a list of all projects, agent pools or service hooks may not be all there is; undefined where it is. */
export function hiddenInOrganisation(
  settings: DevOpsSettings,
  organisation: string,
  what: keyof typeof ROOTS,
  identity: IdentityName = 'reader',
): Promise<VendorFailure | undefined> {
  return hidden(settings, organisation, what, [ROOTS[what]], identity);
}

/** Why the lists of these projects may not be all there is. A folder or a group with rights of its own shows nowhere. */
export async function hiddenInProjects(
  settings: DevOpsSettings,
  organisation: string,
  what: Exclude<Viewed, keyof typeof ROOTS>,
  projectIds: readonly string[],
  identity: IdentityName = 'reader',
): Promise<VendorFailure | undefined> {
  const tokens = projectIds.map((id) => `${IN_PROJECT[what]}${id}`);
  for (let start = 0; start < tokens.length; start += TOKENS_PER_CALL) {
    const failure = await hidden(settings, organisation, what, tokens.slice(start, start + TOKENS_PER_CALL), identity);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function hidden(
  settings: DevOpsSettings,
  organisation: string,
  what: Viewed,
  tokens: readonly string[],
  identity: IdentityName,
): Promise<VendorFailure | undefined> {
  const { namespace, bit, scope } = VIEWS[what];
  const answer = await ask(settings, {
    identity,
    organisation,
    path: ['_apis', 'permissions', namespace, bit],
    query: { tokens: tokens.join(',') },
    version: '7.1',
    what: `say whether the ${identity} sees all ${what} of ${organisation}`,
    scope,
    shape: z.object({ value: z.array(z.boolean()).length(tokens.length) }),
  });
  if (!answer.ok) return answer.failure;
  const unseen = tokens.filter((_, index) => answer.value.body.value[index] !== true);
  if (unseen.length === 0) return undefined;
  const where = unseen.length === 1 ? unseen[0] : `${unseen.length} places, ${unseen[0]} among them,`;
  const message = `${organisation} lists to the app only those ${what} that it may see, and does not let it see all: ${where} refuses that. It needs ${scope}.`;
  return { kind: 'denied', status: 200, missingPermission: scope, message };
}
