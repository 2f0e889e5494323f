provider "azurerm" {
  features {}
}

variables {
  environment         = "dev"
  location            = "westeurope"
  resource_group_name = "rg-mcp-dev"
}

run "addresses_and_names_are_the_documented_ones" {
  command = plan

  assert {
    condition     = azurerm_virtual_network.this.name == "vnet-mcp-dev" && tolist(azurerm_virtual_network.this.address_space) == tolist(["10.50.0.0/16"])
    error_message = "The network is vnet-mcp-<env> on 10.50.0.0/16."
  }

  assert {
    condition     = azurerm_subnet.mcp.name == "snet-mcp-servers" && azurerm_subnet.mcp.address_prefixes == tolist(["10.50.1.0/24"])
    error_message = "MCP servers live in snet-mcp-servers on 10.50.1.0/24."
  }

  assert {
    condition     = output.vnet_name == "vnet-mcp-dev"
    error_message = "vnet_name is the network's name."
  }

  assert {
    condition     = toset(keys(azurerm_private_dns_zone.this)) == toset(["acr", "blob", "queue", "servicebus", "table", "vault"])
    error_message = "Every service with a private endpoint has its zone."
  }

  assert {
    condition     = alltrue([for link in values(azurerm_private_dns_zone_virtual_network_link.this) : link.registration_enabled == false])
    error_message = "Links resolve; they register nothing."
  }
}

run "each_subnet_is_delegated_to_what_runs_in_it" {
  command = plan

  assert {
    condition = (
      azurerm_subnet.mcp.delegation[0].service_delegation[0].name == "Microsoft.ContainerInstance/containerGroups" &&
      tolist(azurerm_subnet.mcp.delegation[0].service_delegation[0].actions) == tolist(["Microsoft.Network/virtualNetworks/subnets/action"])
    )
    error_message = "Container groups need the delegation and its action."
  }

  assert {
    condition     = azurerm_subnet.offboarding.delegation[0].service_delegation[0].name == "Microsoft.App/environments"
    error_message = "Flex Consumption integrates through Microsoft.App/environments."
  }

  assert {
    condition     = length(azurerm_subnet.gateway.delegation) == 0 && length(azurerm_subnet.private_endpoints.delegation) == 0
    error_message = "API Management and private endpoints refuse delegated subnets."
  }

  assert {
    condition     = azurerm_subnet.private_endpoints.private_endpoint_network_policies == "NetworkSecurityGroupEnabled"
    error_message = "Without network policies no security group applies to private endpoints."
  }
}

run "only_the_gateway_reaches_mcp_servers" {
  command = plan

  variables {
    runner_subnet_cidr = "10.60.7.0/24"
  }

  assert {
    condition = (
      azurerm_network_security_rule.mcp_allow_tool_calls.priority == 100 &&
      azurerm_network_security_rule.mcp_allow_tool_calls.protocol == "Tcp" &&
      azurerm_network_security_rule.mcp_allow_tool_calls.destination_port_range == "3000" &&
      tolist(azurerm_network_security_rule.mcp_allow_tool_calls.source_address_prefixes) == tolist(["10.50.2.0/27"])
    )
    error_message = "Priority 100 admits TCP 3000 from the gateway's subnet alone."
  }

  assert {
    condition = (
      azurerm_network_security_rule.mcp_deny_inbound.priority == 4096 &&
      azurerm_network_security_rule.mcp_deny_inbound.access == "Deny" &&
      azurerm_network_security_rule.mcp_deny_inbound.source_address_prefix == "*" &&
      azurerm_network_security_rule.mcp_deny_inbound.protocol == "*"
    )
    error_message = "Priority 4096 denies everything else, above AllowVnetInBound."
  }
}

run "runners_pass_the_gateway_by_only_when_somebody_says_so" {
  command = plan

  variables {
    runner_subnet_cidr         = "10.60.7.0/24"
    runners_may_bypass_gateway = true
  }

  assert {
    condition     = azurerm_network_security_rule.mcp_allow_tool_calls.source_address_prefixes == toset(["10.50.2.0/27", "10.60.7.0/24"])
    error_message = "The runners join the gateway in the rule of priority 100."
  }
}

