import { actionGroup, criterionOf, releasedRule, ruleQuery } from '../seeds/released-rules.ts';
import type { ArmResource } from '../state.ts';

const { id, properties, ...rest } = releasedRule('file-system-volume');

/** The rule that sees the canary alone, as infra/modules/audit makes it: the same text over the rows of one API. */
export const CANARY_RULE: ArmResource = {
  ...rest,
  id: id.replace('file-system-volume', 'canary'),
  name: rest.name.replace('file-system-volume', 'canary'),
  properties: {
    ...properties,
    displayName: 'MCP: the canary (prod)',
    severity: 4,
    criteria: {
      allOf: [
        criterionOf(ruleQuery('file-system-volume', { servers: 'dynamic(["canary"])' }), ['caller', 'upn', 'hour']),
      ],
    },
    actions: { actionGroups: [`${actionGroup().id.replace(/[^/]+$/, '')}ag-mcp-canary-prod`] },
  },
};
