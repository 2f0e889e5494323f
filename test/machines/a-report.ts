import { createHash } from 'node:crypto';
import { type MachineReport, MachineReportSchema } from '../../src/machines/report.ts';

export const SHA = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A token as a machine tells of it. */
export const aToken = (of: string): MachineReport['tokens'][number] => ({
  ...{ place: 'runner-environment', path: '~/actions-runner/.env', name: 'GH_TOKEN', type: 'github-classic' },
  ...{ holder: 'personal', checksum: 'valid', sha256: SHA(of), lastFour: '3tV0' },
});

/** A report as a runner sends it. */
export function aReport(
  given: Partial<Omit<MachineReport, 'machine'>> & { readonly machine?: Partial<MachineReport['machine']> } = {},
): MachineReport {
  const { machine, ...rest } = given;
  return MachineReportSchema.parse({
    schemaVersion: 1,
    vendor: 'github',
    job: '4711/1/build/laptop-7',
    machine: {
      ...{ name: 'laptop-7', registeredAt: 'https://github.com/northwind', host: 'laptop-7.local' },
      ...{ user: 'runner', os: 'linux', ...machine },
    },
    takenAt: '2026-11-30T08:00:00.000Z',
    tookMs: 12,
    version: '1.0.0',
    tokens: [],
    places: [],
    servers: [],
    leftOut: { tokens: 0, places: 0, servers: 0 },
    ...rest,
  });
}
