import type { ActivityContext } from '../../src/durable/activity.ts';
import type { Part } from '../../src/exposure/part.ts';

/** What a reader of a part brings; what it does not name it has none of. */
export type PartOf = Partial<Omit<Part, 'at'>>;

/** What a reader works with. */
export type PartReading = Pick<ActivityContext, 'vendors' | 'settings' | 'log' | 'now'> & { readonly at: string };
