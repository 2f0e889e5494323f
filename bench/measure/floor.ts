import { type Need, pages, sum } from './need.ts';

/** GitHub's published secondary limits: points a minute (a read 1, a write 5), and seconds between two writes. */
const POINTS_PER_MINUTE = 900;
const SECONDS_BETWEEN_WRITES = 1;

/** The longest chain of calls of which each needs the answer of the one before. */
const CHAIN = {
  containment: [
    'the user',
    'the deleted user',
    'the deny list read',
    'the deny list written',
    'the deny list read back',
  ],
  account: ['the vault’s challenge', 'the signature', 'the installation', 'its token', 'the account by single sign-on'],
  // Between: the repositories, page after page.
  repositories: ['their contents', 'runs as the leaver', 'the latest run', 'the workflow'],
  remedies: ['a target read', 'the first write'],
  // Between: the other writes, a second apart.
  end: ['the list read back', 'the login', 'the issue looked for', 'the issue opened'],
} as const;

export const CONTAINMENT_CHAIN = CHAIN.containment.length;

export interface Floor {
  /** Calls one after the other. */
  readonly chain: number;
  readonly writes: number;
  readonly points: number;
  /** What the chain takes, with its writes a second apart. */
  readonly chainSeconds: number;
  /** What the points take where the first minute's may be spent at once. */
  readonly rateSeconds: number;
  /** No case can take less. */
  readonly seconds: number;
  /** Points ÷ rate: what it takes where points must flow evenly. */
  readonly evenSeconds: number;
}

/** What the vendors' own limits and latency leave no way around. */
export function floorOf(repositories: number, latencyMs: number, needs: readonly Need[]): Floor {
  const limited = needs.filter(({ vendor, apart }) => vendor === 'github' && apart !== true);
  const writes = sum(limited.map((need) => need.writes ?? 0));
  const points = sum(limited.map(({ calls }) => calls)) + 4 * writes;
  const chain = Object.values(CHAIN).flat().length + pages(repositories, 100);
  const chainSeconds = (chain * latencyMs) / 1_000 + Math.max(0, writes - 1) * SECONDS_BETWEEN_WRITES;
  const rateSeconds = (Math.ceil(points / POINTS_PER_MINUTE) - 1) * 60;
  return {
    chain,
    writes,
    points,
    chainSeconds,
    rateSeconds,
    seconds: Math.max(chainSeconds, rateSeconds),
    evenSeconds: (points / POINTS_PER_MINUTE) * 60,
  };
}