run "mcp_servers_leave_to_named_places_only" {
  command = plan

  variables {
    outbound_destinations = {
      github-api = { address_prefixes = ["140.82.112.0/20"] }
    }
  }

  assert {
    condition = (
      azurerm_network_security_rule.mcp_deny_internet.priority == 200 &&
      azurerm_network_security_rule.mcp_deny_internet.access == "Deny" &&
      azurerm_network_security_rule.mcp_deny_internet.destination_address_prefix == "Internet"
    )
    error_message = "Priority 200 denies the Internet."
  }

  assert {
    condition     = alltrue([for rule in values(azurerm_network_security_rule.mcp_allow_outbound) : rule.priority < 200 && rule.protocol == "Tcp"])
    error_message = "Whatever the servers need is allowed before the Internet is denied."
  }

  assert {
    condition = length(distinct([for rule in values(azurerm_network_security_rule.mcp_allow_outbound) : rule.priority])) == length(
      azurerm_network_security_rule.mcp_allow_outbound
    )
    error_message = "Azure refuses two rules of one direction with the same priority."
  }

  assert {
    condition = toset([
      for rule in values(azurerm_network_security_rule.mcp_allow_outbound) : rule.destination_address_prefix
      if rule.destination_address_prefix != null
    ]) == toset(["AzureActiveDirectory", "AzureContainerRegistry", "AzureMonitor"])
    error_message = "Entra, the registry and Azure Monitor by tag; never Storage, which covers everybody's accounts."
  }

  assert {
    condition     = tolist(azurerm_network_security_rule.mcp_allow_outbound["allow-private-endpoints"].destination_address_prefixes) == tolist(["10.50.4.0/26"])
    error_message = "Private endpoints are reached."
  }

  assert {
    condition     = azurerm_network_security_rule.mcp_allow_outbound["allow-destination-github-api"].priority == 140
    error_message = "A named destination has its own rule."
  }

  assert {
    condition = (
      azurerm_network_security_rule.mcp_deny_lateral.access == "Deny" &&
      azurerm_network_security_rule.mcp_deny_lateral.direction == "Outbound" &&
      azurerm_network_security_rule.mcp_deny_lateral.destination_address_prefix == "VirtualNetwork"
    )
    error_message = "Peered developer and production networks stay out of reach."
  }

  assert {
    condition     = length(azurerm_subnet_nat_gateway_association.mcp) == 1 && azurerm_subnet.mcp.default_outbound_access_enabled == false
    error_message = "Container groups leave through the NAT gateway, the only way out that is supported."
  }
}

run "the_gateway_has_what_api_management_documents" {
  command = plan

  assert {
    condition = (
      azurerm_network_security_rule.gateway_inbound["allow-management"].source_address_prefix == "ApiManagement" &&
      azurerm_network_security_rule.gateway_inbound["allow-management"].destination_port_ranges == toset(["3443"])
    )
    error_message = "Management: ApiManagement to 3443."
  }

  assert {
    condition = (
      azurerm_network_security_rule.gateway_inbound["allow-load-balancer"].source_address_prefix == "AzureLoadBalancer" &&
      contains(azurerm_network_security_rule.gateway_inbound["allow-load-balancer"].destination_port_ranges, "6390")
    )
    error_message = "Health probes: AzureLoadBalancer to 6390."
  }

  assert {
    condition = toset([
      for rule in values(azurerm_network_security_rule.gateway_outbound) :
      "${rule.destination_address_prefix} ${join(",", sort(rule.destination_port_ranges))}"
      ]) == toset([
      "Storage 443",
      "Sql 1433",
      "AzureKeyVault 443",
      "AzureMonitor 1886,443",
      "AzureActiveDirectory 443",
      "EventHub 443,5671,5672",
      "Internet 80",
    ])
    error_message = "Outbound dependencies of API Management, the audit log included."
  }

  assert {
    condition     = azurerm_network_security_rule.gateway_inbound["allow-clients"].source_address_prefix == "VirtualNetwork"
    error_message = "Clients come from the network and its peers."
  }

  assert {
    condition     = !contains(keys(azurerm_network_security_rule.gateway_inbound), "allow-internet-clients")
    error_message = "The Internet does not reach an internal gateway."
  }

  assert {
    condition = (
      azurerm_network_security_rule.gateway_inbound["allow-rate-limit-sync"].protocol == "Udp" &&
      azurerm_network_security_rule.gateway_inbound["allow-rate-limit-sync"].destination_port_ranges == toset(["4290"]) &&
      azurerm_network_security_rule.gateway_deny_inbound.priority == 4096
    )
    error_message = "Units keep one rate-limit count although everything else is denied."
  }
}

run "clients_of_the_gateway_can_be_narrowed" {
  command = plan

  variables {
    gateway_client_prefixes = ["10.70.0.0/16"]
    runner_subnet_cidr      = "10.60.7.0/24"
  }

  assert {
    condition = (
      azurerm_network_security_rule.gateway_inbound["allow-clients"].source_address_prefixes == toset(["10.60.7.0/24", "10.70.0.0/16"]) &&
      azurerm_network_security_rule.gateway_inbound["allow-clients"].source_address_prefix == null
    )
    error_message = "Named networks and the runners, instead of everything that is peered."
  }
}

