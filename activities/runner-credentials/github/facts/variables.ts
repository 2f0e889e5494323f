import * as z from 'zod';
import type { ActionsVariable, VariableScope } from '../../../../src/connectors/github/actions/variables.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { TokenFactSchema } from '../../../../src/credentials/token-fact.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import {
  VariableScopeSchema,
  VariableStateSchema,
  variableState,
} from '../../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { variablePlace } from '../../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { placeOf } from '../../../../src/steps/runner-credentials/rules/github/tokens/variable-place.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { notedWithoutAccount } from '../log/no-account-coverage.ts';
import type { BatchedRepository } from '../repositories/repository-batch.ts';
import { isFailure } from '../scanned.ts';
import { ownedTokens } from './owned.ts';
import type { EnvironmentsRead, Reading } from './reading.ts';
import { defineRepositorySource, type Known, type RepositoryFacts, type SourceRead } from './repository-source.ts';

/** A variable without its value. */
export const VariableFactSchema = z.strictObject({
  scope: VariableScopeSchema,
  name: z.string(),
  /** Of one that holds a token: no other value is long enough that its digest tells nothing. */
  expected: z.exactOptional(VariableStateSchema),
  tokens: z.array(TokenFactSchema),
});
export type VariableFact = Immutable<z.output<typeof VariableFactSchema>>;
const VariableFactsSchema: z.ZodType<readonly VariableFact[]> = z.array(VariableFactSchema);

const tokensIn = (variables: readonly VariableFact[]) => variables.flatMap(({ tokens }) => tokens);

/** One list of variables; unchanged since an earlier reading, what was known of it then. */
async function scopeRead(
  reading: Reading,
  scope: VariableScope,
  key: string,
  before: SourceRead<readonly VariableFact[]> | undefined,
): Promise<{ readonly facts: readonly VariableFact[]; readonly failure?: VendorFailure; readonly etag?: string }> {
  const listed = await reading.client.listVariables(scope, before?.etags?.[key]);
  const { failure, etag } = listed;
  const known = { ...(failure && { failure }), ...(etag && { etag }) };
  if (listed.unchanged !== true) return { ...known, facts: await variableFacts(reading, scope, listed) };
  const same = ({ scope: own }: VariableFact) =>
    own.type === scope.type &&
    (scope.type !== 'environment' || (own.type === 'environment' && own.environment === key));
  return { ...known, facts: (before?.fact ?? []).filter(same) };
}

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

/** What of workflows is known beside the variables: which names they read. */
const UsesSchema = z.array(
  z.looseObject({
    use: z.exactOptional(z.looseObject({ variables: z.array(z.string()), anyVariable: z.boolean() })),
  }),
);

/**
 * Whether every workflow that could read a repository's variable was read, and none does. Those of other repositories
 * cannot; a workflow that computes names may read any.
 */
function isUnused({ sources }: RepositoryFacts, { scope, name }: VariableFact): boolean {
  const read = sources['workflow-files'];
  if (scope.type === 'organisation' || read === undefined || read.failures.length > 0) return false;
  const files = UsesSchema.parse(read.fact);
  return files.every(
    ({ use }) => use === undefined || !(use.anyVariable || use.variables.includes(name.toUpperCase())),
  );
}

/** Every place that was read, whether a token stands there or not: one that was listed may be gone. */
export function variablePlaces(
  variables: readonly VariableFact[],
  source: string,
  apiEndpoint: string,
  facts?: RepositoryFacts,
): readonly LocatedTokens[] {
  return variables.map(({ scope, tokens, ...variable }) => ({
    place: variablePlace(
      scope,
      { ...variable, unused: facts !== undefined && isUnused(facts, { scope, tokens, ...variable }) },
      apiEndpoint,
    ),
    source,
    within: scope.type === 'organisation' ? scope.organisation : scope.repository,
    tokens,
  }));
}

const placesOf = (known: readonly Known<readonly VariableFact[]>[], line: string, apiEndpoint: string) => ({
  places: known.flatMap(({ fact, all }) => variablePlaces(fact, line, apiEndpoint, all)),
});

export const repositoryVariables = defineRepositorySource({
  what: 'repository-variables',
  unit: 'repositories',
  fact: VariableFactsSchema,
  tokens: tokensIn,
  owned: ({ fact }, line) =>
    fact.flatMap(({ scope, name, tokens }) => ownedTokens(tokens, `${placeOf(scope)}/${name}`, line)),
  read: (reading, before) =>
    Promise.all(
      reading.repositories.map(async (known): Promise<SourceRead<readonly VariableFact[]>> => {
        const scope = { type: 'repository', organisation: reading.client.name, repository: known.name } as const;
        const { facts, failure, etag } = await scopeRead(reading, scope, '', before(known));
        const failures = failure === undefined ? [] : [failure];
        const etags = etag === undefined ? {} : { etags: { '': etag } };
        return { fact: facts, asked: 1, count: 1 - failures.length, failures, ...etags };
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
  tokens: tokensIn,
  owned: ({ fact }, line) =>
    fact.flatMap(({ scope, name, tokens }) => ownedTokens(tokens, `${placeOf(scope)}/${name}`, line)),
  read: async (reading, before) => {
    const contents = await reading.contents();
    return Promise.all(
      reading.repositories.map(async (repository): Promise<SourceRead<readonly VariableFact[]>> => {
        const { scopes, failures } = environmentsIn(reading.client.name, repository, contents.get(repository.nodeId));
        const known = before(repository);
        const lists = await Promise.all(
          scopes.map(async (scope) => ({
            of: scope.environment,
            ...(await scopeRead(reading, scope, scope.environment, known)),
          })),
        );
        const unread = lists.flatMap(({ failure }) => failure ?? []);
        return {
          fact: lists.flatMap(({ facts }) => facts),
          count: scopes.length - unread.length,
          failures: [...failures, ...unread],
          etags: Object.fromEntries(lists.flatMap(({ of, etag }) => (etag === undefined ? [] : [[of, etag]]))),
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
  contents: EnvironmentsRead | undefined,
): {
  readonly scopes: readonly Extract<VariableScope, { readonly type: 'environment' }>[];
  readonly failures: readonly VendorFailure[];
} {
  const environments = contents?.environments ?? [];
  const unlisted = contents?.unlisted?.environments;
  const failures = unlisted === undefined ? [] : [unlisted];
  if (isFailure(environments)) return { scopes: [], failures: [...failures, environments] };
  return {
    scopes: environments.map((environment) => ({ type: 'environment', organisation, repository, environment })),
    failures,
  };
}
