import { ofCalls, ofGatewayLog, ofTables, shareOf, sumOf } from '../judge-calls.ts';
import { defineMetric } from '../metric.ts';
import { callsLogged as reading } from '../readings/calls/calls-logged.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { uncomparedApis } from '../uncompared-apis.ts';

/**
 * Of the tool calls of thirty days by the gateway’s own log, the share that has its row in the audit log. Whatever lets
 * point 12 doubt the comparison leaves no number.
 */
export const callsLogged = defineMetric({
  id: 'calls-logged',
  title: 'Tool calls that are logged',
  unit: 'share',
  reads: { calls: reading, gateway: gatewayApis },
  withGaps: 'unknown',
  reckon: ({ calls, gateway }) => {
    const { log, gatewayLog } = calls;
    const all = sumOf(log?.days ?? []);
    const doubts = [
      ...(log === undefined ? [] : [ofCalls(log, calls)]),
      ...(gatewayLog === undefined ? [] : [ofGatewayLog(gatewayLog, calls)]),
      ofTables(calls),
    ].flatMap((part) => part.doubts);
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
      doubts: [...doubts, ...uncomparedApis(gateway.apis)].map(({ reason, detail }) => ({ reason, detail })),
    };
  },
});
