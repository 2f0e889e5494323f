provider "azurerm" {
  features {}
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
  approved_subnet_ids = [
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-mcp-servers",
  ]
}

run "six_policies_are_assigned_at_the_subscription" {
  command = plan

  assert {
    condition     = toset(keys(azurerm_subscription_policy_assignment.this)) == toset(["approved_subnet", "managed_identity", "other_compute", "plain_credentials", "tag_value", "untagged_image"])
    error_message = "Identity, subnet, untagged image, tag value, other compute, plain credentials."
  }

  assert {
    condition = alltrue([
      for assignment in values(azurerm_subscription_policy_assignment.this) :
      assignment.subscription_id == "/subscriptions/00000000-0000-0000-0000-000000000001" && assignment.enforce
    ])
    error_message = "The scope is the whole subscription, and the policies are enforced."
  }

  assert {
    condition = alltrue([
      for key, definition in azurerm_policy_definition.this :
      definition.policy_type == "Custom" && definition.mode == (contains(["other_compute", "plain_credentials"], key) ? "All" : "Indexed")
    ])
    error_message = "Policies that follow a tag look at resources that take tags; those that look into App Service look at its parts as well, which take none."
  }

  # Azure's own limits.
  assert {
    condition     = alltrue([for definition in values(azurerm_policy_definition.this) : length(definition.display_name) <= 128 && length(definition.description) <= 512])
    error_message = "Display names have at most 128 characters, descriptions 512."
  }

  assert {
    condition     = alltrue([for assignment in values(azurerm_subscription_policy_assignment.this) : length(assignment.non_compliance_message[0].content) > 0])
    error_message = "Whoever is refused is told what to do."
  }
}

run "identity_and_subnet_deny_and_the_untagged_are_audited" {
  command = plan

  assert {
    condition     = jsondecode(azurerm_subscription_policy_assignment.this["managed_identity"].parameters).effect.value == "Deny"
    error_message = "A group without a user-assigned identity is denied."
  }

  assert {
    condition     = jsondecode(azurerm_subscription_policy_assignment.this["approved_subnet"].parameters).approvedSubnetIds.value[0] == var.approved_subnet_ids[0]
    error_message = "The approved subnets reach the assignment."
  }

  assert {
    condition = alltrue([
      for key in ["untagged_image", "tag_value", "other_compute", "plain_credentials"] :
      jsondecode(azurerm_subscription_policy_assignment.this[key].parameters).effect.value == "Audit"
    ])
    error_message = "What is found by signs is audited: untagged groups, tag values, other compute, plain credentials."
  }
}

run "a_first_month_in_audit" {
  command = plan

  variables {
    effect          = "Audit"
    untagged_effect = "Disabled"
    enforce         = false
  }

  assert {
    condition = (
      jsondecode(azurerm_subscription_policy_assignment.this["approved_subnet"].parameters).effect.value == "Audit" &&
      jsondecode(azurerm_subscription_policy_assignment.this["untagged_image"].parameters).effect.value == "Disabled" &&
      !azurerm_subscription_policy_assignment.this["managed_identity"].enforce
    )
    error_message = "Effects and enforcement follow the inputs."
  }
}

run "each_effect_is_an_input_of_its_own" {
  command = plan

  variables {
    tag_value_effect         = "Deny"
    other_compute_effect     = "Disabled"
    plain_credentials_effect = "Deny"
    harmless_variable_names  = ["SORT_KEY"]
  }

  assert {
    condition = {
      for key, assignment in azurerm_subscription_policy_assignment.this : key => jsondecode(assignment.parameters).effect.value
      } == {
      managed_identity  = "Deny"
      approved_subnet   = "Deny"
      untagged_image    = "Audit"
      tag_value         = "Deny"
      other_compute     = "Disabled"
      plain_credentials = "Deny"
    }
    error_message = "Effects follow their inputs."
  }

  assert {
    condition     = jsondecode(azurerm_subscription_policy_assignment.this["plain_credentials"].parameters).harmlessNames.value == ["SORT_KEY"]
    error_message = "Harmless names reach the assignment."
  }
}

run "no_subnet_at_all_is_refused" {
  command = plan

  variables {
    approved_subnet_ids = []
  }

  expect_failures = [var.approved_subnet_ids]
}

run "wrong_ids_and_effects_are_refused" {
  command = plan

  variables {
    subscription_id          = "/subscriptions/00000000-0000-0000-0000-000000000001"
    approved_subnet_ids      = ["/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev"]
    effect                   = "Modify"
    untagged_effect          = "audit"
    tag_value_effect         = "audit"
    other_compute_effect     = "Modify"
    plain_credentials_effect = "Append"
  }

  expect_failures = [var.subscription_id, var.approved_subnet_ids, var.effect, var.untagged_effect, var.tag_value_effect, var.other_compute_effect, var.plain_credentials_effect]
}
