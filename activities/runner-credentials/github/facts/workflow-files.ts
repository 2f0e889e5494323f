import * as z from 'zod';
import { TokenFactSchema } from '../../../../src/credentials/token-fact.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { workflowPlace } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import {
  WorkflowUseSchema,
  workflowUse,
} from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';
import { notedWithoutAccount } from '../log/no-account-coverage.ts';
import { ownedTokens } from './owned.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';
import { repositoryVariables } from './variables.ts';

const FileSchema = z.strictObject({
  path: z.string(),
  tokens: z.array(TokenFactSchema),
  /** What the workflow rests on; which of its variables are the repository's own is told by these. */
  use: z.exactOptional(WorkflowUseSchema),
});
type WorkflowFileFact = Immutable<z.output<typeof FileSchema>>;
const FilesSchema: z.ZodType<readonly WorkflowFileFact[]> = z.array(FileSchema);

/** Workflow files: the tokens in them, and what the workflows rest on. */
export const workflowFiles = defineRepositorySource({
  what: 'workflow-files',
  unit: 'repositories',
  fact: FilesSchema,
  onlyFiles: true,
  tokens: (files) => files.flatMap(({ tokens }) => tokens),
  owned: ({ repository, fact }, line) =>
    fact.flatMap(({ path, tokens }) => ownedTokens(tokens, `${repository.name}/${path}`, line)),
  read: async ({ client, repositories, workflowTexts, tokensIn }) => {
    const { texts, failures } = await workflowTexts();
    return Promise.all(
      repositories.map(async (repository): Promise<SourceRead<readonly WorkflowFileFact[]>> => {
        const unread = failures.flatMap((each) => (each.repository === repository ? [each.failure] : []));
        const own = texts.filter((each) => each.repository === repository);
        const fact = await Promise.all(
          own.map(async ({ path, text }): Promise<WorkflowFileFact> => {
            const file = { organisation: client.name, repository: repository.name, path, text };
            const use = workflowUse(file, new Set(), client.apiEndpoint);
            return { path, tokens: await tokensIn(text), ...(use === undefined ? {} : { use }) };
          }),
        );
        return { fact, asked: 1, count: unread.length === 0 ? 1 : 0, failures: unread };
      }),
    );
  },
  judge: (known, { organisation, apiEndpoint }, line) => ({
    places: known.flatMap(({ repository: { name: repository }, fact }) =>
      fact.map(({ path, tokens }) => ({
        place: workflowPlace({ organisation, repository, path }, apiEndpoint),
        source: line,
        within: repository,
        tokens,
      })),
    ),
    // Those of archived repositories run no more.
    uses: known
      .filter(({ repository }) => !repository.archived)
      .flatMap(({ fact, all }) => {
        const own = new Set(repositoryVariables.factOf(all)?.map(({ name }) => name.toUpperCase()));
        return fact.flatMap(({ use }) =>
          use === undefined ? [] : [{ ...use, ownVariables: use.variables.filter((name) => own.has(name)) }],
        );
      }),
  }),
  noted: notedWithoutAccount,
});
