provider "azurerm" {
  features {}
}

variables {
  environment         = "dev"
  location            = "westeurope"
  resource_group_name = "rg-mcp-dev"
  business_time_zone  = "Europe/Paris"
  alert_email_receivers = {
    security = "security@example.com"
  }
}

run "the_table_is_the_schema_and_lives_ninety_days" {
  command = plan

  assert {
    condition     = azurerm_log_analytics_workspace_table_custom_log.tool_calls.name == "MCPAuditLog_CL"
    error_message = "The app and every query know the table as MCPAuditLog_CL."
  }

  assert {
    condition = (
      azurerm_log_analytics_workspace_table_custom_log.tool_calls.retention_in_days == 90 &&
      azurerm_log_analytics_workspace_table_custom_log.tool_calls.plan == "Analytics"
    )
    error_message = "An audit of ninety days needs a table that can be queried for ninety days."
  }

  assert {
    condition = jsonencode([
      for column in azurerm_log_analytics_workspace_table_custom_log.tool_calls.column : [column.name, lower(column.type)]
      ]) == jsonencode([
      for column in jsondecode(file("../../../kql/mcp-audit-log.schema.json")).columns : [column.name, column.type]
    ])
    error_message = "The table must have the columns of the schema file."
  }
}

run "the_stream_takes_exactly_the_table_s_columns" {
  command = plan

  assert {
    condition = toset([
      for stream in azurerm_monitor_data_collection_rule.tool_calls.stream_declaration :
      jsonencode([stream.stream_name, [for column in stream.column : [column.name, column.type]]])
      ]) == toset([
      for table in [
        azurerm_log_analytics_workspace_table_custom_log.tool_calls, azurerm_log_analytics_workspace_table_custom_log.cases,
        azurerm_log_analytics_workspace_table_custom_log.posture,
      ] : jsonencode(["Custom-${table.name}", [for column in table.column : [column.name, lower(column.type)]]])
    ])
    error_message = "A column that the stream does not declare is dropped without a word."
  }

  assert {
    condition = (
      toset(azurerm_monitor_data_collection_rule.tool_calls.stream_declaration[*].stream_name) == toset(["Custom-MCPAuditLog_CL", "Custom-MCPOffboardingCases_CL", "Custom-MCPPosture_CL"]) &&
      jsonencode([for flow in azurerm_monitor_data_collection_rule.tool_calls.data_flow : [flow.streams, flow.output_stream, flow.transform_kql]]) == jsonencode([
        [["Custom-MCPAuditLog_CL"], "Custom-MCPAuditLog_CL", "source"],
        [["Custom-MCPOffboardingCases_CL"], "Custom-MCPOffboardingCases_CL", "source"],
        [["Custom-MCPPosture_CL"], "Custom-MCPPosture_CL", "source"],
      ])
    )
    error_message = "Rows must pass from the stream to the table as they are."
  }

  assert {
    condition     = output.dcr_stream_name == "Custom-MCPAuditLog_CL"
    error_message = "The app uploads to the stream of the output."
  }
}

run "no_key_opens_the_pipeline" {
  command = plan

  assert {
    condition = (
      azurerm_eventhub_namespace.audit[0].local_authentication_enabled == false &&
      azurerm_log_analytics_workspace.audit[0].local_authentication_enabled == false
    )
    error_message = "Keys let anybody who has them write rows in another's name."
  }

  assert {
    condition     = azurerm_eventhub_namespace.audit[0].minimum_tls_version == "1.2"
    error_message = "TLS must be 1.2."
  }

  assert {
    condition = (
      azurerm_eventhub.tool_calls[0].name == "mcp-tool-calls" &&
      azurerm_eventhub.tool_calls[0].message_retention == 7 &&
      azurerm_eventhub_consumer_group.offboarding[0].name == "offboarding"
    )
    error_message = "Gateway and app know the hub as mcp-tool-calls and its consumer group as offboarding; a week of calls waits for the app."
  }

  assert {
    condition     = output.eventhub_namespace_fqdn == "evhns-mcp-dev.servicebus.windows.net"
    error_message = "The namespace's host name follows from its name."
  }

  assert {
    condition     = length(azurerm_private_endpoint.event_hub) == 0 && azurerm_eventhub_namespace.audit[0].public_network_access_enabled
    error_message = "Without a private endpoint the namespace must be reachable."
  }
}

