import type { Firm, Item } from './firm/firm.ts';
import type { Violation } from './oracle/judge.ts';

interface KnownFault {
  /** What the product does wrong today. */
  readonly what: string;
  readonly is: (violation: Violation, item: Item | undefined, firm: Firm) => boolean;
}

/** Faults that the campaign found and that are not mended yet: none. A line goes with its mending. */
const KNOWN_FAULTS: readonly KnownFault[] = [];

/** What is known about a violation, where something is. */
export function knownFault(firm: Firm, violation: Violation): string | undefined {
  const item = firm.items.find(({ key }) => key === violation.item);
  return KNOWN_FAULTS.find(({ is }) => is(violation, item, firm))?.what;
}
