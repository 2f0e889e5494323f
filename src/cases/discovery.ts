import type { Leaver } from '../people/leaver.ts';
import type { CaseId } from './ids.ts';
import type { StepPartRef } from './step-part.ts';

/** What every unit of discovery is given. */
export interface About {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
}

/** A piece of discovery that stands alone: whatever becomes of it, the others go on. */
export interface Unit {
  /** Name of the activity. */
  readonly activity: string;
  /** What it is given besides `About`. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a unit answers. */
export interface Discovered extends StepPartRef {
  /** Units that could be known only now: the batches of a long list. */
  readonly more?: readonly Unit[];
  /** Facts for the steps that come after this one (`after` in `defineStep`); small, they travel through history. */
  readonly handsOn?: Readonly<Record<string, unknown>>;
}

/** What is known of an activity where a unit is made of it. */
interface UnitActivity<Input> {
  readonly name: string;
  readonly handler: (input: Input, context: never) => Promise<Discovered>;
}

/** A unit of work: the activity, and what it needs besides `About`. */
export function unit<Input extends About>(activity: UnitActivity<Input>, input: Omit<Input, keyof About>): Unit {
  return { activity: activity.name, input };
}
