import { defineCheck } from '../check.ts';
import {
  CALLS_REASONS,
  ofCalls,
  ofDeadLetters,
  ofEmptyDays,
  ofGatewayLog,
  ofTables,
  type Part,
  shareOf,
  sumOf,
} from '../judge-calls.ts';
import { callsLogged as reading } from '../readings/calls/calls-logged.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { uncomparedApis } from '../uncompared-apis.ts';

/**
 * Point 12. The gateway’s own log, which has no bodies, tells which requests were tool calls; each has to have its row.
 * Which APIs lead to servers, their policies say too, so that the gateway’s APIs are read as points 6 and 9 read them. Whether Azure ever loses records of that log, and the form of traces there, is not documented: a log that does not fit is
 * in doubt, never passed. Source: the case study’s checklist;
 * learn.microsoft.com/azure/api-management/trace-policy, …/azure/azure-monitor/reference/tables/apimanagementgatewaylogs
 */
export const callsLogged = defineCheck({
  id: 'calls-logged',
  point: 12,
  title: 'Every tool call is in the log',
  severity: 'critical',
  version: 1,
  modules: ['gateway', 'audit', 'offboarding'],
  reads: { calls: reading, gateway: gatewayApis },
  reasons: CALLS_REASONS,
  judge: ({ calls, gateway }) => {
    const { log, emptyDays, gatewayLog, deadLetters, workspace } = calls;
    const parts: Part[] = [
      ...(log === undefined ? [] : [ofCalls(log, calls)]),
      ...(emptyDays === undefined ? [] : [ofEmptyDays(emptyDays, log, calls)]),
      ofTables(calls),
      ...(gatewayLog === undefined ? [] : [ofGatewayLog(gatewayLog, calls)]),
      ...(deadLetters === undefined ? [] : [ofDeadLetters(deadLetters)]),
    ];
    const all = sumOf(log?.days ?? []);
    return {
      findings: parts.flatMap(({ findings }) => findings),
      doubts: [...parts.flatMap(({ doubts }) => doubts), ...uncomparedApis(gateway.apis)],
      subjects: 1,
      evidence: [
        { resource: workspace, call: 'kql/posture/calls-logged.kql', shows: { from: calls.from, to: calls.to } },
      ],
      shows: {
        calls: all.calls,
        logged: all.logged,
        ...(all.calls === 0 ? {} : { percent: shareOf(all) }),
        by_day: (log?.days ?? []).map((each) => `${each.day} ${each.logged}/${each.calls} ${shareOf(each)} %`),
        missing: (log?.missing ?? []).map(({ id }) => id),
      },
    };
  },
});
