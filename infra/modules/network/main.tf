resource "azurerm_virtual_network" "this" {
  name                = "vnet-mcp-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  address_space       = var.address_space
  tags                = var.tags
}

resource "azurerm_subnet" "mcp" {
  name                            = "snet-mcp-servers"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [var.mcp_subnet_prefix]
  default_outbound_access_enabled = false

  delegation {
    name = "container-groups"

    service_delegation {
      name    = "Microsoft.ContainerInstance/containerGroups"
      actions = ["Microsoft.Network/virtualNetworks/subnets/action"]
    }
  }
}

# In it, API Management refuses a subnet that is delegated to anything; to reach out through it, it wants the delegation
# (learn.microsoft.com/azure/api-management/integrate-vnet-outbound).
resource "azurerm_subnet" "gateway" {
  name                 = "snet-mcp-gateway"
  resource_group_name  = var.resource_group_name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [var.gateway_subnet_prefix]

  dynamic "delegation" {
    for_each = var.gateway_integration ? ["Microsoft.Web/serverFarms"] : []

    content {
      name = "api-management"

      service_delegation {
        name    = delegation.value
        actions = ["Microsoft.Network/virtualNetworks/subnets/action"]
      }
    }
  }
}

resource "azurerm_subnet" "offboarding" {
  name                            = "snet-mcp-offboarding"
  resource_group_name             = var.resource_group_name
  virtual_network_name            = azurerm_virtual_network.this.name
  address_prefixes                = [var.offboarding_subnet_prefix]
  default_outbound_access_enabled = false

  # Flex Consumption runs on Container Apps' infrastructure; Microsoft.Web/serverFarms is for the other plans.
  delegation {
    name = "flex-consumption"

    service_delegation {
      name    = "Microsoft.App/environments"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }
}

# Without network policies the security group below would not apply to private endpoints at all.
resource "azurerm_subnet" "private_endpoints" {
  name                              = "snet-mcp-private-endpoints"
  resource_group_name               = var.resource_group_name
  virtual_network_name              = azurerm_virtual_network.this.name
  address_prefixes                  = [var.private_endpoint_subnet_prefix]
  default_outbound_access_enabled   = false
  private_endpoint_network_policies = "NetworkSecurityGroupEnabled"
}
