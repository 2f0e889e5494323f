import type { HistoryEvent } from '../replay/history.ts';

/** Something that an instance has not taken notice of yet. */
export interface Message {
  readonly id: number;
  /** Null where it is for whichever execution is current, as an external event is. */
  readonly executionId: string | null;
  readonly event: HistoryEvent;
}

/** An activity that waits to be run. */
export interface ActivityItem {
  readonly id: number;
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
  /** JSON text; null for none. */
  readonly input: string | null;
}

/** Messages are taken in this order: a generation's start, what it inherits, everything else. */
export const PRIORITY = { start: 0, inherited: 1, usual: 2 } as const;
