import { deleteVariableOf, getVariable } from '../../src/connectors/github/variables.ts';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { actOn, readTarget } from './github-target.ts';
import type { RemedyHandler } from './handler.ts';

/**
 * Deletes a variable that holds a token. One whose value was replaced since gives no access, and stays. The image
 * names the token by its digest: its value is filed nowhere.
 */
export const deleteVariable: RemedyHandler<'delete-variable'> = {
  kind: 'delete-variable',
  read: (config, { scope, name }) =>
    readTarget(
      config,
      scope.organisation,
      (client) => getVariable(client, scope, name),
      ({ value }) => {
        const tokens = detectTokens(value).map(({ type, sha256, lastFour }) => ({ type, sha256, lastFour }));
        return tokens.length === 0 ? undefined : { scope, name, tokens };
      },
    ),
  act: (config, { scope, name }) =>
    actOn(config, scope.organisation, (client) => deleteVariableOf(client, scope, name)),
};
