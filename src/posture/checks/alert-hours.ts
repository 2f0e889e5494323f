import { defineCheck } from '../check.ts';
import { ALERT_REASONS } from '../judge-alert-rule.ts';
import { judgeDetection } from '../judge-detection.ts';
import { alerts } from '../readings/alerts.ts';

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
