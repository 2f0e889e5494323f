import { defineCheck } from '../check.ts';
import { ALERT_REASONS } from '../judge-alert-rule.ts';
import { judgeDetection } from '../judge-detection.ts';
import { alerts } from '../readings/alerts.ts';

/** Point 14. Source: the case study’s checklist; kql/file-system-volume.kql, docs/detections.md */
export const alertVolume = defineCheck({
  id: 'alert-volume',
  point: 14,
  title: 'We are told when documents are gone through in bulk',
  severity: 'high',
  version: 1,
  modules: ['audit'],
  reads: { alerts },
  reasons: ALERT_REASONS,
  judge: (facts, { at }) => judgeDetection([{ detection: 'file-system-volume' }], facts.alerts, at),
});
