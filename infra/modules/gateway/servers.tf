locals {
  # The registrations of infra/modules/gateway-app declare these values. Of an application's token the role counts, of a
  # user's the scope: no value is in both lists, so that a user's role cannot pass for a scope.
  any_right = {
    scopes = ["mcp.tools.read", "mcp.tools.write"]
    roles  = ["mcp.tools.read.app", "mcp.tools.write.app", "mcp.tools.admin"]
  }
  # What a challenge asks for first, and the metadata at all: whoever is told of more asks for more.
  least_scope = "mcp.tools.read"
  needs = {
    read    = "${join(" ", local.any_right.scopes)}|${join(" ", local.any_right.roles)}|"
    write   = "mcp.tools.write|mcp.tools.write.app|${var.write_role == null ? "" : var.write_role}"
    admin   = "|mcp.tools.admin|"
    secrets = "|mcp.tools.secrets|"
  }

  authority      = "${var.authority_host}/${var.tenant_id}"
  identifier_uri = coalesce(var.identifier_uri, "api://${var.audiences[0]}")
  # Whoever may call the secrets server holds a token of another application: no user can get one.
  secrets_audiences      = var.secrets_audience == null ? [] : [var.secrets_audience]
  secrets_identifier_uri = var.secrets_identifier_uri != null ? var.secrets_identifier_uri : "api://${join("", local.secrets_audiences)}"

  # Each shard keeps its own delimiters, whatever was written to its neighbour; and none stands first, see the policy.
  denied = join("", concat([","], [for name in var.deny_list_named_values : "{{${name}}},"]))

  # What stands in the params of a tool call, by the newest revision and the one before it:
  # modelcontextprotocol.io/specification/2026-07-28/schema#calltoolrequestparams
  call_parameters = ["name", "arguments", "_meta", "inputResponses", "requestState"]
  # Tasks: asked for with the right to read, changed with the right to write.
  task_methods = ["tasks/get", "tasks/result", "tasks/list", "tasks/update", "tasks/cancel"]
  # Those of 2026-07-28 and of the revisions before it, which subscribe to each resource.
  resource_methods = ["resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe"]
  prompt_methods   = ["prompts/list", "prompts/get"]

  resource_arguments = concat(var.resource_arguments, var.additional_resource_arguments)

  servers = {
    for type, server in var.mcp_servers : type => {
      backend_url    = server.backend_url
      path           = server.path
      tasks          = server.tasks
      resources      = server.resources
      prompts        = server.prompts
      client_answers = server.client_answers
      allowed_roots  = server.allowed_roots
      secrets        = server.secrets
      audiences      = server.secrets ? local.secrets_audiences : var.audiences
      identifier_uri = server.secrets ? local.secrets_identifier_uri : local.identifier_uri
      url            = "${local.gateway_url}/mcp/${type}"
      metadata_url   = "${local.gateway_url}/.well-known/oauth-protected-resource/mcp/${type}"
    }
  }

  operations = {
    for pair in setproduct(keys(local.servers), ["POST", "GET", "DELETE"]) :
    "${pair[0]}-${lower(pair[1])}" => { server = pair[0], method = pair[1] }
  }
  operation_names = {
    POST   = "Send a message"
    GET    = "Open a stream"
    DELETE = "End the session"
  }
}

# The app writes the list: Terraform makes it, once, and never takes anybody off it.
resource "azurerm_api_management_named_value" "denied" {
  for_each = toset(var.deny_list_named_values)

  name                = each.value
  display_name        = each.value
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  value               = ",none,"

  lifecycle {
    ignore_changes = [value]
  }
}

resource "azurerm_api_management_policy_fragment" "log_tool_call" {
  name              = "log-tool-call"
  api_management_id = azurerm_api_management.this.id
  description       = "One event for one tool call."
  format            = "rawxml"
  value             = file("${path.module}/../../policies/gateway/log-tool-call.xml")

  depends_on = [azurerm_api_management_logger.audit]
}

resource "azurerm_api_management_backend" "this" {
  for_each = local.servers

  name                = "mcp-${each.key}"
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  description         = "MCP server ${each.key}"
  protocol            = "http"
  url                 = each.value.backend_url
}

