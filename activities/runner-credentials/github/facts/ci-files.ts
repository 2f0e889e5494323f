import * as z from 'zod';
import { TokenFactSchema } from '../../../../src/credentials/token-fact.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { ciFilePlace } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { notedWithoutAccount } from '../log/no-account-coverage.ts';
import { ownedTokens } from './owned.ts';
import { defineRepositorySource, type SourceRead } from './repository-source.ts';

const FileSchema = z.strictObject({ path: z.string(), tokens: z.array(TokenFactSchema) });
type CiFileFact = Immutable<z.output<typeof FileSchema>>;
const FilesSchema: z.ZodType<readonly CiFileFact[]> = z.array(FileSchema);

/** Files that CI reads besides the workflows: the tokens in them. */
export const ciFiles = defineRepositorySource({
  what: 'ci-files',
  unit: 'repositories',
  fact: FilesSchema,
  onlyFiles: true,
  tokens: (files) => files.flatMap(({ tokens }) => tokens),
  owned: ({ repository, fact }, line) =>
    fact.flatMap(({ path, tokens }) => ownedTokens(tokens, `${repository.name}/${path}`, line)),
  read: async ({ repositories, ciTexts, tokensIn }) => {
    const { texts, failures } = await ciTexts();
    return Promise.all(
      repositories.map(async (repository): Promise<SourceRead<readonly CiFileFact[]>> => {
        const unread = failures.flatMap((each) => (each.repository === repository ? [each.failure] : []));
        const own = texts.filter((each) => each.repository === repository);
        const fact = await Promise.all(
          own.map(async ({ path, text }): Promise<CiFileFact> => ({ path, tokens: await tokensIn(text) })),
        );
        return { fact, asked: 1, count: unread.length === 0 ? 1 : 0, failures: unread };
      }),
    );
  },
  judge: (known, { organisation, apiEndpoint }, line) => ({
    places: known.flatMap(({ repository: { name: repository }, fact }) =>
      fact.map(({ path, tokens }) => ({
        place: ciFilePlace({ organisation, repository, path }, apiEndpoint),
        source: line,
        within: repository,
        tokens,
      })),
    ),
  }),
  noted: notedWithoutAccount,
});
