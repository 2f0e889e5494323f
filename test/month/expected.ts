/*
 * What must have happened to each person, written from the story of `script.ts` and from what the documentation
 * promises. Nobody computes it: instants are in UTC, worked out by hand from the clocks of Berlin (summer time, UTC+2,
 * until 25 October 01:00 UTC, then UTC+1) and New York (UTC-4 until 1 November 06:00 UTC, then UTC-5).
 */

/** One case. */
export interface Leaving {
  /** When the engine was to be told to start it; absent where it never was. */
  readonly begins?: string;
  /** When the engine was to be told of a second attempt. */
  readonly again?: string;
  /** How many minutes later is still in time. Default: one. */
  readonly within?: number;
  /** What its row says of how late it began. */
  readonly late?: RegExp;
  readonly state: string;
  /** What was told of it, in this order. */
  readonly told: readonly string[];
}

export interface Expected {
  readonly cases: readonly Leaving[];
  /** When the gateway begins to refuse them, and ends, in turns; within a minute, or as long as the case may take. */
  readonly refused: readonly string[];
}

const WELL = { state: 'filed', told: ['started', 'ended'] } as const;
const AGAIN = { state: 'filed', told: ['reopened', 'started', 'ended'] } as const;
const RELEASED = { state: 'filed', told: ['on-hold', 'started', 'ended'] } as const;
const NEVER = { cases: [], refused: [] } as const;

/** Whose only case begins at an instant, and who is refused from then on. */
const leaves = (begins: string, more: Partial<Leaving> = {}): Expected => ({
  cases: [{ begins, ...WELL, ...more }],
  refused: [begins],
});

export const EXPECTED: Readonly<Record<string, Expected>> = {
  // On the day that HR named, in summer time, in the hour that comes twice (the first of the two), and in winter time.
  anna: leaves('2026-10-23T15:30Z'),
  bruno: leaves('2026-10-25T00:30Z'),
  bela: leaves('2026-10-26T17:00Z'),
  clara: leaves('2026-10-30T21:00Z'),
  dan: leaves('2026-11-02T22:00Z'),
  // The newest word counts, in whatever order it came.
  emil: leaves('2026-10-14T16:00Z'),
  fanny: { cases: [{ state: 'cancelled', told: [] }], refused: [] },
  vera: NEVER,
  // Deleted before their day: at once, and not again on the day.
  // Nobody could be told all that day: by the next, its end says more than its beginning.
  gustav: leaves('2026-10-08T09:00Z', { told: ['ended'] }),
  // Deleted before their day by mistake: let in again, and gone on the day.
  hanna: {
    cases: [
      { begins: '2026-10-06T09:00Z', ...WELL },
      { begins: '2026-10-20T16:00Z', ...AGAIN },
    ],
    refused: ['2026-10-06T09:00Z', '2026-10-06T11:00Z', '2026-10-20T16:00Z'],
  },
  // Disabled for fourteen days; found by a look at Entra, every fifteen minutes.
  ivo: leaves('2026-10-15T09:00Z', { within: 31 }),
  jana: NEVER,
  // Deleted for good after thirty days, and kept on the list until thirty-one days after that.
  karl: { ...leaves('2026-09-29T08:30Z'), refused: ['2026-09-29T08:30Z', '2026-11-29T09:00Z'] },
  lena: { ...leaves('2026-09-30T07:00Z'), refused: ['2026-09-30T07:00Z', '2026-10-01T07:00Z'] },
  // Hired again, let in by an operator, and leaving again.
  mona: {
    cases: [
      { begins: '2026-10-09T16:00Z', ...WELL },
      { begins: '2026-10-30T17:00Z', ...AGAIN },
    ],
    refused: ['2026-10-09T16:00Z', '2026-10-19T10:00Z', '2026-10-30T17:00Z'],
  },
  nils: leaves('2026-10-12T10:00Z'),
  olaf: { cases: [{ state: 'refused', told: ['refused'] }], refused: [] },
  // The day came during a pause: contained at once, and started by whoever ended it.
  petra: {
    cases: [{ begins: '2026-10-22T11:00Z', ...RELEASED }],
    refused: ['2026-10-22T10:00Z'],
  },
  // The day came while storage, or the directory, was away for the night.
  quentin: leaves('2026-10-28T05:00Z', { late: /, and began 6 hours and 1 minute late\.$/ }),
  rita: leaves('2026-10-28T05:00Z', { within: 16 }),
  sven: leaves('2026-10-14T04:00Z', { late: /, and began 6 hours and 30 minutes late\.$/ }),
  tara: leaves('2026-10-14T04:00Z', { within: 2 }),
  // The link to Entra's changes had expired, and no event told.
  uwe: leaves('2026-10-18T02:10Z', { within: 16 }),
  // The engine broke; and lost everything it knew.
  viktor: leaves('2026-10-05T06:00Z', { again: '2026-10-05T06:21Z', within: 3 }),
  wanda: {
    cases: [
      { begins: '2026-10-02T07:00Z', state: 'failed', told: ['started', 'failed'] },
      { begins: '2026-10-02T10:00Z', ...AGAIN },
    ],
    refused: ['2026-10-02T07:00Z'],
  },
  // Eight on one day, five of whom a firm of this size is used to.
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, at): [string, Expected] => [
      `mass${at}`,
      at < 5
        ? leaves('2026-10-21T13:00Z')
        : { cases: [{ begins: '2026-10-21T15:00Z', ...RELEASED }], refused: ['2026-10-21T13:00Z'] },
    ]),
  ),
  // Nothing ever happens to them.
  xaver: NEVER,
};
