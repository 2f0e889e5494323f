import { deliverMessages } from './deliver-messages.ts';
import type { Duty } from './duty.ts';

/** What falls due by itself, each in a file of its own. */
export const DUTIES: readonly Duty[] = [deliverMessages];