run "a_private_endpoint_closes_the_public_address" {
  command = plan

  variables {
    name_suffix = "7f3a"
    private_endpoint = {
      subnet_id           = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/virtualNetworks/vnet-mcp-dev/subnets/snet-endpoints"
      private_dns_zone_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-mcp-dev/providers/Microsoft.Network/privateDnsZones/privatelink.servicebus.windows.net"
    }
  }

  assert {
    condition     = length(azurerm_private_endpoint.event_hub) == 1 && !azurerm_eventhub_namespace.audit[0].public_network_access_enabled
    error_message = "With a private endpoint nobody else may reach the namespace."
  }

  assert {
    condition     = azurerm_eventhub_namespace.audit[0].name == "evhns-mcp-dev-7f3a"
    error_message = "The suffix makes the name unique."
  }
}

run "every_detection_is_an_alert_that_tells_somebody" {
  command = plan

  assert {
    condition = toset(keys(azurerm_monitor_scheduled_query_rules_alert_v2.detection)) == toset([
      "after-departure-watch", "file-system-volume", "out-of-hours-writes", "pipeline-silence", "repeated-401",
      "repeated-403", "repeated-403-privileged",
    ])
    error_message = "A detection has no alert rule."
  }

  assert {
    condition = alltrue([
      for rule in azurerm_monitor_scheduled_query_rules_alert_v2.detection :
      rule.enabled && rule.window_duration == "P2D" && rule.auto_mitigation_enabled && length(rule.action) == 1
    ])
    error_message = "Rules must run, look at all that a rule can see, and tell somebody."
  }

  assert {
    condition = alltrue([
      for rule in azurerm_monitor_scheduled_query_rules_alert_v2.detection : alltrue([
        for criterion in rule.criteria :
        criterion.time_aggregation_method == "Count" && criterion.operator == "GreaterThan" && criterion.threshold == 0
      ])
    ])
    error_message = "Queries answer with what to report, so any row must fire."
  }

  assert {
    condition = alltrue([
      for name, rule in azurerm_monitor_scheduled_query_rules_alert_v2.detection :
      endswith(rule.criteria[0].query, file("../../../kql/${trimsuffix(name, "-privileged")}.kql"))
    ])
    error_message = "A rule must run the text of its .kql file."
  }

  assert {
    condition     = one(azurerm_monitor_action_group.audit.email_receiver).email_address == "security@example.com"
    error_message = "The receiver is missing."
  }
}

run "every_query_is_saved_in_the_workspace" {
  command = plan

  assert {
    condition = toset(keys(azurerm_log_analytics_saved_search.query)) == toset([
      for file in fileset("../../../kql", "*.kql") : trimsuffix(file, ".kql")
    ])
    error_message = "A query of the folder is not saved."
  }
}

run "limits_reach_the_rules" {
  command = plan

  variables {
    business_time_zone                 = "America/New_York"
    business_hours                     = { opens = 8 }
    file_system_limits                 = { calls = 250 }
    refusal_limits                     = { privileged_scopes = ["mcp.tools.admin"], over_servers = 12, over_callers = 50 }
    unauthenticated_limit_over_servers = 240
    alert_severities                   = { repeated-403 = 0 }
    departed_object_ids = [
      "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35",
    ]
    alerts_enabled = false
  }

  assert {
    condition     = strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["out-of-hours-writes"].criteria[0].query, "let zone = \"America/New_York\";\nlet opens = 8;\nlet closes = 20;")
    error_message = "The business's clock must reach the rule."
  }

  assert {
    condition     = strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].query, "let maximumCalls = 250;\nlet maximumDirectories = 20;")
    error_message = "The limits must reach the rule."
  }

  assert {
    condition     = strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-403"].criteria[0].query, "let privilegedScopes = dynamic([\"mcp.tools.admin\"]);")
    error_message = "The privileged scopes must reach the rule."
  }

  assert {
    condition = alltrue([
      for rule in ["repeated-403", "repeated-403-privileged"] :
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection[rule].criteria[0].query, "let maximumRefusals = 5;\nlet maximumOverServers = 12;\nlet maximumOverCallers = 50;") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection[rule].description, "by all servers, of more than 12; or all callers together were, of more than 50")
    ])
    error_message = "The limits over servers and callers must reach both rules, and the texts of their alerts."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-401"].criteria[0].query, "let maximumOverServers = 240;") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-401"].description, "all servers together more than 240")
    )
    error_message = "The limit over servers must reach the rule for calls without a token, and the text of its alert."
  }

  assert {
    condition = (
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].query, "let maximumCallsOverCallers = 500;\nlet maximumDirectoriesOverCallers = 100;") &&
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].description, "all callers together more than 500 or 100")
    )
    error_message = "The limits over callers must reach the rule for documents, and the text of its alert."
  }

  assert {
    condition     = strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection["after-departure-watch"].criteria[0].query, "let departed = dynamic([\"3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35\"]);")
    error_message = "The departed must reach the rule."
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-403"].severity == 0 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].severity == 1 &&
      !azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-403"].enabled
    )
    error_message = "Severities can be set, and rules switched off."
  }
}

