import type { Doubt, Found, Judged } from './check.ts';
import type { CallsLoggedFacts } from './readings/calls/calls-logged.ts';

/** Why not every tool call is in the log. */
export const CALLS_REASONS = {
  'calls-missing': 'Of a thousand tool calls more than one has no row in the audit log.',
  'day-incomplete': 'On a day more than one tool call of a hundred has no row in the audit log.',
  'day-empty': 'Nobody left a row on a working day: a holiday, or a gap in which nothing can be told.',
  'retention-short': 'A table keeps its rows for less than ninety days.',
  'dead-letters': 'Tool calls became dead letters instead of rows.',
} as const;
export type CallsReason = keyof typeof CALLS_REASONS;

/** What part of a check says. */
export type Part = Pick<Judged<CallsReason>, 'findings' | 'doubts'>;

type Log = NonNullable<CallsLoggedFacts['log']>;

const LEAST_RETENTION_DAYS = 90;
const MOST_SHOWN = 20;
/** What counts as nothing among rows that the gateway’s own log does not have. */
const STRANGE_SHARE = 0.001;

/** The share of calls that have their row, never rounded up: in thousandths of a percent. */
export function shareOf({ calls, logged }: { readonly calls: number; readonly logged: number }): number {
  // In whole numbers: 0.29 times 100 is less than 29.
  return Math.floor((logged * 100_000) / calls) / 1_000;
}

export function sumOf(days: Log['days']): { readonly calls: number; readonly logged: number } {
  const add = (key: 'calls' | 'logged'): number => days.reduce((sum, each) => sum + each[key], 0);
  return { calls: add('calls'), logged: add('logged') };
}

/** Whether calls have their rows: at least 99.9 % in all, and 99 % on each day. */
export function ofCalls(
  { days, missing, rows, unseen, untold, apis }: Log,
  { workspace, gateway }: CallsLoggedFacts,
): Part {
  const table = `${workspace}/tables/MCPAuditLog_CL`;
  const all = sumOf(days);
  const ids = missing.slice(0, MOST_SHOWN).map(({ id, at, api }) => `${id} ${at} ${api}`);
  const found = (reason: CallsReason, resource: string, says: string): Found<CallsReason> => ({
    reason,
    resource,
    says,
    evidence: { resource: table, call: 'kql/posture/calls-logged.kql', shows: { missing: ids } },
    remedy: {
      todo: 'Look up the missing request ids in the gateway’s own log, and in the app’s for the pipeline’s errors at that time (docs/audit-pipeline.md).',
      link: `https://portal.azure.com/#@/resource${workspace}/logs`,
    },
  });
  const findings: Found<CallsReason>[] = days.flatMap((each) => {
    if (each.logged * 100 >= each.calls * 99) return [];
    const says = `Of ${each.calls} tool calls of ${each.day}, ${each.calls - each.logged} have no row.`;
    return [found('day-incomplete', `${table}/days/${each.day}`, says)];
  });
  if (all.logged * 1_000 < all.calls * 999) {
    findings.unshift(
      found('calls-missing', table, `Of ${all.calls} tool calls, ${all.calls - all.logged} have no row.`),
    );
  }
  const doubts: Doubt[] = [];
  const doubt = (doubtful: boolean, reason: Doubt['reason'], detail: string): void => {
    if (doubtful) doubts.push({ reason, resource: gateway ?? workspace, detail });
  };
  doubt(
    all.calls === 0,
    'no-data',
    'The gateway’s own log tells of no tool call in thirty days: there is nothing to compare, or its policy does not say which they are.',
  );
  const strange = (number: number): boolean => number > rows * STRANGE_SHARE;
  doubt(
    strange(unseen),
    'partial',
    `Of ${rows} rows of the audit log, ${unseen} are of requests that the gateway’s own log does not know: it lost some, or somebody wrote rows.`,
  );
  doubt(
    strange(untold),
    'no-data',
    `Of ${untold} requests with a row the gateway’s own log does not say that they are tool calls: the released policy is not on every API.`,
  );
  const silent = apis.filter(({ passed, told }) => passed > 0 && told === 0).map(({ api }) => api);
  doubt(
    silent.length > 0,
    'no-data',
    `${silent.join(', ')} let messages pass, and told of no tool call: nobody called a tool, or the released policy is not there.`,
  );
  return { findings, doubts };
}

