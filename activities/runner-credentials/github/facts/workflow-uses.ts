import * as z from 'zod';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { redactSecrets } from '../../../../src/credentials/redact-secrets.ts';
import { loginsOf } from '../../../../src/people/evidence/github-owner.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { CodeReferenceSchema } from '../../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import {
  type ActiveWorkflow,
  type ForeignCode,
  foreignCodeFinding,
  foreignCodeOf,
  loginsIn,
} from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { withoutAccount } from '../log/no-account-coverage.ts';
import { defineRepositorySource, type Judging, type SourceRead } from './repository-source.ts';

const FileSchema = z.strictObject({
  path: z.string(),
  references: z.array(CodeReferenceSchema),
  /** Digests of names, as `mentionsIn` makes them. */
  mentions: z.array(z.string()),
});
type ReferringFact = Immutable<z.output<typeof FileSchema>>;
const FilesSchema: z.ZodType<readonly ReferringFact[]> = z.array(FileSchema);

/**
 * Whose code the organisation's workflows run: a leaver's, or a name's that anybody can register. Owners are resolved
 * to ids when the facts are judged. Archived repositories run nothing.
 */
export const workflowUses = defineRepositorySource({
  what: 'workflow-uses',
  unit: 'repositories',
  fact: FilesSchema,
  onlyFiles: true,
  read: async ({ repositories, workflowTexts, ciTexts }) => {
    const read = await Promise.all([workflowTexts(), ciTexts()]);
    const texts = read.flatMap((each) => each.texts);
    const failures = read.flatMap((each) => each.failures);
    return repositories.map((repository): SourceRead<readonly ReferringFact[]> => {
      // Code that nobody saw.
      const unread = failures.flatMap((each) => (each.repository === repository ? [each.failure] : []));
      const own = repository.archived ? [] : texts.filter((each) => each.repository === repository);
      const files = own.map(({ path, text }) => ({
        path,
        references: codeReferences(path, text).map((each) => ({ ...each, written: redactSecrets(each.written) })),
        mentions: mentionsIn(text),
      }));
      const fact = files.filter(({ references, mentions }) => references.length + mentions.length > 0);
      return { fact, asked: 1, count: unread.length === 0 ? 1 : 0, failures: unread };
    });
  },
  judge: async (known, judging) => {
    const { organisation, leaver, apiEndpoint } = judging;
    const logins = leaver.github.flatMap(loginsOf);
    const files = known
      .flatMap(({ repository, fact }) =>
        fact.map(({ path, references, mentions }) => ({
          organisation,
          repository: repository.name,
          path,
          references: withMentions(references, mentions, logins),
        })),
      )
      .filter(({ references }) => references.length > 0);
    const resolved = await judging.owners(loginsIn(files));
    const judged = files.flatMap((file) => foreignCodeOf(file, resolved.owners, leaver.github));
    const found = await Promise.all(
      judged.map(async (each) => ({ each, active: await activeWorkflow(judging, each) })),
    );
    const failures = [...resolved.failures, ...found.flatMap(({ active }) => active.failure ?? [])];
    return {
      findings: found.map(({ each, active }) => foreignCodeFinding(each, apiEndpoint, active.workflow)),
      failures: failures.map((failure) => ({ failure })),
    };
  },
  noted: (line, leaver) => withoutAccount(line, leaver, 'only names were found that anybody can register'),
});

/** The workflow that the file is, where it is one, runs the leaver's code and is active. */
async function activeWorkflow(
  { workflow }: Pick<Judging, 'workflow'>,
  { kind, file }: ForeignCode,
): Promise<{ readonly workflow?: ActiveWorkflow; readonly failure?: VendorFailure }> {
  const name = /^\.github\/workflows\/([^/]+)$/.exec(file.path)?.[1];
  if (kind !== 'runs-leavers-code' || name === undefined) return {};
  const answer = await workflow(file.repository, name);
  // Whether it is active decides over what is offered, and not over what was found.
  if (!answer.ok) return ['not-found', 'denied'].includes(answer.failure.kind) ? {} : { failure: answer.failure };
  return answer.value.state === 'active' ? { workflow: { workflowId: answer.value.id } } : {};
}
