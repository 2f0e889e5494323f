locals {
  # One row for each principal and role; the key is what the plan shows.
  assignments = merge(
    { for id in var.developer_group_ids : "developers-${id}" => { role = "mcp.developer", principal = id } },
    { for id in var.writer_group_ids : "writers-${id}" => { role = "mcp.writer", principal = id } },
    { for name, id in var.administrator_service_principal_ids : "administrator-${name}" => { role = "mcp.tools.admin", principal = id } },
    { for name, id in var.pipeline_service_principal_ids : "pipeline-${name}" => { role = "mcp.tools.read.app", principal = id } },
    { for name, id in var.writing_pipeline_service_principal_ids : "writing-pipeline-${name}" => { role = "mcp.tools.write.app", principal = id } },
  )
}

resource "azuread_app_role_assignment" "gateway" {
  for_each = local.assignments

  app_role_id         = local.role_ids[each.value.role]
  principal_object_id = each.value.principal
  resource_object_id  = azuread_service_principal.gateway.object_id
}

resource "azuread_app_role_assignment" "secrets" {
  for_each = var.secrets_pipeline_service_principal_ids

  app_role_id         = local.secrets_role_ids["mcp.tools.secrets"]
  principal_object_id = each.value
  resource_object_id  = azuread_service_principal.secrets.object_id
}
