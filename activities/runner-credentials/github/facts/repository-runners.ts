import * as z from 'zod';
import { RunnerSchema, type SelfHostedRunner } from '../../../../src/connectors/github/runners.ts';
import { runnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import { comparedWith } from '../../compared-with.ts';
import { withoutAccount } from '../no-account-coverage.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

/**
 * Runners that belong to a repository; the organisation's list does not have them. Every repository is asked, whatever
 * the organisation's policy says: it is about who may register new ones, and nothing documents that it ends those of
 * before (docs.github.com/rest/actions/permissions).
 */
export const repositoryRunners = defineRepositorySource({
  what: 'repository-runners',
  unit: 'repositories',
  fact: z.array(RunnerSchema).readonly(),
  read: ({ client, repositories }) =>
    Promise.all(
      repositories.map(async ({ name: repository }): Promise<SourceRead<readonly SelfHostedRunner[]>> => {
        const { items, failure } = await client.listRunners({ organisation: client.name, repository });
        const failures = failure === undefined ? [] : [failure];
        return { fact: items, asked: 1, count: 1 - failures.length, failures };
      }),
    ),
  judge: (known, { organisation, leaver, registered, apiEndpoint }) => ({
    findings: known.flatMap(({ repository: { name: repository }, fact }) =>
      fact.flatMap((runner) => {
        const place = { organisation, repository };
        return runnerFinding(runner, place, { leaver, registered }, apiEndpoint) ?? [];
      }),
    ),
  }),
  noted: (line, leaver) => comparedWith(leaver, 'runner', withoutAccount(line, leaver)),
});
