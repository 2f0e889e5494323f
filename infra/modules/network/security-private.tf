resource "azurerm_network_security_group" "offboarding" {
  name                = "nsg-mcp-offboarding-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

# Only outbound rules apply to an integration subnet: nothing comes in through it.
resource "azurerm_network_security_rule" "offboarding_deny_mcp" {
  name                        = "deny-mcp-servers"
  description                 = "The app asks the gateway's management plane and the audit log; it never calls an MCP server."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.offboarding.name
  priority                    = 100
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = var.mcp_subnet_prefix
}

resource "azurerm_subnet_network_security_group_association" "offboarding" {
  subnet_id                 = azurerm_subnet.offboarding.id
  network_security_group_id = azurerm_network_security_group.offboarding.id

  depends_on = [azurerm_network_security_rule.offboarding_deny_mcp]
}

resource "azurerm_network_security_group" "private_endpoints" {
  name                = "nsg-mcp-private-endpoints-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_network_security_rule" "private_endpoints_allow" {
  name                        = "allow-platform"
  description                 = "MCP servers, gateway and offboarding app."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.private_endpoints.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefixes = concat(
    [var.mcp_subnet_prefix, var.gateway_subnet_prefix, var.offboarding_subnet_prefix],
    var.private_endpoint_client_prefixes,
  )
  destination_port_ranges    = var.private_endpoint_ports
  destination_address_prefix = var.private_endpoint_subnet_prefix
}

locals {
  # The last address of the subnet: Azure gives the others from the front.
  gateway_private_address = var.gateway_integration && !var.gateway_accepts_internet ? cidrhost(var.private_endpoint_subnet_prefix, -2) : null
}

# To this one address: storage, keys and the audit log beside it stay out of the clients' reach.
resource "azurerm_network_security_rule" "private_endpoints_gateway" {
  count = local.gateway_private_address == null ? 0 : 1

  name                        = "allow-gateway-clients"
  description                 = "MCP clients: developers, runners, pipelines, to the gateway's private endpoint."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.private_endpoints.name
  priority                    = 110
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = local.gateway_clients == null ? "VirtualNetwork" : null
  source_address_prefixes     = local.gateway_clients
  destination_port_range      = "443"
  destination_address_prefix  = "${local.gateway_private_address}/32"
}

resource "azurerm_network_security_rule" "private_endpoints_deny" {
  name                        = "deny-all-inbound"
  description                 = "Storage, keys and the audit log are nobody else's, peered networks included."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.private_endpoints.name
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "private_endpoints" {
  subnet_id                 = azurerm_subnet.private_endpoints.id
  network_security_group_id = azurerm_network_security_group.private_endpoints.id

  depends_on = [
    azurerm_network_security_rule.private_endpoints_allow,
    azurerm_network_security_rule.private_endpoints_gateway,
    azurerm_network_security_rule.private_endpoints_deny,
  ]
}
