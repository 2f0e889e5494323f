import * as z from 'zod';
import type { RepositoryContents } from '../../../../src/connectors/github/repository-contents.ts';
import type { ActionsVariable, VariableScope } from '../../../../src/connectors/github/variables.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { TokenFactSchema } from '../../../../src/credentials/token-fact.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import {
  VariableScopeSchema,
  VariableStateSchema,
  variableState,
} from '../../../../src/steps/runner-credentials/remedies/delete-variable.ts';
import { variablePlace } from '../../../../src/steps/runner-credentials/rules/github/token-places.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { notedWithoutAccount } from '../no-account-coverage.ts';
import type { BatchedRepository } from '../repository-batch.ts';
import { isFailure } from '../scanned.ts';
import type { Reading } from './reading.ts';
import { defineRepositorySource, type Known, type SourceRead } from './repository-source.ts';

/** A variable without its value. */
export const VariableFactSchema = z.strictObject({
  scope: VariableScopeSchema,
  name: z.string(),
  /** Of one that holds a token: no other value is long enough that its digest tells nothing. */
  expected: z.exactOptional(VariableStateSchema),
  tokens: z.array(TokenFactSchema),
});
export type VariableFact = Immutable<z.output<typeof VariableFactSchema>>;
const VariableFactsSchema = z.array(VariableFactSchema);

/** What is kept of some variables of one scope. */
export function variableFacts(
  { tokensIn }: Pick<Reading, 'tokensIn'>,
  scope: VariableScope,
  { items }: Listing<ActionsVariable>,
): Promise<VariableFact[]> {
  return Promise.all(
    items.map(async ({ name, value }): Promise<VariableFact> => {
      const tokens = await tokensIn(value, name);
      return { scope, name, ...(tokens.length === 0 ? {} : { expected: variableState(value) }), tokens };
    }),
  );
}

/** Every place that was read, whether a token stands there or not: one that was listed may be gone. */
export function variablePlaces(
  variables: readonly VariableFact[],
  source: string,
  apiEndpoint: string,
): readonly LocatedTokens[] {
  return variables.map(({ scope, tokens, ...variable }) => ({
    place: variablePlace(scope, variable, apiEndpoint),
    source,
    within: scope.type === 'organisation' ? scope.organisation : scope.repository,
    tokens,
  }));
}

const placesOf = (known: readonly Known<readonly VariableFact[]>[], line: string, apiEndpoint: string) => ({
  places: known.flatMap(({ fact }) => variablePlaces(fact, line, apiEndpoint)),
});

export const repositoryVariables = defineRepositorySource({
  what: 'repository-variables',
  unit: 'repositories',
  fact: VariableFactsSchema,
  read: (reading) =>
    Promise.all(
      reading.repositories.map(async ({ name: repository }): Promise<SourceRead<VariableFact[]>> => {
        const scope = { type: 'repository', organisation: reading.client.name, repository } as const;
        const listed = await reading.client.listVariables(scope);
        const failures = listed.failure === undefined ? [] : [listed.failure];
        const fact = await variableFacts(reading, scope, listed);
        return { fact, asked: 1, count: 1 - failures.length, failures };
      }),
    ),
  judge: (known, { apiEndpoint }, line) => placesOf(known, line, apiEndpoint),
  noted: notedWithoutAccount,
});

/** The variables of every environment that GraphQL names. */
export const environmentVariables = defineRepositorySource({
  what: 'environment-variables',
  unit: 'environments',
  fact: VariableFactsSchema,
  read: async (reading) => {
    const contents = await reading.contents();
    return Promise.all(
      reading.repositories.map(async (repository): Promise<SourceRead<VariableFact[]>> => {
        const { scopes, failures } = environmentsIn(reading.client.name, repository, contents.get(repository.nodeId));
        const lists = await Promise.all(
          scopes.map(async (scope) => {
            const listed = await reading.client.listVariables(scope);
            return { facts: await variableFacts(reading, scope, listed), failure: listed.failure };
          }),
        );
        const unread = lists.flatMap(({ failure }) => failure ?? []);
        return {
          fact: lists.flatMap(({ facts }) => facts),
          count: scopes.length - unread.length,
          failures: [...failures, ...unread],
        };
      }),
    );
  },
  judge: (known, { apiEndpoint }, line) => placesOf(known, line, apiEndpoint),
  noted: notedWithoutAccount,
});

function environmentsIn(
  organisation: string,
  { name: repository }: BatchedRepository,
  contents: RepositoryContents | undefined,
): { readonly scopes: readonly VariableScope[]; readonly failures: readonly VendorFailure[] } {
  const environments = contents?.environments ?? [];
  const unlisted = contents?.unlisted?.environments;
  const failures = unlisted === undefined ? [] : [unlisted];
  if (isFailure(environments)) return { scopes: [], failures: [...failures, environments] };
  return {
    scopes: environments.map((environment) => ({ type: 'environment', organisation, repository, environment })),
    failures,
  };
}