run "private_endpoints_answer_the_platform_alone" {
  command = plan

  assert {
    condition = (
      azurerm_network_security_rule.private_endpoints_allow.source_address_prefixes == toset(["10.50.1.0/24", "10.50.2.0/27", "10.50.3.0/26"]) &&
      azurerm_network_security_rule.private_endpoints_deny.priority == 4096
    )
    error_message = "MCP servers, gateway and app reach private endpoints; nobody else does."
  }

  assert {
    condition = (
      azurerm_network_security_rule.offboarding_deny_mcp.access == "Deny" &&
      azurerm_network_security_rule.offboarding_deny_mcp.destination_address_prefix == "10.50.1.0/24"
    )
    error_message = "The offboarding app never calls an MCP server."
  }
}

run "a_bypass_needs_a_runner_subnet" {
  command = plan

  variables {
    runners_may_bypass_gateway = true
  }

  expect_failures = [var.runners_may_bypass_gateway]
}

run "the_internet_is_no_service_tag" {
  command = plan

  variables {
    outbound_service_tags = ["AzureActiveDirectory", "Internet"]
  }

  expect_failures = [var.outbound_service_tags]
}

run "everywhere_is_no_destination" {
  command = plan

  variables {
    outbound_destinations = {
      everywhere = { address_prefixes = ["0.0.0.0/0"] }
    }
  }

  expect_failures = [var.outbound_destinations]
}

run "wrong_names_and_addresses_are_refused" {
  command = plan

  variables {
    environment           = "Production"
    mcp_subnet_prefix     = "10.50.1.0"
    gateway_subnet_prefix = "10.50.2.0/30"
  }

  expect_failures = [var.environment, var.mcp_subnet_prefix, var.gateway_subnet_prefix]
}

run "zones_that_are_there_are_used_and_not_made_again" {
  command = plan

  variables {
    existing_private_dns_zone_ids = {
      blob = "/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/rg-hub/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net"
    }
    private_dns_services = ["blob", "queue", "table", "vault"]
  }

  assert {
    condition     = toset(keys(azurerm_private_dns_zone.this)) == toset(["queue", "table", "vault"]) && toset(keys(azurerm_private_dns_zone_virtual_network_link.this)) == toset(["queue", "table", "vault"])
    error_message = "Only what is missing is made, and whoever owns a zone links it."
  }

  assert {
    condition     = strcontains(output.private_dns_zone_ids["blob"], "/resourceGroups/rg-hub/") && toset(keys(output.private_dns_zone_ids)) == toset(["blob", "queue", "table", "vault"])
    error_message = "Endpoints are registered in the zone that is there."
  }
}

run "a_zone_under_the_wrong_service_would_resolve_nothing" {
  command = plan

  variables {
    existing_private_dns_zone_ids = {
      blob = "/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/rg-hub/providers/Microsoft.Network/privateDnsZones/privatelink.queue.core.windows.net"
    }
  }

  expect_failures = [var.existing_private_dns_zone_ids]
}