run "what_administers_and_hands_out_secrets_is_graver" {
  command = plan

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-403"].severity == 2 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["repeated-403-privileged"].severity == 1
    )
    error_message = "Refusals of what administers or hands out secrets must be a graver alert."
  }
}

run "an_expected_caller_reaches_the_query_and_the_text_of_the_alert_it_is_listed_for" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "3C9D1F7A-52E8-4B6D-8F10-A4C7E2B90D35"
      server     = "FileSystem"
      detections = ["file-system-volume"]
      reason     = "Nightly index of the document store"
      until      = "2027-03-31"
    }]
  }

  assert {
    condition = strcontains(
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].query,
      "let expected = dynamic({\"3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35/filesystem\":\"2027-03-31\"});",
    )
    error_message = "The entry must reach the rule."
  }

  assert {
    condition = endswith(
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].description,
      " Not reported: 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35 at FileSystem until 2027-03-31 (Nightly index of the document store).",
    )
    error_message = "Who reads the alert must see what it does not tell."
  }

  assert {
    condition = alltrue([
      for name in ["out-of-hours-writes", "repeated-403", "repeated-403-privileged"] :
      strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection[name].criteria[0].query, "let expected = dynamic({});") &&
      !strcontains(azurerm_monitor_scheduled_query_rules_alert_v2.detection[name].description, "Not reported")
    ])
    error_message = "An entry must hold for the detections that it names only."
  }
}

run "an_expected_caller_without_a_reason_is_refused" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35"
      server     = "filesystem"
      detections = ["file-system-volume"]
      reason     = "   "
      until      = "2027-03-31"
    }]
  }

  expect_failures = [var.expected_callers]
}

run "an_expected_caller_without_an_end_is_refused" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35"
      server     = "filesystem"
      detections = ["file-system-volume"]
      reason     = "Nightly index of the document store"
      until      = "2027-02-30"
    }]
  }

  expect_failures = [var.expected_callers]
}

run "nobody_is_expected_to_call_after_departure" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35"
      server     = "filesystem"
      detections = ["after-departure-watch"]
      reason     = "Nightly index of the document store"
      until      = "2027-03-31"
    }]
  }

  expect_failures = [var.expected_callers]
}

run "two_entries_for_one_caller_and_server_are_refused" {
  command = plan

  variables {
    expected_callers = [
      for until in ["2027-03-31", "2027-04-30"] : {
        caller     = "3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35"
        server     = "filesystem"
        detections = ["file-system-volume"]
        reason     = "Nightly index of the document store"
        until      = until
      }
    ]
  }

  expect_failures = [var.expected_callers]
}

run "a_limit_that_the_gateway_s_rows_cannot_reach_is_refused" {
  command = plan

  variables {
    unauthenticated_limit = 360
  }

  expect_failures = [var.unauthenticated_limit]
}

run "a_wider_sum_s_limit_is_not_below_a_narrower_one_s" {
  command = plan

  variables {
    refusal_limits                     = { over_servers = 4 }
    file_system_limits                 = { directories_over_callers = 19 }
    unauthenticated_limit_over_servers = 59
  }

  expect_failures = [var.refusal_limits, var.file_system_limits, var.unauthenticated_limit_over_servers]
}

run "a_wider_sum_s_limit_is_not_below_another_s" {
  command = plan

  variables {
    refusal_limits                     = { over_callers = 9 }
    file_system_limits                 = { calls_over_callers = 99 }
    unauthenticated_limit_over_servers = 120.5
  }

  expect_failures = [var.refusal_limits, var.file_system_limits, var.unauthenticated_limit_over_servers]
}

run "less_than_ninety_days_are_refused" {
  command = plan

  variables {
    retention_days = 89
  }

  expect_failures = [var.retention_days]
}

run "a_total_retention_below_the_table_s_is_refused" {
  command = plan

  variables {
    retention_days       = 400
    total_retention_days = 365
  }

  expect_failures = [var.total_retention_days]
}

run "an_abbreviation_is_no_time_zone" {
  command = plan

  variables {
    business_time_zone = "CET"
  }

  expect_failures = [var.business_time_zone]
}

run "a_business_day_that_ends_before_it_begins_is_refused" {
  command = plan

  variables {
    business_hours = { opens = 20, closes = 7 }
    silence        = { around_the_clock = true }
  }

  expect_failures = [var.business_hours]
}

run "a_name_is_no_object_id" {
  command = plan

  variables {
    departed_object_ids = ["alex.moreau@example.com"]
  }

  expect_failures = [var.departed_object_ids]
}

