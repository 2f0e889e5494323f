import { hourText } from '../../../../local/tenant/arm/seeds/seed-alerts.ts';
import { alert403 } from '../../../../src/posture/checks/alerts/alert-403.ts';
import { alertSituations } from '../../support/alert-situations.ts';

await alertSituations({
  check: alert403,
  rule: 'repeated-403',
  missing: 'repeated-403 (ordinary)',
  besides: ['repeated-403-privileged'],
  weaker: { maximumRefusals: '6' },
  stricter: { maximumRefusals: '4', maximumOverCallers: '20' },
  splitsBy: ['caller', 'upn', 'server', 'since'],
  plant: (at) => ({
    calls: Array.from({ length: 6 }, (_, index) => ({
      at: new Date(at.getTime() + index * 10_000),
      server: 'github',
      tool: 'create_issue',
      resource: 'owner=contoso',
      status: 403,
    })),
    columns: { server: 'github', since: hourText(at) },
  }),
});
