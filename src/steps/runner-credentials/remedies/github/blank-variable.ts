import * as z from 'zod';
import { defineRemedy } from '../../../define-remedy.ts';
import { ON_VARIABLE, type VariableTarget, VariableTargetSchema } from './delete-variable.ts';
import { actOn } from './github-target.ts';

/** What stands there afterwards: GitHub documents no empty value, and whoever reads this knows why their job fails. */
const PLACEHOLDER = 'removed-by-offboarding';

/**
 * Takes a token out of a variable that workflows read, and leaves the variable: its name and who may see it are what
 * its users rest on, and where it is deleted, one of the same name further up (the repository's, the organisation's) takes its place.
 * Source: docs.github.com/actions/reference/workflows-and-actions/variables, "Configuration variable precedence".
 */
export const blankVariable = defineRemedy({
  kind: 'blank-variable',
  system: 'github',
  call: z.strictObject({ kind: z.literal('blank-variable'), ...VariableTargetSchema.shape }),
  ...ON_VARIABLE,
  words: {
    noun: ['variable', 'variables'],
    done: 'emptied of its token',
    ability: 'change variables',
    before: ({ name }: VariableTarget, { place }: { place: string }) =>
      `Replace the value of the variable ${name} of ${place} by “${PLACEHOLDER}”.`,
    impact: 'Jobs that use the variable fail until it has another credential.',
  },
  act: ({ github }, { scope, name }) =>
    actOn(github, scope.organisation, (there) => there.replaceVariableOf(scope, name, PLACEHOLDER)),
  restore: {
    by: 'nothing',
    undo: 'Nothing brings the value back, because it is kept nowhere: give the variable a credential of a service.',
  },
});
