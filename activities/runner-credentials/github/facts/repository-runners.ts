import * as z from 'zod';
import { RunnerSchema, type SelfHostedRunner } from '../../../../src/connectors/github/runners.ts';
import { runnerFinding } from '../../../../src/steps/runner-credentials/rules/github/runner-finding.ts';
import { comparedWith } from '../../compared-with.ts';
import { withoutAccount } from '../no-account-coverage.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

const RunnersSchema: z.ZodType<readonly SelfHostedRunner[]> = z.array(RunnerSchema);

/**
 * Runners that belong to a repository; the organisation's list does not have them. Every repository is asked, whatever
 * the organisation's policy says: it is about who may register new ones, and nothing documents that it ends those of
 * before (docs.github.com/rest/actions/permissions).
 */
export const repositoryRunners = defineRepositorySource({
  what: 'repository-runners',
  unit: 'repositories',
  fact: RunnersSchema,
  read: ({ client, repositories }, before) =>
    Promise.all(
      repositories.map(async (known): Promise<SourceRead<readonly SelfHostedRunner[]>> => {
        const place = { organisation: client.name, repository: known.name };
        const earlier = before(known);
        const { items, failure, etag, unchanged } = await client.listRunners(place, earlier?.etags?.['']);
        const failures = failure === undefined ? [] : [failure];
        const fact = unchanged === true ? (earlier?.fact ?? []) : items;
        const etags = etag === undefined ? {} : { etags: { '': etag } };
        return { fact, asked: 1, count: 1 - failures.length, failures, ...etags };
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
