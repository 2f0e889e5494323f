# Container groups in a virtual network have no way out but a NAT gateway: it is the only outbound configuration that
# Azure Container Instances supports there (learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts).
# It is also the one address that a partner's allow list has to know.
resource "azurerm_public_ip" "outbound" {
  count = var.nat_gateway_enabled ? 1 : 0

  name                = "pip-mcp-outbound-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  allocation_method   = "Static"
  sku                 = "Standard"
  tags                = var.tags
}

resource "azurerm_nat_gateway" "outbound" {
  count = var.nat_gateway_enabled ? 1 : 0

  name                = "ng-mcp-${var.environment}"
  location            = var.location
  resource_group_name = var.resource_group_name
  sku_name            = "Standard"
  tags                = var.tags
}

resource "azurerm_nat_gateway_public_ip_association" "outbound" {
  count = var.nat_gateway_enabled ? 1 : 0

  nat_gateway_id       = azurerm_nat_gateway.outbound[0].id
  public_ip_address_id = azurerm_public_ip.outbound[0].id
}

resource "azurerm_subnet_nat_gateway_association" "mcp" {
  count = var.nat_gateway_enabled ? 1 : 0

  subnet_id      = azurerm_subnet.mcp.id
  nat_gateway_id = azurerm_nat_gateway.outbound[0].id
}

resource "azurerm_subnet_nat_gateway_association" "offboarding" {
  count = var.nat_gateway_enabled ? 1 : 0

  subnet_id      = azurerm_subnet.offboarding.id
  nat_gateway_id = azurerm_nat_gateway.outbound[0].id
}
