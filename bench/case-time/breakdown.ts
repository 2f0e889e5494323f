import type { Moment } from './moment.ts';

/** What a stretch of wall time consists of, milliseconds. All but `cpu` add up to it. */
export interface Breakdown {
  /** The app's thread had something to do: it computed, or waited for a core of the machine. */
  readonly busy: number;
  /** The thread had nothing to do, because a vendor’s answer was out for no longer than the latency set for all. */
  readonly latency: number;
  /** The same beyond that latency: what the simulated vendors compute. */
  readonly vendors: number;
  /** It waited for the storage emulator and for no vendor. */
  readonly storage: number;
  /** It waited for nobody: GitHub's second between two writes, and the local host between two looks for work. */
  readonly timers: number;
  /** What all threads of the app's process computed. Other threads than the first may compute at the same time. */
  readonly cpu: number;
}

/**
 * Splits the time of the app's process by what it waited for. Of several requests under way, the one that began last
 * decides: as long as it is within the latency, no vendor could have answered it sooner.
 */
export function breakdownOf(
  moments: readonly Moment[],
  { from, until, latencyMs }: { readonly from: number; readonly until: number; readonly latencyMs: number },
): Breakdown {
  const vendors = new Map<number, number>();
  const storage = new Set<number>();
  const sum = { busy: 0, latency: 0, vendors: 0, storage: 0, timers: 0, cpu: 0 };
  moments.forEach((moment, index) => {
    const before = moments[index - 1];
    if (before !== undefined) {
      const all = moment.at - before.at;
      const begin = Math.max(before.at, from);
      const end = Math.min(moment.at, until);
      // Of a stretch that is only partly in question, the same part of everything.
      const part = all > 0 ? Math.max(0, end - begin) / all : 0;
      const idle = Math.min(all, moment.idle - before.idle) * part;
      sum.busy += all * part - idle;
      sum.cpu += (moment.cpu - before.cpu) * part;
      if (vendors.size > 0) {
        const youngest = Math.max(...vendors.values());
        const within = Math.max(0, Math.min(end, youngest + latencyMs) - begin);
        const latency = end > begin ? idle * (within / (end - begin)) : 0;
        sum.latency += latency;
        sum.vendors += idle - latency;
      } else sum[storage.size > 0 ? 'storage' : 'timers'] += idle;
    }
    note(moment, vendors, storage);
  });
  return sum;
}

function note({ kind, request, to, at }: Moment, vendors: Map<number, number>, storage: Set<number>): void {
  if (to === 'vendor') kind === 'begin' ? vendors.set(request, at) : vendors.delete(request);
  else if (to === 'storage') kind === 'begin' ? storage.add(request) : storage.delete(request);
}
