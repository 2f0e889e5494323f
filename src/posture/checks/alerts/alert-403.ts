import { ALERT_REASONS } from '../../alerts/judge-alert-rule.ts';
import { judgeDetection } from '../../alerts/judge-detection.ts';
import { defineCheck } from '../../check.ts';
import { alerts } from '../../readings/calls/alerts.ts';

/** Point 15. Of one query there are two rules, as a rule has one severity. Source: the case study’s checklist; kql/repeated-403.kql, docs/detections.md */
export const alert403 = defineCheck({
  id: 'alert-403',
  point: 15,
  title: 'We are told when somebody is refused again and again',
  severity: 'high',
  version: 1,
  modules: ['audit'],
  reads: { alerts },
  reasons: ALERT_REASONS,
  judge: (facts, { at }) =>
    judgeDetection(
      [
        { detection: 'repeated-403', category: 'ordinary' },
        { detection: 'repeated-403', category: 'privileged' },
      ],
      facts.alerts,
      at,
    ),
});