run "an_integrated_gateway_has_a_delegated_subnet_and_one_address_for_clients" {
  command = plan

  variables {
    gateway_integration     = true
    gateway_client_prefixes = ["10.40.0.0/16"]
    runner_subnet_cidr      = "10.60.8.0/24"
  }

  assert {
    condition = (
      azurerm_subnet.gateway.delegation[0].service_delegation[0].name == "Microsoft.Web/serverFarms" &&
      tolist(azurerm_subnet.gateway.delegation[0].service_delegation[0].actions) == tolist(["Microsoft.Network/virtualNetworks/subnets/action"])
    )
    error_message = "API Management reaches out through a subnet that is delegated to it."
  }

  assert {
    condition     = length(azurerm_network_security_rule.gateway_inbound) == 0 && azurerm_network_security_rule.gateway_deny_inbound.access == "Deny"
    error_message = "Nothing comes in through an integration subnet."
  }

  assert {
    condition     = output.gateway_private_address == "10.50.4.62" && azurerm_network_security_rule.private_endpoints_gateway[0].destination_address_prefix == "10.50.4.62/32"
    error_message = "Clients reach the gateway's endpoint and no other one."
  }

  assert {
    condition = (
      azurerm_network_security_rule.private_endpoints_gateway[0].network_security_group_name == azurerm_network_security_group.private_endpoints.name &&
      azurerm_network_security_rule.private_endpoints_gateway[0].resource_group_name == azurerm_network_security_group.private_endpoints.resource_group_name
    )
    error_message = "The rule is in the security group of the endpoints' subnet: in another it would admit nobody here."
  }

  assert {
    condition = (
      azurerm_network_security_rule.private_endpoints_gateway[0].direction == "Inbound" &&
      azurerm_network_security_rule.private_endpoints_gateway[0].access == "Allow" &&
      azurerm_network_security_rule.private_endpoints_gateway[0].protocol == "Tcp" &&
      azurerm_network_security_rule.private_endpoints_gateway[0].source_port_range == "*" &&
      azurerm_network_security_rule.private_endpoints_gateway[0].destination_port_range == "443"
    )
    error_message = "HTTPS from whichever port a client has is let in, and nothing else."
  }

  assert {
    condition = (
      azurerm_network_security_rule.private_endpoints_gateway[0].priority > azurerm_network_security_rule.private_endpoints_allow.priority &&
      azurerm_network_security_rule.private_endpoints_gateway[0].priority < azurerm_network_security_rule.private_endpoints_deny.priority
    )
    error_message = "It is judged before the denial, and Azure refuses two rules of one priority."
  }

  assert {
    condition     = toset(azurerm_network_security_rule.private_endpoints_gateway[0].source_address_prefixes) == toset(["10.40.0.0/16", "10.60.8.0/24"])
    error_message = "The named clients and the runners, and nobody else."
  }
}

run "a_gateway_in_the_network_leaves_the_private_endpoints_alone" {
  command = plan

  assert {
    condition     = length(azurerm_network_security_rule.private_endpoints_gateway) == 0 && length(azurerm_subnet.gateway.delegation) == 0 && output.gateway_private_address == null
    error_message = "Developer and Premium are in their subnet, which must not be delegated."
  }
}

run "each_input_is_checked" {
  command = plan

  variables {
    address_space                    = []
    offboarding_subnet_prefix        = "10.50.3.0/28"
    private_endpoint_subnet_prefix   = "10.50.4.0"
    runner_subnet_cidr               = "runners"
    mcp_port                         = 0
    outbound_service_tags            = ["AzureMonitor", "AzureMonitor"]
    private_endpoint_client_prefixes = ["10.0.0.0"]
    gateway_client_prefixes          = ["developers"]
    private_dns_services             = ["blob", "file"]
  }

  expect_failures = [
    var.address_space,
    var.offboarding_subnet_prefix,
    var.private_endpoint_subnet_prefix,
    var.runner_subnet_cidr,
    var.mcp_port,
    var.outbound_service_tags,
    var.private_endpoint_client_prefixes,
    var.gateway_client_prefixes,
    var.private_dns_services,
  ]
}

run "half_of_everybody_is_too_many" {
  command = plan

  variables {
    runner_subnet_cidr               = "0.0.0.0/0"
    private_endpoint_client_prefixes = ["128.0.0.0/1"]
    outbound_destinations            = { half = { address_prefixes = ["0.0.0.0/1", "128.0.0.0/1"] } }
  }

  expect_failures = [var.runner_subnet_cidr, var.private_endpoint_client_prefixes, var.outbound_destinations]
}

run "each_input_is_checked_for_more" {
  command = plan

  variables {
    outbound_service_tags = ["Internet"]
    address_space         = ["10.50.0.0"]
    mcp_port              = 80.5
  }

  expect_failures = [var.outbound_service_tags, var.address_space, var.mcp_port]
}

run "a_gateway_for_the_internet_takes_https_from_it_and_nothing_else" {
  command = plan

  variables {
    gateway_accepts_internet = true
  }

  assert {
    condition = { for name, rule in azurerm_network_security_rule.gateway_inbound : name => join(" ", concat([rule.protocol], tolist(rule.destination_port_ranges))) if rule.source_address_prefix == "Internet" } == {
      allow-internet-clients = "Tcp 443"
    }
    error_message = "HTTPS, by TCP, is all that comes from the Internet."
  }

  assert {
    condition     = azurerm_network_security_rule.gateway_inbound["allow-internet-clients"].priority == 150 && azurerm_network_security_rule.gateway_inbound["allow-internet-clients"].access == "Allow"
    error_message = "It is admitted ahead of the denial."
  }
}

run "a_gateway_inside_takes_nothing_from_the_internet" {
  command = plan

  assert {
    condition     = alltrue([for rule in values(azurerm_network_security_rule.gateway_inbound) : rule.source_address_prefix != "Internet"])
    error_message = "Without gateway_accepts_internet nobody outside is admitted."
  }
}
