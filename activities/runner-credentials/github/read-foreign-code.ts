import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import { loginsOf } from '../../../src/people/github-owner.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { codeReferences } from '../../../src/steps/runner-credentials/rules/code-references.ts';
import {
  type ActiveWorkflow,
  type ForeignCode,
  foreignCodeFinding,
  foreignCodeOf,
  loginsIn,
  type ReferringFile,
} from '../../../src/steps/runner-credentials/rules/foreign-code.ts';
import { resolveOwners } from '../../case/github-owners.ts';
import { withoutAccount } from './no-account-coverage.ts';
import type { BatchedRepository } from './repository-batch.ts';
import type { Scanned } from './scanned.ts';

/** The text of a file, from whichever source it was read. */
interface ReadText {
  readonly repository: BatchedRepository;
  readonly path: string;
  readonly text: string;
}

/** What was read of one organisation's repositories. */
interface ReadFiles {
  readonly texts: readonly ReadText[];
  /** What of them could not be read: code that nobody saw. */
  readonly failures: readonly VendorFailure[];
  readonly asked: number;
}

/**
 * Whose code the organisation's workflows run: the leaver's, or a name's that anybody can register. Owners are resolved
 * to ids, once for a case. Archived repositories run nothing.
 */
export async function readForeignCode(
  client: GitHubOrganisation,
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { vendors, settings }: Pick<ActivityContext, 'vendors' | 'settings'>,
  { texts, failures: unread, asked }: ReadFiles,
): Promise<Scanned> {
  const logins = leaver.github.flatMap(loginsOf);
  const files = texts
    .filter(({ repository }) => !repository.archived)
    .map(
      ({ repository, path, text }): ReferringFile => ({
        organisation: client.name,
        repository: repository.name,
        path,
        references: codeReferences(path, text, logins),
      }),
    )
    .filter(({ references }) => references.length > 0);
  const resolved = await resolveOwners(vendors, settings, caseId, { logins: loginsIn(files) });
  const judged = files.flatMap((file) => foreignCodeOf(file, resolved.owners, leaver.github));
  const found = await Promise.all(judged.map(async (each) => ({ each, active: await activeWorkflow(client, each) })));
  const failures = [...resolved.failures, ...found.flatMap(({ active }) => active.failure ?? [])];
  const looked = { asked, count: Math.max(asked - unread.length, 0), unit: 'repositories' };
  const line = coverageOf(`github/workflow-uses:${client.name}`, looked, [...unread, ...failures]);
  return {
    findings: found.map(({ each, active }) => foreignCodeFinding(each, client.apiEndpoint, active.workflow)),
    failures,
    coverage: [withoutAccount(line, leaver, 'only names were found that anybody can register')],
  };
}

/** The workflow that the file is, where it is one, runs the leaver's code and is active. */
async function activeWorkflow(
  client: GitHubOrganisation,
  { kind, file }: ForeignCode,
): Promise<{ readonly workflow?: ActiveWorkflow; readonly failure?: VendorFailure }> {
  const name = /^\.github\/workflows\/([^/]+)$/.exec(file.path)?.[1];
  if (kind !== 'runs-leavers-code' || name === undefined) return {};
  const answer = await client.getWorkflow({ organisation: file.organisation, repository: file.repository }, name);
  // Whether it is active decides over what is offered, and not over what was found.
  if (!answer.ok) return ['not-found', 'denied'].includes(answer.failure.kind) ? {} : { failure: answer.failure };
  return answer.value.state === 'active' ? { workflow: { workflowId: answer.value.id } } : {};
}
