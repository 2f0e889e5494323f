import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { GitHubClient } from '../call/client.ts';
import { list } from '../call/list.ts';
import { RunnerSchema, type SelfHostedRunner } from './runners.ts';

/** A group of runners; `inherited`: the enterprise’s, which it shares with the organisation. */
export interface RunnerGroup {
  readonly id: number;
  readonly name: string;
  readonly inherited: boolean;
}

const PERMISSION = 'organization_self_hosted_runners=read';
const Row = z.object({ id: z.int(), name: z.string(), inherited: z.boolean() });

/** The runner groups of an organisation. Source: docs.github.com/rest/actions/self-hosted-runner-groups */
export function listRunnerGroups(client: GitHubClient): Promise<Listing<RunnerGroup>> {
  const org = client.installation.organisation;
  const asked = { what: 'the runner groups', where: org, permission: PERMISSION };
  const path = '/orgs/{org}/actions/runner-groups';
  return list(client, asked, { path, parameters: { org }, key: 'runner_groups', id: 'id', item: Row });
}

/** The runners of one group. */
export function listRunnersOfGroup(
  client: GitHubClient,
  { id, name }: Pick<RunnerGroup, 'id' | 'name'>,
): Promise<Listing<SelfHostedRunner>> {
  const org = client.installation.organisation;
  const asked = { what: `the runners of the group ${name}`, where: org, permission: PERMISSION };
  const path = '/orgs/{org}/actions/runner-groups/{runner_group_id}/runners';
  return list(client, asked, {
    path,
    parameters: { org, runner_group_id: id },
    key: 'runners',
    id: 'id',
    item: RunnerSchema,
  });
}
