import type { Measured } from '../measure/measure-case.ts';
import { quartiles } from '../measure/quartiles.ts';

/** Seconds of what the time of a case consists of, and of what else each process computed, as Markdown. */
export function timeTable(measured: ReadonlyMap<number, readonly Measured[]>): string[] {
  const rows = [...measured].map(([repositories, all]) => {
    const seconds = (of: (one: Measured) => number): number => quartiles(all.map(of)).median / 1_000;
    const floor = all[0]?.floor.seconds ?? Number.NaN;
    // What the simulated vendors compute beyond the latency that is set for them is theirs, not the app's.
    const alone = seconds(({ wallMs, time }) => wallMs - time.vendors);
    const cells = [
      ...[seconds(({ wallMs }) => wallMs), seconds(({ time }) => time.vendors), alone],
      ...[seconds(({ time }) => time.timers), seconds(({ time }) => time.latency)],
      ...[seconds(({ time }) => time.storage), seconds(({ time }) => time.busy)],
      ...[seconds(({ time }) => time.cpu), seconds(({ othersCpuMs }) => othersCpuMs.vendors)],
      seconds(({ othersCpuMs }) => othersCpuMs.storage),
    ].map((value) => value.toFixed(1));
    return `| ${[repositories, ...cells, (alone / floor).toFixed(2)].join(' | ')} |`;
  });
  return [
    '\n### What that time consists of, seconds\n',
    '| repositories | all | idle, vendors beyond their latency | **app alone** | idle, timers | idle, latency | idle, storage | busy | app’s CPU | vendors’ CPU | storage’s CPU | app alone ÷ floor |',
    '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ];
}
