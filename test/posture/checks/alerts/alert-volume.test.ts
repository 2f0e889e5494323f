import { hourText } from '../../../../local/tenant/arm/seeds/seed-alerts.ts';
import { alertVolume } from '../../../../src/posture/checks/alerts/alert-volume.ts';
import { alertSituations } from '../../support/alert-situations.ts';

await alertSituations({
  check: alertVolume,
  rule: 'file-system-volume',
  missing: 'file-system-volume',
  variants: true,
  weaker: { maximumDirectories: '21' },
  stricter: { maximumDirectories: '19', servers: 'dynamic(["archive", "FileSystem"])' },
  splitsBy: ['caller', 'upn', 'hour'],
  // One directory more than anybody may look into.
  plant: (at) => ({
    calls: Array.from({ length: 21 }, (_, index) => ({
      at: new Date(at.getTime() + index * 10_000),
      server: 'filesystem',
      tool: 'list_directory',
      resource: `path=/documents/${index}`,
    })),
    columns: { hour: hourText(at) },
  }),
});
