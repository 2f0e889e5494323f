import { defineCheck } from '../check.ts';
import { ALERT_REASONS } from '../judge-alert-rule.ts';
import { judgeDetection } from '../judge-detection.ts';
import { alerts } from '../readings/alerts.ts';

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
