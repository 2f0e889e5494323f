provider "azurerm" {
  features {}
}

variables {
  environment                         = "test"
  location                            = "westeurope"
  resource_group_name                 = "rg-mcp-test"
  github_organisation                 = "contoso"
  github_repository                   = "payments"
  gateway_service_principal_object_id = "5b0b0d3e-5c0f-4a0e-9a53-7b3a7d4c2f10"
  gateway_app_role_id                 = "0f4c9c1a-6a0e-4a58-8f0b-1d2f3a4b5c6d"
}

run "the_subject_is_the_main_branch_of_one_repository" {
  command = plan

  assert {
    condition     = azurerm_federated_identity_credential.github.subject == "repo:contoso/payments:ref:refs/heads/main"
    error_message = "The subject must be pinned to the main branch."
  }

  assert {
    condition     = azurerm_federated_identity_credential.github.issuer == "https://token.actions.githubusercontent.com"
    error_message = "Only GitHub Actions issues tokens for this identity."
  }

  assert {
    condition     = tolist(azurerm_federated_identity_credential.github.audience) == tolist(["api://AzureADTokenExchange"])
    error_message = "The audience is Entra's token exchange."
  }

  assert {
    condition     = azurerm_user_assigned_identity.pipeline.name == "id-mcp-pipeline-test"
    error_message = "The identity is named after its environment."
  }

  assert {
    condition     = azuread_app_role_assignment.gateway.app_role_id == var.gateway_app_role_id
    error_message = "The identity gets its app role on the gateway."
  }
}

run "ids_make_the_subject_immutable" {
  command = plan

  variables {
    organisation_id = 4711
    repository_id   = 81293
  }

  assert {
    condition     = azurerm_federated_identity_credential.github.subject == "repo:contoso@4711/payments@81293:ref:refs/heads/main"
    error_message = "Numeric ids stand behind both names."
  }
}

run "an_environment_takes_the_place_of_the_branch" {
  command = plan

  variables {
    environment_name = "production"
    name             = "release"
  }

  assert {
    condition     = azurerm_federated_identity_credential.github.subject == "repo:contoso/payments:environment:production"
    error_message = "The subject must be pinned to the environment."
  }

  assert {
    condition     = azurerm_user_assigned_identity.pipeline.name == "id-mcp-pipeline-release-test"
    error_message = "A named pipeline has its name in the identity's."
  }
}

run "a_branch_wildcard_is_refused" {
  command = plan

  variables {
    branch = "release/*"
  }

  expect_failures = [var.branch]
}

run "a_full_ref_is_refused" {
  command = plan

  variables {
    branch = "refs/pull/7/merge"
  }

  expect_failures = [var.branch]
}

run "pull_requests_are_refused" {
  command = plan

  variables {
    branch = "pull_request"
  }

  expect_failures = [var.branch]
}

run "a_repository_wildcard_is_refused" {
  command = plan

  variables {
    github_repository = "*"
  }

  expect_failures = [var.github_repository]
}

run "an_owner_with_a_path_is_refused" {
  command = plan

  variables {
    github_organisation = "contoso/payments:ref"
  }

  expect_failures = [var.github_organisation]
}

run "an_environment_wildcard_is_refused" {
  command = plan

  variables {
    environment_name = "prod*"
  }

  expect_failures = [var.environment_name]
}

run "a_subject_that_ends_like_that_of_pull_requests_is_refused_whatever_it_is_put_together_from" {
  command = plan

  variables {
    environment_name = "pull_request"
  }

  expect_failures = [azurerm_federated_identity_credential.github]
}

run "one_id_without_the_other_is_refused" {
  command = plan

  variables {
    repository_id = 81293
  }

  expect_failures = [var.repository_id]
}

run "each_input_is_checked" {
  command = plan

  variables {
    environment     = "Test"
    name            = "Release"
    organisation_id = 1.5
  }

  expect_failures = [var.environment, var.name, var.organisation_id]
}

run "a_repository_has_a_number" {
  command = plan

  variables {
    organisation_id = 9001
    repository_id   = 0
  }

  expect_failures = [var.repository_id]
}