resource "azurerm_api_management_api" "this" {
  for_each = local.servers

  name                  = "mcp-${each.key}"
  display_name          = "MCP server ${each.key}"
  description           = "Streamable HTTP: one endpoint, to which messages are posted and from which streams are opened."
  api_management_name   = azurerm_api_management.this.name
  resource_group_name   = var.resource_group_name
  path                  = "mcp/${each.key}"
  protocols             = ["https"]
  revision              = "1"
  subscription_required = false
}

resource "azurerm_api_management_api_operation" "this" {
  for_each = local.operations

  operation_id        = lower(each.value.method)
  display_name        = local.operation_names[each.value.method]
  api_name            = azurerm_api_management_api.this[each.value.server].name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  method              = each.value.method
  url_template        = "/"
}

locals {
  # What stands before each server, and before nothing where it is the canary.
  fronts = merge(
    { for type, server in local.servers : type => merge(server, { server = type, backend = azurerm_api_management_backend.this[type].name, canary = "" }) },
    local.canary,
  )

  policies = {
    for type, front in local.fronts : type => templatefile("${path.module}/../../policies/gateway/mcp-server.xml", {
      server                   = front.server
      backend                  = front.backend
      canary                   = front.canary
      path                     = front.path
      openid_configuration_url = "${local.authority}/v2.0/.well-known/openid-configuration"
      issuer                   = "${local.authority}/v2.0"
      audiences                = join("", [for audience in front.audiences : "<audience>${audience}</audience>"])
      denied                   = local.denied
      secrets                  = front.secrets
      origins                  = join(" ", var.allowed_origins)
      clients                  = ",${lower(join(",", front.secrets ? [] : var.allowed_client_ids))},"
      methods = join(",", concat(
        var.allowed_methods,
        front.tasks ? local.task_methods : [],
        front.resources ? local.resource_methods : [],
        front.prompts ? local.prompt_methods : [],
        # Completes arguments of either.
        front.resources || front.prompts ? ["completion/complete"] : [],
      ))
      call_parameters = join(",", concat(local.call_parameters, front.tasks ? ["task"] : []))
      client_answers  = front.client_answers
      roots           = join(" ", front.allowed_roots)
      # What a client says that it can do and may not: the server would wait for an answer that does not come.
      stripped                    = join(",", concat(length(front.allowed_roots) == 0 ? ["roots"] : [], front.client_answers ? [] : ["sampling", "elicitation"]))
      read_tools                  = join(",", var.read_tool_prefixes)
      admin_tools                 = join(",", var.admin_tool_parts)
      read_needs                  = front.secrets ? local.needs.secrets : local.needs.read
      write_needs                 = front.secrets ? local.needs.secrets : local.needs.write
      admin_needs                 = front.secrets ? local.needs.secrets : local.needs.admin
      resource_arguments          = join(",", local.resource_arguments)
      bare_arguments              = join(",", [for name in local.resource_arguments : replace(lower(name), "_", "")])
      resource_argument_endings   = join(",", [for ending in var.resource_argument_endings : replace(lower(ending), "_", "")])
      calls_per_minute            = var.calls_per_minute
      calls_per_minute_of_address = var.calls_per_minute_of_address
      body_limit                  = var.maximum_message_bytes
      depth_limit                 = var.maximum_message_depth
      least_scope                 = front.secrets ? "" : "scope=\\\"${front.identifier_uri}/${local.least_scope}\\\", "
      scope_prefix                = "${front.identifier_uri}/"
      resource_metadata_url       = front.metadata_url
    })
  }
}

resource "azurerm_api_management_api_policy" "this" {
  for_each = local.servers

  api_name            = azurerm_api_management_api.this[each.key].name
  api_management_name = azurerm_api_management.this.name
  resource_group_name = var.resource_group_name
  xml_content         = local.policies[each.key]

  # Named in the policy's text, where Terraform does not see it.
  depends_on = [
    azurerm_api_management_named_value.denied,
    azurerm_api_management_policy_fragment.log_tool_call,
  ]
}
