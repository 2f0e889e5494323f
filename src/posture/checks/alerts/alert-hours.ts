import { ALERT_REASONS } from '../../alerts/judge-alert-rule.ts';
import { judgeDetection } from '../../alerts/judge-detection.ts';
import { defineCheck } from '../../check.ts';
import { alerts } from '../../readings/calls/alerts.ts';

/** Point 13. Source: the case study’s checklist; kql/out-of-hours-writes.kql, docs/detections.md */
export const alertHours = defineCheck({
  id: 'alert-hours',
  point: 13,
  title: 'We are told when people change things outside of business hours',
  severity: 'high',
  version: 1,
  modules: ['audit'],
  reads: { alerts },
  reasons: ALERT_REASONS,
  judge: (facts, { at }) => judgeDetection([{ detection: 'out-of-hours-writes' }], facts.alerts, at),
});