/** Working days without a row. Before the first row there was no log, of which nobody can say anything. */
export function ofEmptyDays(
  emptyDays: readonly string[],
  log: Log | undefined,
  { workspace, from }: CallsLoggedFacts,
): Part {
  const table = `${workspace}/tables/MCPAuditLog_CL`;
  const began = log?.first;
  const firstDay = log?.firstDay;
  const later = firstDay === undefined ? [] : emptyDays.filter((day) => day >= firstDay);
  const young = began !== undefined && began > from;
  const detail = `The audit log begins at ${began}: what was before nobody can say.`;
  return {
    findings: later.map((day) => ({
      reason: 'day-empty',
      resource: `${table}/days/${day}`,
      says: `Nobody left a row on ${day}, a working day.`,
      // That the gateway let calls pass on that day is the more severe failure, and said as such.
      severity: 'medium',
      evidence: { resource: table, call: 'kql/days-without-rows.kql' },
      remedy: {
        todo: 'Accept the day by an exception where it was a holiday; else find out what stood still (docs/audit-pipeline.md).',
      },
    })),
    doubts: young ? [{ reason: 'no-data', resource: table, detail }] : [],
  };
}

/** How long the two tables keep what they hold, and whether queries see all of it. */
export function ofTables({ tables, workspace }: CallsLoggedFacts): Part {
  return {
    findings: tables.flatMap(({ name, retentionDays }): Found<CallsReason>[] => {
      if (retentionDays >= LEAST_RETENTION_DAYS) return [];
      const resource = `${workspace}/tables/${name}`;
      return [
        {
          reason: 'retention-short',
          resource,
          says: `${name} keeps its rows for ${retentionDays} days.`,
          evidence: { resource, call: 'tables 2022-10-01', shows: { retention_days: retentionDays } },
          remedy: {
            todo: `Let the table keep its rows for ${LEAST_RETENTION_DAYS} days (retention_days of infra/modules/audit; of a workspace of yours, there).`,
            link: `https://portal.azure.com/#@/resource${workspace}/tables`,
            command: `az monitor log-analytics workspace table update --ids '${resource.replaceAll("'", String.raw`'\''`)}' --retention-time ${LEAST_RETENTION_DAYS}`,
          },
        },
      ];
    }),
    doubts: tables.flatMap(({ name, plan }): Doubt[] => {
      if (plan === 'Analytics') return [];
      const detail =
        plan === undefined
          ? `Azure does not say which plan ${name} has: with another one than Analytics queries do not see all of it.`
          : `${name} has the plan ${plan}, with which queries do not see all of it.`;
      return [{ reason: 'partial', resource: `${workspace}/tables/${name}`, detail }];
    }),
  };
}

/** What the gateway writes to its own log: with half of its calls there, half of what is missing would be. */
export function ofGatewayLog(
  { diagnostics, workspaces }: NonNullable<CallsLoggedFacts['gatewayLog']>,
  { workspace, gateway = 'gateway' }: CallsLoggedFacts,
): Part {
  const doubts: Doubt[] = [];
  if (!workspaces.includes(workspace)) {
    const detail = 'No diagnostic setting sends GatewayLogs to the workspace of the audit log, as tables of their own.';
    doubts.push({ reason: 'not-configured', resource: gateway, detail });
  }
  const ofService = diagnostics.some(({ id }) => /\/service\/[^/]+\/diagnostics\//i.test(id));
  if (!ofService) {
    doubts.push({ reason: 'not-configured', resource: gateway, detail: 'The gateway has no diagnostic azuremonitor.' });
  }
  for (const { id, percentage, verbosity } of diagnostics) {
    const says =
      percentage === undefined
        ? 'does not say how many calls it writes'
        : percentage < 100
          ? `writes ${percentage} % of the calls`
          : verbosity?.toLowerCase() === 'error'
            ? 'writes errors alone, not what the policy tells'
            : undefined;
    if (says !== undefined) doubts.push({ reason: 'partial', resource: id, detail: `The diagnostic ${id} ${says}.` });
  }
  return { findings: [], doubts };
}

/** Calls that came from the gateway and became no rows. */
export function ofDeadLetters({ rejected, notUploaded }: NonNullable<CallsLoggedFacts['deadLetters']>): Part {
  const kinds = [
    ['rejected', rejected, 'could not be read'],
    ['not-uploaded', notUploaded, 'could not be uploaded'],
  ] as const;
  return {
    findings: kinds.flatMap(([kind, names, why]): Found<CallsReason>[] => {
      if (names.length === 0) return [];
      const resource = `dead-letter/${kind}`;
      return [
        {
          reason: 'dead-letters',
          resource,
          says: `${names.length} ${names.length === 1 ? 'file' : 'files'} of tool calls that ${why} lie in the dead letters.`,
          evidence: { resource, call: 'blobs of dead-letter', shows: { files: names.slice(0, MOST_SHOWN) } },
          remedy: {
            todo: 'Look at GET /api/rejections of the day, and mend what it says, and delete the file once it has served (docs/audit-pipeline.md, Dead letters).',
          },
        },
      ];
    }),
    doubts: [],
  };
}
