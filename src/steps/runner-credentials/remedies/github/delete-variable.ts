import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { GitHub } from '../../../../connectors/github/index.ts';
import type { VendorResult } from '../../../../connectors/result.ts';
import type { Vendors } from '../../../../connectors/vendors.ts';
import { detectTokens } from '../../../../credentials/detector/detect-tokens.ts';
import { defineRemedy, type ReadOfCase, type TargetState } from '../../../define-remedy.ts';
import { stopsWithoutVariable } from '../../rules/github/workflows/what-stops.ts';
import { actOn, readTarget, SIGNED } from './github-target.ts';

/** Where an Actions variable lives. */
export const VariableScopeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('organisation'), organisation: z.string() }),
  z.strictObject({ type: z.literal('repository'), organisation: z.string(), repository: z.string() }),
  z.strictObject({
    type: z.literal('environment'),
    organisation: z.string(),
    repository: z.string(),
    environment: z.string(),
  }),
]);
/** The digest of its whole value (SHA-256, hex), which holds a token and so cannot be guessed. */
export const VariableStateSchema = z.strictObject({ valueSha256: z.string() });
export type VariableState = Readonly<z.output<typeof VariableStateSchema>>;

/** What stands in a variable, without the value. */
export function variableState(value: string): VariableState {
  return { valueSha256: createHash('sha256').update(value).digest('hex') };
}

/** What writing to a variable takes, by where it lives. */
const WRITING_VARIABLES = {
  organisation: [SIGNED, 'remover/github/organization_actions_variables=write'],
  repository: [SIGNED, 'remover/github/actions_variables=write'],
  environment: [SIGNED, 'remover/github/environments=write'],
} as const;

/** A variable as it stands; gone where no token is in it any more. The image names tokens by their digests. */
function readVariable(
  github: GitHub,
  { scope, name }: { readonly scope: z.output<typeof VariableScopeSchema>; readonly name: string },
): Promise<VendorResult<TargetState<VariableState>>> {
  return readTarget(
    github,
    scope.organisation,
    (there) => there.getVariable(scope, name),
    ({ value }) => {
      const tokens = detectTokens(value, name).map(({ type, sha256, lastFour }) => ({ type, sha256, lastFour }));
      return tokens.length === 0 ? undefined : { image: { scope, name, tokens }, now: variableState(value) };
    },
  );
}

/** A variable that holds a token, and what every remedy of it takes. */
export const VariableTargetSchema = z.strictObject({
  scope: VariableScopeSchema,
  name: z.string(),
  expected: VariableStateSchema,
});
export type VariableTarget = z.output<typeof VariableTargetSchema>;

/** What is the same of every remedy of a variable, whatever becomes of it. */
export const ON_VARIABLE = {
  risk: 'disruptive',
  permissions: { sortOf: ({ scope }: VariableTarget) => scope.type, bySort: WRITING_VARIABLES },
  leastCalls: ({ length }: readonly VariableTarget[]) => [
    { vendor: 'github' as const, calls: 3 * length, writes: length },
  ],
  ends: 'place',
  stops: ({ scope, name }: VariableTarget, { uses }: ReadOfCase) => stopsWithoutVariable(scope, name, uses),
  livesOn: 'nothing',
  read: ({ github }: Pick<Vendors, 'github'>, call: VariableTarget) => readVariable(github, call),
} as const;

/**
 * Deletes a variable that holds a token and that no workflow reads. One whose value was replaced since gives no access, and stays. The image
 * names the token by its digest: its value is filed nowhere.
 */
export const deleteVariable = defineRemedy({
  kind: 'delete-variable',
  system: 'github',
  call: z.strictObject({ kind: z.literal('delete-variable'), ...VariableTargetSchema.shape }),
  ...ON_VARIABLE,
  words: {
    noun: ['variable', 'variables'],
    done: 'deleted',
    ability: 'delete variables',
    before: ({ name }: VariableTarget, { place }: { place: string }) => `Delete the variable ${name} of ${place}.`,
    impact: 'Jobs that use the variable fail.',
  },
  act: ({ github }, { scope, name }) =>
    actOn(github, scope.organisation, (there) => there.deleteVariableOf(scope, name)),
  restore: {
    by: 'nothing',
    undo: 'Nothing brings the value back, because it is kept nowhere: create the variable again with a credential of a service.',
  },
});
