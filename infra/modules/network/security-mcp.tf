# Priorities are part of the contract with auditors: 100 and 4096 inbound, 200 outbound. Everything that the servers
# need leaves below 200, because the first match decides.
locals {
  mcp_callers = concat(
    [var.gateway_subnet_prefix],
    var.runners_may_bypass_gateway ? [var.runner_subnet_cidr] : [],
  )

  mcp_service_tag_rules = {
    for position, tag in var.outbound_service_tags : "allow-${lower(replace(tag, ".", "-"))}" => {
      priority                = 110 + position
      destination_tag         = tag
      destination_prefixes    = null
      destination_port_ranges = ["443"]
    }
  }

  mcp_destination_rules = {
    for position, name in sort(keys(var.outbound_destinations)) : "allow-destination-${name}" => {
      priority                = 140 + position
      destination_tag         = null
      destination_prefixes    = var.outbound_destinations[name].address_prefixes
      destination_port_ranges = var.outbound_destinations[name].ports
    }
  }

  mcp_outbound_rules = merge(local.mcp_service_tag_rules, local.mcp_destination_rules, {
    allow-private-endpoints = {
      priority                = 100
      destination_tag         = null
      destination_prefixes    = [var.private_endpoint_subnet_prefix]
      destination_port_ranges = var.private_endpoint_ports
    }
  })
}

resource "azurerm_network_security_group" "mcp" {
  name                = "nsg-mcp-servers-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_network_security_rule" "mcp_allow_tool_calls" {
  name                        = "allow-tool-calls"
  description                 = "MCP tool calls, from the gateway."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.mcp.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefixes     = local.mcp_callers
  destination_port_range      = tostring(var.mcp_port)
  destination_address_prefix  = var.mcp_subnet_prefix
}

# Stands above the platform's AllowVnetInBound (65000), which would admit every peered developer network.
resource "azurerm_network_security_rule" "mcp_deny_inbound" {
  name                        = "deny-all-inbound"
  description                 = "Nothing else reaches an MCP server, neighbours in the same virtual network included."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.mcp.name
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "mcp_allow_outbound" {
  for_each = local.mcp_outbound_rules

  name                         = each.key
  description                  = "What MCP servers need, ahead of the denial of the Internet."
  resource_group_name          = var.resource_group_name
  network_security_group_name  = azurerm_network_security_group.mcp.name
  priority                     = each.value.priority
  direction                    = "Outbound"
  access                       = "Allow"
  protocol                     = "Tcp"
  source_port_range            = "*"
  source_address_prefix        = var.mcp_subnet_prefix
  destination_port_ranges      = each.value.destination_port_ranges
  destination_address_prefix   = each.value.destination_tag
  destination_address_prefixes = each.value.destination_prefixes
}

resource "azurerm_network_security_rule" "mcp_deny_internet" {
  name                        = "deny-internet"
  description                 = "An MCP server has no business on the Internet."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.mcp.name
  priority                    = 200
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "Internet"
}

# "Internet" is everything outside the virtual network and its peers; this closes the inside, where developer and
# production networks would be one hop away through AllowVnetOutBound (65000).
resource "azurerm_network_security_rule" "mcp_deny_lateral" {
  name                        = "deny-virtual-network"
  description                 = "No movement from an MCP server into other or peered networks."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.mcp.name
  priority                    = 4096
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "VirtualNetwork"
}

# The rules come first: an association to an empty group would let peered networks in while the rules are being made.
resource "azurerm_subnet_network_security_group_association" "mcp" {
  subnet_id                 = azurerm_subnet.mcp.id
  network_security_group_id = azurerm_network_security_group.mcp.id

  depends_on = [
    azurerm_network_security_rule.mcp_allow_tool_calls,
    azurerm_network_security_rule.mcp_deny_inbound,
    azurerm_network_security_rule.mcp_allow_outbound,
    azurerm_network_security_rule.mcp_deny_internet,
    azurerm_network_security_rule.mcp_deny_lateral,
  ]
}
