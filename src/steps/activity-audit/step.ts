import { defineSource } from '../define-source.ts';
import { defineStep } from '../define-step.ts';

const LOG = ['reader/logs/Log Analytics Data Reader'];

export const activityAudit = defineStep({
  name: 'activity-audit',
  title: 'Activity audit',
  phase: 'discover',
  sources: [
    defineSource({
      id: 'entra/departure',
      holds: 'when the leaver left',
      permissions: ['reader/graph/User.Read.All'],
    }),
    defineSource({ id: 'log-analytics/calls', holds: 'the leaver’s calls', permissions: LOG }),
    defineSource({ id: 'log-analytics/days-with-rows', holds: 'whether the log stood still', permissions: LOG }),
    defineSource({
      id: 'log-analytics/retention',
      holds: 'how far back the log reaches',
      permissions: ['reader/azure/workspace/Microsoft.OperationalInsights/workspaces/tables/read'],
    }),
    defineSource({ id: 'log-analytics/baseline', holds: 'what was usual before', permissions: [] }),
  ],
  remedies: [],
  acts: [],
});
