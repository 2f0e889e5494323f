import { ALERT_REASONS } from '../../alerts/judge-alert-rule.ts';
import { judgeDetection } from '../../alerts/judge-detection.ts';
import { CANARY_REASONS, judgeTried } from '../../canary/judge-tried.ts';
import { defineCheck } from '../../check.ts';
import { alerts } from '../../readings/calls/alerts.ts';
import { canary } from '../../readings/calls/canary.ts';

/**
 * Point 14: by the rule as it stands, by what it told of what the log has, and by what it makes of the canary. Source: the
 * case study’s checklist; kql/file-system-volume.kql, docs/detections.md
 */
export const alertVolume = defineCheck({
  id: 'alert-volume',
  point: 14,
  title: 'We are told when documents are gone through in bulk',
  severity: 'high',
  version: 1,
  modules: ['audit'],
  reads: { alerts, canary },
  reasons: { ...ALERT_REASONS, ...CANARY_REASONS },
  judge: (facts, { at }) => {
    const judged = judgeDetection([{ detection: 'file-system-volume' }], facts.alerts, at);
    const tried = judgeTried(facts.canary, at);
    return {
      findings: [...judged.findings, ...tried.findings],
      doubts: [...judged.doubts, ...tried.doubts],
      subjects: judged.subjects,
      evidence: [...judged.evidence, ...tried.evidence],
      shows: { ...judged.shows, ...tried.shows },
    };
  },
});
