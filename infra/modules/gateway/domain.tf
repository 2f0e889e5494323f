# The service reads the certificate as itself, and no other secret of that vault.
resource "azurerm_role_assignment" "certificate" {
  count = var.certificate == null ? 0 : 1

  scope                = "${var.certificate.key_vault_id}/secrets/${basename(var.certificate.secret_id)}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_api_management.this.identity[0].principal_id
}

# Without a version in the address, tiers with a service level agreement take up a renewed certificate by themselves:
# learn.microsoft.com/azure/api-management/configure-custom-domain
resource "azurerm_api_management_custom_domain" "gateway" {
  count = var.certificate == null ? 0 : 1

  api_management_id = azurerm_api_management.this.id

  gateway {
    host_name                = local.host_name
    key_vault_certificate_id = var.certificate.secret_id
    # For clients that say no name in their TLS handshake.
    default_ssl_binding = true
  }

  depends_on = [azurerm_role_assignment.certificate]
}
