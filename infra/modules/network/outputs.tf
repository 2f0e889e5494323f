output "vnet_id" {
  description = "Resource id of the virtual network."
  value       = azurerm_virtual_network.this.id
}

output "vnet_name" {
  description = "Name of the virtual network."
  value       = azurerm_virtual_network.this.name
}

# The associations are awaited: what is deployed into a subnet must find its security group already there.
output "mcp_subnet_id" {
  description = "Subnet of the MCP servers: the one that policy approves."
  value       = azurerm_subnet.mcp.id
  depends_on = [
    azurerm_subnet_network_security_group_association.mcp,
    azurerm_subnet_nat_gateway_association.mcp,
    azurerm_nat_gateway_public_ip_association.outbound,
  ]
}

output "gateway_subnet_id" {
  description = "Subnet into which API Management is injected."
  value       = azurerm_subnet.gateway.id
  depends_on  = [azurerm_subnet_network_security_group_association.gateway]
}

output "offboarding_subnet_id" {
  description = "Integration subnet of the offboarding app."
  value       = azurerm_subnet.offboarding.id
  depends_on = [
    azurerm_subnet_network_security_group_association.offboarding,
    azurerm_subnet_nat_gateway_association.offboarding,
  ]
}

output "private_endpoint_subnet_id" {
  description = "Subnet of the private endpoints."
  value       = azurerm_subnet.private_endpoints.id
  depends_on  = [azurerm_subnet_network_security_group_association.private_endpoints]
}

output "private_dns_zone_ids" {
  description = "Private DNS zones by service: blob, queue, table, vault, servicebus, acr."
  value = merge(
    { for key, zone in azurerm_private_dns_zone.this : key => zone.id },
    { for service, id in var.existing_private_dns_zone_ids : service => id if contains(var.private_dns_services, service) },
  )
  depends_on = [azurerm_private_dns_zone_virtual_network_link.this]
}

output "gateway_private_address" {
  description = "Address in the private endpoints' subnet that is kept for the gateway, where it is integrated with the network instead of being in it; the security group admits clients to it. Null otherwise."
  value       = local.gateway_private_address
}

output "outbound_public_ip_address" {
  description = "Public address of everything that leaves the MCP and offboarding subnets; null without a NAT gateway."
  value       = one(azurerm_public_ip.outbound[*].ip_address)
}
