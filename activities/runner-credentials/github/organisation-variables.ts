import type { Coverage } from '../../../src/cases/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { ActionsVariable } from '../../../src/connectors/github/variables.ts';
import type { Listing } from '../../../src/connectors/listing.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { variablePlace } from '../../../src/steps/runner-credentials/rules/github/token-places.ts';
import type { LocatedTokens } from '../judge-located.ts';

/** The tokens that stand in an organisation's own variables, and how completely these were read. */
export function organisationVariables(
  organisation: string,
  { items, failure }: Listing<ActionsVariable>,
  apiEndpoint: string,
): { readonly places: LocatedTokens[]; readonly coverage: readonly [Coverage] } {
  const source = `github/organisation-variables:${organisation}`;
  const looked = { count: items.length, unit: 'variables' };
  return {
    places: items.map(({ name, value }) => ({
      place: variablePlace({ type: 'organisation', organisation }, { name, value }, apiEndpoint),
      source,
      within: organisation,
      tokens: findTokens(value, name),
    })),
    coverage: [coverageOf(source, looked, failure === undefined ? [] : [failure])],
  };
}
