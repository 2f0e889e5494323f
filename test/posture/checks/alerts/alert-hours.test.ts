import { alertHours } from '../../../../src/posture/checks/alerts/alert-hours.ts';
import { alertSituations } from '../../support/alert-situations.ts';

const DAY_MS = 86_400_000;

await alertSituations({
  check: alertHours,
  rule: 'out-of-hours-writes',
  missing: 'out-of-hours-writes',
  weaker: { zone: '"America/New_York"' },
  stricter: {
    opens: '8',
    writeVerbs: 'dynamic(["create","update","delete","write","edit","move","push","merge","add","fork","set"])',
  },
  splitsBy: ['caller', 'upn', 'night'],
  // A night has the date of the evening on which it began.
  plant: (at) => ({
    calls: [
      { at, upn: 'ana@northwind-capital.example', server: 'github', tool: 'create_issue', resource: 'owner=contoso' },
    ],
    columns: { night: new Date(at.getTime() - DAY_MS).toISOString().slice(0, 10) },
  }),
});
