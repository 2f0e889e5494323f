import { defineSource, notRead } from '../define-source.ts';

/** The log is the gateway's: where there is none, nobody logs a call. */
const LOGGED = 'DENY_LIST_NAMED_VALUES';
const LOG = ['reader/logs/Log Analytics Data Reader'];

export const AUDIT_SOURCES = [
  defineSource({
    id: 'entra/departure',
    holds: 'when the leaver left',
    examined: { when: 'nobody says when the person left, or only a date that nobody worked to' },
    permissions: ['reader/graph/User.Read.All', 'reader/graph/User-LifeCycleInfo.Read.All'],
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
  ...notRead('entra', [
    [
      'sign-ins',
      'sign-ins of the leaver after the last day',
      'Sign-in logs need AuditLog.Read.All. Look at the account’s sign-in logs in the Entra admin centre.',
    ],
  ]),
] as const;
