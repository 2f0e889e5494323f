import { readFileSync } from 'node:fs';
import { WORLD } from '../../seeds/world.ts';
import type { ArmResource } from '../state.ts';

/** What the module `audit` puts in front of each query where nobody sets anything. A test holds the two equal. */
const HEADS = {
  'file-system-volume': {
    file: 'file-system-volume',
    splitsBy: ['caller', 'upn', 'hour'],
    severity: 1,
    lets: {
      lookback: '3h',
      maximumCalls: '100',
      maximumDirectories: '20',
      maximumCallsOverCallers: '500',
      maximumDirectoriesOverCallers: '100',
      servers: 'dynamic(["filesystem"])',
      tools:
        'dynamic(["read_file","read_text_file","read_media_file","read_multiple_files","get_file_info","list_directory","list_directory_with_sizes","directory_tree","search_files"])',
      zone: `"${WORLD.timeZone}"`,
      expected: 'dynamic({})',
    },
  },
  'out-of-hours-writes': {
    file: 'out-of-hours-writes',
    splitsBy: ['caller', 'upn', 'night'],
    severity: 2,
    lets: {
      lookback: '24h',
      zone: `"${WORLD.timeZone}"`,
      opens: '7',
      closes: '20',
      writeVerbs: 'dynamic(["create","update","delete","write","edit","move","push","merge","add","fork"])',
      expected: 'dynamic({})',
    },
  },
  'repeated-403': refusals('ordinary', 2),
  'repeated-403-privileged': refusals('privileged', 1),
} as const;

function refusals(category: string, severity: number) {
  return {
    file: 'repeated-403',
    splitsBy: ['caller', 'upn', 'server', 'since'],
    severity,
    lets: {
      lookback: '1h',
      categories: `dynamic(["${category}"])`,
      maximumRefusals: '5',
      maximumOverServers: '10',
      maximumOverCallers: '30',
      privilegedScopes: 'dynamic(["mcp.tools.admin","mcp.tools.secrets"])',
      privilegedWeight: '2',
      zone: `"${WORLD.timeZone}"`,
      expected: 'dynamic({})',
    },
  } as const;
}

export type ReleasedRule = keyof typeof HEADS;
export const RELEASED_RULES = Object.keys(HEADS) as readonly ReleasedRule[];

/** The text of a rule as Terraform deploys it, with other values where they are given. */
export function ruleQuery(rule: ReleasedRule, values: Readonly<Record<string, string>> = {}): string {
  const { file, lets } = HEADS[rule];
  const head = Object.entries({ ...lets, ...values }).map(([name, value]) => `let ${name} = ${value};`);
  return `${head.join('\n')}\n${readFileSync(new URL(`../../../../kql/${file}.kql`, import.meta.url), 'utf8')}`;
}

const AUDIT_GROUP = `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/${WORLD.audit.resourceGroup}`;
export const WORKSPACE_ID = `${AUDIT_GROUP}/providers/Microsoft.OperationalInsights/workspaces/${WORLD.audit.workspaceName}`;
export const ACTION_GROUP_ID = `${AUDIT_GROUP}/providers/microsoft.insights/actionGroups/ag-mcp-audit-prod`;

/** An alert rule as Azure lists it. Azure writes this provider’s name in lower case, and Terraform in its own. */
export function releasedRule(rule: ReleasedRule, properties: Readonly<Record<string, unknown>> = {}): ArmResource {
  const { splitsBy, severity } = HEADS[rule];
  const name = `alert-mcp-${rule}-prod`;
  return {
    id: `${AUDIT_GROUP}/providers/microsoft.insights/scheduledqueryrules/${name}`,
    subscriptionId: WORLD.subscriptions.platform,
    name,
    systemData: { lastModifiedAt: '2026-01-05T08:00:00.1234567Z' },
    properties: {
      displayName: `MCP: ${rule} (prod)`,
      enabled: true,
      severity,
      evaluationFrequency: 'PT5M',
      windowSize: 'P2D',
      scopes: [WORKSPACE_ID],
      autoMitigate: true,
      skipQueryValidation: true,
      criteria: { allOf: [criterionOf(ruleQuery(rule), splitsBy)] },
      actions: { actionGroups: [ACTION_GROUP_ID] },
      ...properties,
    },
  };
}

/** What a rule looks for: each row of its text’s answer. */
export function criterionOf(query: string, splitsBy: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    query,
    timeAggregation: 'Count',
    operator: 'GreaterThan',
    threshold: 0,
    dimensions: splitsBy.map((name) => ({ name, operator: 'Include', values: ['*'] })),
    failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
  };
}

/** Whom the audit’s alerts tell. */
export function actionGroup(properties: Readonly<Record<string, unknown>> = {}): ArmResource {
  return {
    id: ACTION_GROUP_ID,
    subscriptionId: WORLD.subscriptions.platform,
    name: 'ag-mcp-audit-prod',
    properties: {
      groupShortName: 'mcp-audit',
      enabled: true,
      emailReceivers: [
        { name: 'soc', emailAddress: `soc@${WORLD.domain}`, useCommonAlertSchema: true, status: 'Enabled' },
      ],
      smsReceivers: [],
      webhookReceivers: [],
      ...properties,
    },
  };
}