run "a_severity_of_an_unknown_rule_is_refused" {
  command = plan

  variables {
    alert_severities = { "file-system" = 1 }
  }

  expect_failures = [var.alert_severities]
}

run "silence_that_no_business_day_can_hold_is_refused" {
  command = plan

  variables {
    silence = { hours = 13 }
  }

  expect_failures = [var.silence]
}

run "a_retention_of_the_hub_beyond_a_week_is_refused" {
  command = plan

  variables {
    eventhub_message_retention_days = 8
  }

  expect_failures = [var.eventhub_message_retention_days]
}

run "each_input_is_checked" {
  command = plan

  variables {
    alert_email_receivers       = { security = "security" }
    additional_action_group_ids = [for n in range(5) : "/subscriptions/1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b/resourceGroups/rg-soc/providers/Microsoft.Insights/actionGroups/ag-${n}"]
    file_system_limits          = { calls = 1.5 }
    write_verbs                 = ["write file"]
    refusal_limits              = { privileged_weight = 0 }
    silence                     = { hours = 48, around_the_clock = true }
    environment                 = "Dev"
    name_suffix                 = "UPPER"
    existing_workspace          = { id = "log-hub", customer_id = "7a8b9c0d-1e2f-4a3b-8c4d-5e6f7a8b9c0d" }
    eventhub_capacity           = 41
    eventhub_partitions         = 33
  }

  expect_failures = [
    var.alert_email_receivers,
    var.additional_action_group_ids,
    var.file_system_limits,
    var.write_verbs,
    var.refusal_limits,
    var.silence,
    var.environment,
    var.name_suffix,
    var.existing_workspace,
    var.eventhub_capacity,
    var.eventhub_partitions,
  ]
}

run "each_input_is_checked_for_more" {
  command = plan

  variables {
    file_system_limits        = { tools = ["read_file\" or 1 == 1"] }
    eventhub_maximum_capacity = 41
    refusal_limits            = { privileged_scopes = ["a b"] }
  }

  expect_failures = [var.file_system_limits, var.eventhub_maximum_capacity, var.refusal_limits]
}

run "an_expected_caller_is_an_object_id" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "indexer"
      server     = "filesystem"
      detections = ["file-system-volume"]
      reason     = "Nightly index of the document store"
      until      = "2027-03-31"
    }]
  }

  expect_failures = [var.expected_callers]
}

run "the_departed_fit_into_their_rule" {
  command = plan

  variables {
    departed_object_ids = [for number in range(1001) : format("3c9d1f7a-52e8-4b6d-8f10-%012d", number)]
  }

  expect_failures = [var.departed_object_ids]
}

run "a_canary_is_seen_by_a_rule_that_tells_nobody" {
  command = plan

  variables {
    canary = true
  }

  assert {
    condition = (
      replace(azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].criteria[0].query, "dynamic([\"canary\"])", "dynamic([\"filesystem\"])") ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].query
    )
    error_message = "What is tried is the text of the rule that watches, over the canary's rows."
  }

  assert {
    condition = (
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].evaluation_frequency ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].evaluation_frequency &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].window_duration ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].window_duration &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].auto_mitigation_enabled ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].auto_mitigation_enabled &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].enabled ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].enabled &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].criteria[0].operator ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].operator &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].criteria[0].threshold ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].threshold &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].criteria[0].time_aggregation_method ==
      azurerm_monitor_scheduled_query_rules_alert_v2.detection["file-system-volume"].criteria[0].time_aggregation_method
    )
    error_message = "The canary's rule looks as often, as far back and as strictly as the rule that watches: a laxer copy would prove nothing."
  }

  assert {
    condition = (
      length(azurerm_monitor_action_group.canary) == 1 && length(azurerm_monitor_action_group.canary[0].email_receiver) == 0 &&
      azurerm_monitor_scheduled_query_rules_alert_v2.canary["canary"].enabled
    )
    error_message = "Nobody is woken by the canary."
  }
}

run "without_a_canary_there_is_no_rule_for_one" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.canary) == 0 && length(azurerm_monitor_action_group.canary) == 0
    error_message = "Nothing asks for a canary."
  }
}

run "the_real_rule_does_not_see_the_canary" {
  command = plan

  variables {
    file_system_limits = { servers = ["filesystem", "Canary"] }
  }

  expect_failures = [var.file_system_limits]
}

run "nobody_expects_the_canary" {
  command = plan

  variables {
    expected_callers = [{
      caller     = "3e1c9057-4d6f-4182-8cbd-2e3f4a5b6c7d"
      server     = "canary"
      detections = ["file-system-volume"]
      reason     = "The canary of the app"
      until      = "2027-01-31"
    }]
  }

  expect_failures = [var.expected_callers]
}
