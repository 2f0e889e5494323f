import { defineSource } from '../define-source.ts';

/** The log is the gateway's: where there is none, nobody logs a call. */
const LOGGED = 'DENY_LIST_NAMED_VALUES';
const DEPARTURE = ['reader/graph/User.Read.All', 'reader/graph/User-LifeCycleInfo.Read.All'];
const LOG = ['reader/logs/Log Analytics Data Reader'];

export const AUDIT_SOURCES = [
  defineSource({
    id: 'entra/departure',
    holds: 'when the leaver left',
    examined: { when: 'nobody says when the person left, or only a date that nobody worked to' },
    permissions: DEPARTURE,
  }),
  defineSource({
    id: 'log-analytics/calls',
    holds: 'the leaver’s calls',
    examined: 'always',
    needs: LOGGED,
    permissions: LOG,
  }),
  defineSource({
    id: 'log-analytics/days-with-rows',
    holds: 'whether the log stood still',
    examined: 'always',
    needs: LOGGED,
    permissions: LOG,
  }),
  defineSource({
    id: 'log-analytics/retention',
    holds: 'how far back the log reaches',
    examined: 'always',
    needs: LOGGED,
    permissions: ['reader/azure/workspace/Microsoft.OperationalInsights/workspaces/tables/read'],
  }),
  defineSource({
    id: 'log-analytics/baseline',
    holds: 'what was usual before',
    examined: { when: 'the log has too few days to compare with' },
    permissions: [],
  }),
  defineSource({
    id: 'dead-letter/tool-calls',
    holds: 'calls that reached the app and are no rows of the log',
    examined: { when: 'calls that may be the leaver’s are among the dead letters' },
    permissions: [],
  }),
  defineSource({
    id: 'entra/sign-ins',
    holds: 'sign-ins of the leaver after the last day, within the 30 days that Entra keeps',
    examined: { when: 'it is known when the person left' },
    permissions: [...DEPARTURE, 'reader/graph/AuditLog.Read.All', 'reader/graph/Directory.Read.All'],
  }),
] as const;
