import * as z from 'zod';
import { LeaverSchema } from '../people/leaver.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { text } from '../shapes/primitives.ts';
import { CaseIdSchema } from './ids.ts';
import { StepPartRefSchema } from './step-result.ts';

/** What every unit of discovery is given. */
export const AboutSchema = z.strictObject({ caseId: CaseIdSchema, leaver: LeaverSchema });
export type About = Immutable<z.output<typeof AboutSchema>>;

const ownInput = z.record(text, z.unknown());

/** A piece of discovery that stands alone: whatever becomes of it, the others go on. */
export const UnitSchema = z.strictObject({
  /** Name of the activity. */
  activity: text,
  /** What it is given besides `About`. */
  input: ownInput,
});
export type Unit = Immutable<z.output<typeof UnitSchema>>;

/** What a unit answers. */
export const DiscoveredSchema = StepPartRefSchema.extend({
  /** Units that could be known only now: the batches of a long list. */
  more: z.exactOptional(z.array(UnitSchema)),
  /** Facts for the steps that come after this one (`after` in `defineStep`); small, they travel through history. */
  handsOn: z.exactOptional(ownInput),
});
export type Discovered = Immutable<z.output<typeof DiscoveredSchema>>;

/** What is known of an activity where a unit is made of it. */
interface UnitActivity<Input> {
  readonly name: string;
  readonly handler: (input: Input, context: never) => Promise<Discovered>;
}

/** A unit of work: the activity, and what it needs besides `About`. */
export function unit<Input extends About>(activity: UnitActivity<Input>, input: Omit<Input, keyof About>): Unit {
  return { activity: activity.name, input };
}
