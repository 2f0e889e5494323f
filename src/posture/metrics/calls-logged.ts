import { ofCalls, ofGatewayLog, ofTables, shareOf, sumOf } from '../judge-calls.ts';
import { defineMetric } from '../metric.ts';
import { callsLogged as reading } from '../readings/calls-logged.ts';

/**
 * Of the tool calls of thirty days by the gateway’s own log, the share that has its row in the audit log. Whatever lets
 * point 12 doubt the comparison leaves no number.
 */
export const callsLogged = defineMetric({
  id: 'calls-logged',
  title: 'Tool calls that are logged',
  unit: 'share',
  reads: { calls: reading },
  withGaps: 'unknown',
  reckon: ({ calls }) => {
    const { log, gatewayLog } = calls;
    const all = sumOf(log?.days ?? []);
    const parts = [
      ...(log === undefined ? [] : [ofCalls(log, calls)]),
      ...(gatewayLog === undefined ? [] : [ofGatewayLog(gatewayLog, calls)]),
      ofTables(calls),
    ];
    return {
      value: all.calls === 0 ? undefined : all.logged / all.calls,
      arithmetic:
        all.calls === 0
          ? 'no tool call in thirty days'
          : `${all.logged} of ${all.calls} tool calls in thirty days: ${shareOf(all)} %`,
      terms: {
        calls: all.calls,
        logged: all.logged,
        days: log?.days.length ?? 0,
        rows: log?.rows ?? 0,
        rows_without_call: log?.unseen ?? 0,
      },
      doubts: parts.flatMap(({ doubts }) => doubts.map(({ reason, detail }) => ({ reason, detail }))),
    };
  },
});
