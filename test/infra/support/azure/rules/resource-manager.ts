import { anyArmId } from './formats.ts';
import { allowed, exactlyOne, matching, needs, type Rule, type RuleTable } from './rule.ts';

const type: Rule = matching(
  'type',
  /^Microsoft\.\w+(\/\w+)+@\d{4}-\d{2}-\d{2}(-preview)?$/,
  'expected <resource type>@<api version>',
);

/** Sources: Azure/terraform-provider-azapi docs/resources. */
export const RESOURCE_MANAGER_RULES: RuleTable = {
  azapi_resource: [
    type,
    matching('parent_id', /^\/(subscriptions|providers)?/, 'expected a resource id'),
    allowed('identity.type', ['SystemAssigned, UserAssigned', 'UserAssigned', 'SystemAssigned', 'None']),
  ],
  azapi_update_resource: [
    type,
    exactlyOne(['resource_id', 'parent_id']),
    needs('parent_id', 'name'),
    anyArmId('resource_id'),
  ],
  azapi_resource_action: [
    type,
    anyArmId('resource_id'),
    allowed('method', ['POST', 'PATCH', 'PUT', 'DELETE', 'GET', 'HEAD']),
    allowed('when', ['apply', 'destroy']),
  ],
};
