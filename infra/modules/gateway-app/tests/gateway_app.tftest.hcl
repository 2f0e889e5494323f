variables {
  display_name           = "MCP gateway dev"
  identifier_uri         = "api://mcp-gateway-dev"
  secrets_identifier_uri = "api://mcp-secrets-dev"
  allowed_clients = {
    editor = "44444444-4444-4444-8444-444444444441"
    agent  = "44444444-4444-4444-8444-444444444442"
  }
  writing_clients                        = ["agent"]
  developer_group_ids                    = ["55555555-5555-4555-8555-555555555551"]
  writer_group_ids                       = ["55555555-5555-4555-8555-555555555552"]
  administrator_service_principal_ids    = { devops = "66666666-6666-4666-8666-666666666661" }
  pipeline_service_principal_ids         = { shop = "66666666-6666-4666-8666-666666666662" }
  writing_pipeline_service_principal_ids = { release = "66666666-6666-4666-8666-666666666663" }
  secrets_pipeline_service_principal_ids = { release = "66666666-6666-4666-8666-666666666663" }
  owner_object_ids                       = ["77777777-7777-4777-8777-777777777771"]
}

run "scopes_are_for_users_and_roles_for_applications" {
  command = plan

  assert {
    condition     = toset([for scope in one(azuread_application.gateway.api).oauth2_permission_scope : scope.value]) == toset(["mcp.tools.read", "mcp.tools.write"])
    error_message = "Users can be given reading and writing, and no more."
  }

  assert {
    condition = (
      toset([for role in azuread_application.gateway.app_role : role.value if contains(role.allowed_member_types, "Application")])
      == toset(["mcp.tools.read.app", "mcp.tools.write.app", "mcp.tools.admin"])
    )
    error_message = "Applications can be given reading, writing and administration."
  }

  assert {
    condition     = alltrue([for role in azuread_application.gateway.app_role : length(role.allowed_member_types) == 1])
    error_message = "No role is for people and applications alike."
  }

  assert {
    condition     = length(setintersection(keys(output.scope_ids), keys(output.app_role_ids))) == 0
    error_message = "Scopes and roles are one namespace: no value twice."
  }

  assert {
    condition     = length(distinct(concat(values(output.scope_ids), values(output.app_role_ids), values(output.secrets_app_role_ids)))) == 8
    error_message = "Every scope and role has an id of its own."
  }

  assert {
    condition     = alltrue([for scope in one(azuread_application.gateway.api).oauth2_permission_scope : scope.type == "Admin"])
    error_message = "No user consents to a scope alone."
  }
}

run "tokens_are_of_version_2_and_say_whose_they_are" {
  command = plan

  assert {
    condition     = one(azuread_application.gateway.api).requested_access_token_version == 2 && one(azuread_application.secrets.api).requested_access_token_version == 2
    error_message = "The gateway accepts the v2.0 issuer only."
  }

  assert {
    condition = alltrue([
      for application in [azuread_application.gateway, azuread_application.secrets] :
      contains([for claim in one(application.optional_claims).access_token : claim.name], "idtyp")
    ])
    error_message = "Without idtyp an application's token cannot be told."
  }
}

run "nobody_gets_a_token_without_an_assignment" {
  command = plan

  assert {
    condition     = azuread_service_principal.gateway.app_role_assignment_required && azuread_service_principal.secrets.app_role_assignment_required
    error_message = "Both applications demand an assignment."
  }

  assert {
    condition = alltrue([
      for owned in [azuread_application.gateway, azuread_service_principal.gateway, azuread_application.secrets, azuread_service_principal.secrets] :
      owned.owners == toset(["77777777-7777-4777-8777-777777777771"])
    ])
    error_message = "Who could assign roles without this code is who was named as owner, and nobody else."
  }

  assert {
    condition = { for name, assignment in azuread_app_role_assignment.gateway : name => assignment.app_role_id } == {
      "developers-55555555-5555-4555-8555-555555555551" = output.app_role_ids["mcp.developer"]
      "writers-55555555-5555-4555-8555-555555555552"    = output.app_role_ids["mcp.writer"]
      "administrator-devops"                            = output.app_role_ids["mcp.tools.admin"]
      "pipeline-shop"                                   = output.app_role_ids["mcp.tools.read.app"]
      "writing-pipeline-release"                        = output.app_role_ids["mcp.tools.write.app"]
    }
    error_message = "Each principal gets the role of its kind and no other."
  }
}

run "clients_get_the_scopes_that_they_were_given" {
  command = plan

  assert {
    condition     = azuread_application_pre_authorized.this["editor"].permission_ids == toset([output.scope_ids["mcp.tools.read"]])
    error_message = "A client reads."
  }

  assert {
    condition     = azuread_application_pre_authorized.this["agent"].permission_ids == toset(values(output.scope_ids))
    error_message = "A writing client also writes."
  }
}

run "secrets_are_for_applications_alone" {
  command = plan

  assert {
    condition     = [for role in azuread_application.secrets.app_role : role.value] == ["mcp.tools.secrets"] && one(azuread_application.secrets.app_role).allowed_member_types == toset(["Application"])
    error_message = "The one role on secrets is for applications."
  }

  assert {
    condition     = length(one(azuread_application.secrets.api).oauth2_permission_scope) == 0
    error_message = "There is no scope on secrets, so that there is nothing a user's token could be for."
  }

  assert {
    condition     = keys(azuread_app_role_assignment.secrets) == ["release"] && azuread_app_role_assignment.secrets["release"].app_role_id == output.secrets_app_role_ids["mcp.tools.secrets"]
    error_message = "Only the named pipelines read secrets."
  }

  assert {
    condition = (
      azuread_conditional_access_policy.no_people_at_secrets.state == "enabled"
      && one(one(azuread_conditional_access_policy.no_people_at_secrets.conditions).users).included_users == tolist(["All"])
      && one(azuread_conditional_access_policy.no_people_at_secrets.grant_controls).built_in_controls == tolist(["block"])
    )
    error_message = "Every user is blocked on the secrets application."
  }
}

run "ids_do_not_depend_on_who_is_assigned" {
  command = plan

  variables {
    developer_group_ids = []
    writer_group_ids    = []
  }

  assert {
    condition     = output.app_role_ids["mcp.tools.read.app"] == uuidv5("url", "api://mcp-gateway-dev/roles/mcp.tools.read.app")
    error_message = "An id is made from the application's URI and the role's value."
  }

  assert {
    condition     = output.write_role == null
    error_message = "Without groups of writers the scope decides."
  }
}

run "a_writing_client_is_an_allowed_one" {
  command = plan

  variables {
    writing_clients = ["stranger"]
  }

  expect_failures = [var.writing_clients]
}

run "clients_are_named_by_their_ids" {
  command = plan

  variables {
    allowed_clients = { editor = "Visual Studio Code" }
    writing_clients = []
  }

  expect_failures = [var.allowed_clients]
}

run "secrets_are_another_application" {
  command = plan

  variables {
    secrets_identifier_uri = "api://mcp-gateway-dev"
  }

  expect_failures = [var.secrets_identifier_uri]
}

run "the_policy_has_a_state_that_entra_knows" {
  command = plan

  variables {
    conditional_access_state = "on"
  }

  expect_failures = [var.conditional_access_state]
}

run "each_input_is_checked" {
  command = plan

  variables {
    display_name               = " "
    identifier_uri             = "mcp-gateway"
    additional_identifier_uris = ["http://mcp.contoso.com"]
  }

  expect_failures = [var.display_name, var.identifier_uri, var.additional_identifier_uris]
}
