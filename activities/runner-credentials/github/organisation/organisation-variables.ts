import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { ActionsVariable } from '../../../../src/connectors/github/actions/variables.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { LocatedTokens, OwnersOf } from '../../judge-located.ts';
import { tokenFacts } from '../facts/reading.ts';
import { variableFacts, variablePlaces } from '../facts/variables.ts';

/** The tokens that stand in an organisation's own variables, and how completely these were read. */
export async function organisationVariables(
  organisation: string,
  listed: Listing<ActionsVariable>,
  apiEndpoint: string,
  ownersOf: OwnersOf,
): Promise<{ readonly places: readonly LocatedTokens[]; readonly coverage: readonly [Coverage] }> {
  const source = `github/organisation-variables:${organisation}`;
  const looked = { count: listed.items.length, unit: 'variables' };
  const tokensIn = (text: string, name?: string) => tokenFacts(ownersOf, text, name);
  const facts = await variableFacts({ tokensIn }, { type: 'organisation', organisation }, listed);
  return {
    places: variablePlaces(facts, source, apiEndpoint),
    coverage: [coverageOf(source, looked, listed.failure === undefined ? [] : [listed.failure])],
  };
}
