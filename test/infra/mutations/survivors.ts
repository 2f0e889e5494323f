import { interfaceOf } from '../support/interface.ts';

/** A kind of mutants that no test notices, and why none needs to. The campaign fails for those that are not here. */
interface Survivors {
  readonly are: (name: string) => boolean;
  readonly reason: string;
}

const SURVIVORS: readonly Survivors[] = [
  {
    are: (name) => / variable\.\w+ > default$/.test(name),
    reason:
      'The root passes every input (test/infra/inputs.test.ts): a default of its own in a module is for those who call the module alone.',
  },
  {
    are: isForOthers,
    reason:
      'The root does not read it (FOR_OTHERS in test/infra/inputs.test.ts): it is for those who call the module alone.',
  },
  {
    are: (name) => / > description$/.test(name),
    reason: 'Prose that stands in the portal, for a branch that the complete example does not take.',
  },
  {
    are: (name) =>
      [
        'network/main.tf resource.azurerm_subnet.gateway > dynamic.delegation > content > name',
        'network/security-private.tf resource.azurerm_network_security_rule.private_endpoints_gateway > name',
        'gateway/main.tf resource.azurerm_private_endpoint.gateway > private_service_connection > name',
        'gateway/main.tf resource.azurerm_private_endpoint.gateway > dynamic.ip_configuration > content > name',
      ].includes(name),
    reason: 'A name within its parent that nothing refers to: Azure wants one, and any will do.',
  },
  {
    are: (name) =>
      name ===
      'network/security-private.tf resource.azurerm_network_security_rule.private_endpoints_gateway > priority',
    reason: 'Between the rule before it and the denial (both tested) every number means the same.',
  },
  {
    are: (name) => name === 'audit/main.tf locals > stream_types',
    reason: 'No column of kql/mcp-audit-log.schema.json is a bool yet; the first would be called wrongly without it.',
  },
];

/** Why nobody needs to notice a mutant of this name; `undefined` where a test is missing. */
export const reasonFor = (name: string): string | undefined => SURVIVORS.find(({ are }) => are(name))?.reason;

function isForOthers(name: string): boolean {
  const [, module = '', output] = /^([\w-]+)\/\S+ output\.(\w+) > value$/.exec(name) ?? [];
  return output !== undefined && interfaceOf(module).unreadOutputs.includes(`${module} ${output}`);
}
