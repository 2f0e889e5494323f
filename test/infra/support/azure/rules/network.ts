import { anyArmId, armId, cidr, portRange } from './formats.ts';
import { allowed, between, deprecated, exactlyOne, matching, notTogether, type RuleTable } from './rule.ts';

const SUBNET = 'Microsoft.Network/virtualNetworks/subnets';
const LINK_NAME = /^[a-zA-Z\d]([\w.-]{0,78}\w)?$/;

/** Sources: hashicorp/terraform-provider-azurerm v4.73.0, internal/services/network and privatedns. */
export const NETWORK_RULES: RuleTable = {
  azurerm_virtual_network: [exactlyOne(['address_space', 'ip_address_pool']), cidr('address_space')],
  azurerm_subnet: [
    exactlyOne(['address_prefixes', 'ip_address_pool']),
    cidr('address_prefixes'),
    // The platform's own; the provider knows some sixty more.
    allowed('delegation.service_delegation.name', [
      'Microsoft.ApiManagement/service',
      'Microsoft.App/environments',
      'Microsoft.ContainerInstance/containerGroups',
      'Microsoft.Web/serverFarms',
    ]),
    allowed('delegation.service_delegation.actions', [
      'Microsoft.Network/networkinterfaces/*',
      'Microsoft.Network/publicIPAddresses/join/action',
      'Microsoft.Network/publicIPAddresses/read',
      'Microsoft.Network/virtualNetworks/read',
      'Microsoft.Network/virtualNetworks/subnets/action',
      'Microsoft.Network/virtualNetworks/subnets/join/action',
      'Microsoft.Network/virtualNetworks/subnets/prepareNetworkPolicies/action',
      'Microsoft.Network/virtualNetworks/subnets/unprepareNetworkPolicies/action',
    ]),
    allowed('private_endpoint_network_policies', [
      'Disabled',
      'Enabled',
      'NetworkSecurityGroupEnabled',
      'RouteTableEnabled',
    ]),
  ],
  azurerm_network_security_rule: [
    matching('name', /^[^/\\?%]{1,80}$/, 'expected 1 to 80 characters without / \\ ? %'),
    matching('description', /^.{0,140}$/s, 'expected at most 140 characters'),
    allowed('protocol', ['*', 'Tcp', 'Udp', 'Icmp', 'Ah', 'Esp']),
    allowed('access', ['Allow', 'Deny']),
    allowed('direction', ['Inbound', 'Outbound']),
    between('priority', 100, 4096),
    notTogether(['source_port_range', 'source_port_ranges']),
    notTogether(['destination_port_range', 'destination_port_ranges']),
    exactlyOne(['source_address_prefix', 'source_address_prefixes', 'source_application_security_group_ids']),
    exactlyOne([
      'destination_address_prefix',
      'destination_address_prefixes',
      'destination_application_security_group_ids',
    ]),
    portRange('source_port_range'),
    portRange('source_port_ranges'),
    portRange('destination_port_range'),
    portRange('destination_port_ranges'),
  ],
  azurerm_network_security_group: [
    allowed('security_rule.protocol', ['*', 'Tcp', 'Udp', 'Icmp', 'Ah', 'Esp']),
    allowed('security_rule.access', ['Allow', 'Deny']),
    allowed('security_rule.direction', ['Inbound', 'Outbound']),
    between('security_rule.priority', 100, 4096),
  ],
  azurerm_subnet_network_security_group_association: [
    armId('subnet_id', SUBNET),
    armId('network_security_group_id', 'Microsoft.Network/networkSecurityGroups'),
  ],
  azurerm_subnet_nat_gateway_association: [
    armId('subnet_id', SUBNET),
    armId('nat_gateway_id', 'Microsoft.Network/natGateways'),
  ],
  azurerm_nat_gateway: [
    matching('name', LINK_NAME, 'expected 1 to 80 letters, digits, - . _'),
    allowed('sku_name', ['Standard', 'StandardV2']),
    between('idle_timeout_in_minutes', 4, 120),
  ],
  azurerm_nat_gateway_public_ip_association: [
    armId('nat_gateway_id', 'Microsoft.Network/natGateways'),
    armId('public_ip_address_id', 'Microsoft.Network/publicIPAddresses'),
  ],
  azurerm_public_ip: [
    allowed('allocation_method', ['Static', 'Dynamic']),
    // Basic addresses are retired since 2025-09-30.
    allowed('sku', ['Standard', 'StandardV2']),
    allowed('sku_tier', ['Regional', 'Global']),
    allowed('ip_version', ['IPv4', 'IPv6']),
    between('idle_timeout_in_minutes', 4, 30),
  ],
  azurerm_private_dns_zone: [
    matching('name', /^([a-z0-9_-]+\.)+[a-z0-9-]+$/i, 'expected a domain name of at least two labels'),
  ],
  azurerm_private_dns_a_record: [
    matching('name', /^[^A-Z]+$/, 'expected no upper-case letter'),
    between('ttl', 0, 2 ** 31 - 1),
    matching('records', /^(\d{1,3}\.){3}\d{1,3}$/, 'expected an IPv4 address'),
  ],
  azurerm_private_dns_zone_virtual_network_link: [
    armId('virtual_network_id', 'Microsoft.Network/virtualNetworks'),
    allowed('resolution_policy', ['Default', 'NxDomainRedirect']),
  ],
  azurerm_private_endpoint: [
    matching('name', LINK_NAME, 'expected 1 to 80 letters, digits, - . _'),
    matching('private_service_connection.name', LINK_NAME, 'expected 1 to 80 letters, digits, - . _'),
    matching('private_dns_zone_group.name', LINK_NAME, 'expected 1 to 80 letters, digits, - . _'),
    armId('subnet_id', SUBNET),
    exactlyOne(['private_connection_resource_alias', 'private_connection_resource_id'], 'private_service_connection'),
    anyArmId('private_service_connection.private_connection_resource_id'),
    armId('private_dns_zone_group.private_dns_zone_ids', 'Microsoft.Network/privateDnsZones'),
  ],
  azurerm_servicebus_namespace: [
    allowed('sku', ['Basic', 'Standard', 'Premium']),
    allowed('capacity', [0, 1, 2, 4, 8, 16]),
    allowed('minimum_tls_version', ['1.2']),
  ],
  azurerm_eventgrid_system_topic: [
    matching('name', /^[-a-zA-Z0-9]{3,128}$/, 'expected 3 to 128 letters, digits, -'),
    exactlyOne(['source_resource_id', 'source_arm_resource_id']),
    deprecated('source_arm_resource_id', 'use source_resource_id'),
  ],
};
