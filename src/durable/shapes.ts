import type * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';

/**
 * What an activity or an orchestration takes and gives. Both lie in histories and outlive a release: the recorded ones
 * are parsed with these (`test/golden-histories.test.ts`), so that a renamed field is noticed before a case meets it.
 */
export interface Shapes<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

/** A value of that shape, as handlers see it. */
export type Shaped<Shape extends z.ZodType> = Immutable<z.output<Shape>>;
