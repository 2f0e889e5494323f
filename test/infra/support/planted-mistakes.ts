import type { Finding } from './validation.ts';

interface Mutation {
  readonly title: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What stands on the line that must be named. */
  readonly at: string;
  readonly says: RegExp;
  readonly severity?: Finding['severity'];
}

export const MUTATIONS: readonly Mutation[] = [
  {
    title: 'an unknown argument',
    from: '  os_type             = "Linux"\n',
    to: '  os_type             = "Linux"\n  colour              = "blue"\n',
    at: 'colour',
    says: /An argument named "colour" is not expected here/,
  },
  {
    title: 'a missing argument',
    from: '  os_type             = "Linux"\n',
    to: '',
    at: 'resource "azurerm_container_group"',
    says: /The argument "os_type" is required/,
  },
  {
    title: 'a missing block',
    from: /\n {2}container \{[^}]*\}\n/,
    to: '\n',
    at: 'resource "azurerm_container_group"',
    says: /At least 1 "container" blocks are required/,
  },
  {
    title: 'a misspelt block',
    from: '  identity {',
    to: '  identities {',
    at: 'identities {',
    says: /Blocks of type "identities" are not expected here/,
  },
  {
    title: 'a value of the wrong type',
    from: 'cpu    = 0.5',
    to: 'cpu    = "half"',
    at: 'cpu    = "half"',
    says: /a number is required/,
  },
  {
    title: 'a reference to an attribute that does not exist',
    from: '= azurerm_user_assigned_identity.server.id',
    to: '= azurerm_user_assigned_identity.server.identity',
    at: 'azurerm_user_assigned_identity.server.identity',
    says: /no argument, nested block, or exported attribute named "identity"/,
  },
  {
    title: 'a reference to a resource that does not exist',
    from: '= azurerm_user_assigned_identity.server.id',
    to: '= azurerm_user_assigned_identity.runner.id',
    at: 'azurerm_user_assigned_identity.runner.id',
    says: /has not been declared in the root module/,
  },
  {
    title: 'a resource type that the committed schemas lack',
    from: 'resource "azurerm_container_group" "server"',
    to: 'resource "azurerm_kubernetes_cluster" "server"',
    at: 'resource "azurerm_kubernetes_cluster"',
    says: /does not support resource type.*npm run refresh:terraform-schemas/s,
  },
  {
    title: 'a deprecated argument',
    from: '  issuer  ',
    to: '  resource_group_name       = "rg-mcp-dev"\n  issuer  ',
    at: 'resource_group_name       =',
    says: /Argument is deprecated/,
    severity: 'warning',
  },
  {
    title: 'a value that Azure does not know',
    from: 'restart_policy      = "Always"',
    to: 'restart_policy      = "Sometimes"',
    at: 'Sometimes',
    says: /expected one of Always, Never, OnFailure, got Sometimes/,
  },
  {
    title: 'a federated subject with a wildcard',
    from: 'refs/heads/main',
    to: 'refs/heads/*',
    at: 'refs/heads/*',
    says: /without a wildcard/,
  },
  {
    title: 'an identity type without its identities',
    from: '    identity_ids = [azurerm_user_assigned_identity.server.id]\n',
    to: '',
    at: 'type         = "UserAssigned"',
    says: /UserAssigned needs identity_ids/,
  },
];

export const IN_REAL_MODULES: readonly (Mutation & { readonly file: string })[] = [
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'an unknown argument',
    from: /(resource "azurerm_container_group" "\w+" \{\n)/,
    to: 'resource "azurerm_container_group" "this" {\n  colour = "blue"\n',
    at: 'colour',
    says: /not expected here/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a missing block',
    from: /\n {2}container \{.*?\n {2}\}\n/s,
    to: '\n',
    at: 'resource "azurerm_container_group"',
    says: /At least 1 "container" blocks are required/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a value of the wrong type',
    from: /cpu( +)= var\.cpu/,
    to: 'cpu = ["half"]',
    at: '["half"]',
    says: /number required/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a bad reference',
    from: /= azurerm_user_assigned_identity\.(\w+)\.principal_id/,
    to: '= azurerm_user_assigned_identity.nobody.principal_id',
    at: 'nobody.principal_id',
    says: /has not been declared/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'an unknown resource type',
    from: /resource "azurerm_container_group" "\w+"/,
    to: 'resource "azurerm_kubernetes_cluster" "this"',
    at: 'resource "azurerm_kubernetes_cluster"',
    says: /does not support resource type/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a value that Azure does not know',
    from: /restart_policy( +)= "Always"/,
    to: 'restart_policy = "Sometimes"',
    at: '"Sometimes"',
    says: /expected one of Always, Never, OnFailure/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'two arguments of which one is allowed',
    from: /(\n +role_definition_name +=)/,
    to: '\n  role_definition_id = "/subscriptions/1"\n  role_definition_name =',
    at: 'role_definition_name =',
    says: /Expected exactly one of role_definition_id, role_definition_name/,
  },
  {
    file: 'infra/modules/pipeline-identity/main.tf',
    title: 'a deprecated argument',
    from: /(\n +)issuer /,
    to: '\n  resource_group_name = var.resource_group_name\n  issuer ',
    at: 'resource_group_name = var.resource_group_name',
    says: /Argument is deprecated/,
    severity: 'warning',
  },
];
