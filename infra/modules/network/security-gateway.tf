# What API Management (Developer, Premium) needs inside a virtual network:
# learn.microsoft.com/azure/api-management/virtual-network-reference
locals {
  gateway_clients = length(var.gateway_client_prefixes) == 0 ? null : concat(
    var.gateway_client_prefixes,
    var.runner_subnet_cidr == null ? [] : [var.runner_subnet_cidr],
  )

  # An integration subnet takes nothing in.
  gateway_inbound_rules = var.gateway_integration ? {} : merge(
    {
      allow-management = {
        priority        = 100
        protocol        = "Tcp"
        ports           = ["3443"]
        source_tag      = "ApiManagement"
        source_prefixes = null
        description     = "Management endpoint for the portal, PowerShell and Terraform."
      }
      allow-load-balancer = {
        priority        = 110
        protocol        = "Tcp"
        ports           = ["6390", "6391"]
        source_tag      = "AzureLoadBalancer"
        source_prefixes = null
        description     = "Health probes; without them the load balancer withdraws every unit."
      }
      allow-clients = {
        priority        = 120
        protocol        = "Tcp"
        ports           = ["443"]
        source_tag      = local.gateway_clients == null ? "VirtualNetwork" : null
        source_prefixes = local.gateway_clients
        description     = "MCP clients: developers, runners, pipelines."
      }
      # Not optional here: the gateway counts calls per principal, and units that cannot talk count apart.
      allow-rate-limit-sync = {
        priority        = 130
        protocol        = "Udp"
        ports           = ["4290"]
        source_tag      = null
        source_prefixes = [var.gateway_subnet_prefix]
        description     = "Counters of the rate limit, between units."
      }
      allow-internal-cache = {
        priority        = 140
        protocol        = "Tcp"
        ports           = ["6381-6383"]
        source_tag      = null
        source_prefixes = [var.gateway_subnet_prefix]
        description     = "Internal cache, between units."
      }
    },
    var.gateway_accepts_internet ? {
      allow-internet-clients = {
        priority        = 150
        protocol        = "Tcp"
        ports           = ["443"]
        source_tag      = "Internet"
        source_prefixes = null
        description     = "Clients from the Internet, in external mode."
      }
    } : {},
  )

  gateway_outbound_rules = {
    allow-storage       = { priority = 100, tag = "Storage", ports = ["443"], description = "Storage of the service itself." }
    allow-sql           = { priority = 110, tag = "Sql", ports = ["1433"], description = "Configuration database of the service." }
    allow-key-vault     = { priority = 120, tag = "AzureKeyVault", ports = ["443"], description = "Key Vault." }
    allow-azure-monitor = { priority = 130, tag = "AzureMonitor", ports = ["443", "1886"], description = "Diagnostic logs, metrics, health, Application Insights." }
    allow-entra         = { priority = 140, tag = "AzureActiveDirectory", ports = ["443"], description = "Signing keys for token validation." }
    allow-event-hub     = { priority = 150, tag = "EventHub", ports = ["443", "5671", "5672"], description = "Tool-call events of the audit log." }
    allow-certificates  = { priority = 160, tag = "Internet", ports = ["80"], description = "Certificate revocation lists and intermediate certificates." }
  }
}

resource "azurerm_network_security_group" "gateway" {
  name                = "nsg-mcp-gateway-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  tags                = var.tags
}

resource "azurerm_network_security_rule" "gateway_inbound" {
  for_each = local.gateway_inbound_rules

  name                        = each.key
  description                 = each.value.description
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.gateway.name
  priority                    = each.value.priority
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = each.value.protocol
  source_port_range           = "*"
  source_address_prefix       = each.value.source_tag
  source_address_prefixes     = each.value.source_prefixes
  destination_port_ranges     = each.value.ports
  destination_address_prefix  = "VirtualNetwork"
}

resource "azurerm_network_security_rule" "gateway_deny_inbound" {
  name                        = "deny-all-inbound"
  description                 = "Nothing else reaches the gateway's machines."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.gateway.name
  priority                    = 4096
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

# Stated although the platform's defaults allow them: they still hold when a policy of yours denies the Internet.
resource "azurerm_network_security_rule" "gateway_outbound" {
  for_each = local.gateway_outbound_rules

  name                        = each.key
  description                 = each.value.description
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.gateway.name
  priority                    = each.value.priority
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_port_ranges     = each.value.ports
  destination_address_prefix  = each.value.tag
}

resource "azurerm_network_security_rule" "gateway_tool_calls" {
  name                        = "allow-tool-calls"
  description                 = "Calls that the gateway has let through, to MCP servers."
  resource_group_name         = var.resource_group_name
  network_security_group_name = azurerm_network_security_group.gateway.name
  priority                    = 170
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = var.gateway_subnet_prefix
  destination_port_range      = tostring(var.mcp_port)
  destination_address_prefix  = var.mcp_subnet_prefix
}

# API Management's load balancer rejects all inbound traffic until a security group allows it, and its creation checks.
resource "azurerm_subnet_network_security_group_association" "gateway" {
  subnet_id                 = azurerm_subnet.gateway.id
  network_security_group_id = azurerm_network_security_group.gateway.id

  depends_on = [
    azurerm_network_security_rule.gateway_inbound,
    azurerm_network_security_rule.gateway_deny_inbound,
    azurerm_network_security_rule.gateway_outbound,
    azurerm_network_security_rule.gateway_tool_calls,
  ]
}
