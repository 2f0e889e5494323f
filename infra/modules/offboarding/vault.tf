# The GitHub App's private key is GitHub's to make and an operator's to import (see README): Terraform would keep it in
# its state for everybody to read who may read that. Here are the vault, who may sign, and who may import.
resource "azurerm_key_vault" "this" {
  name                = local.vault_name
  location            = var.location
  resource_group_name = var.resource_group_name
  tenant_id           = var.tenant_id
  sku_name            = "standard"
  tags                = var.tags

  rbac_authorization_enabled    = true
  purge_protection_enabled      = true
  soft_delete_retention_days    = 90
  public_network_access_enabled = length(var.operator_address_prefixes) > 0

  network_acls {
    default_action = "Deny"
    bypass         = "None"
    ip_rules       = var.operator_address_prefixes
  }
}

# The key that signs evidence is made in the vault and cannot leave it. Through the management plane: the vault's network is
# closed to whoever applies. That plane makes a key where there is none and deletes none, so that this is an action
# (learn.microsoft.com/rest/api/keyvault/keyvault/keys/create-if-not-exist).
resource "azapi_resource_action" "evidence_key" {
  type        = "Microsoft.KeyVault/vaults/keys@2023-07-01"
  resource_id = "${azurerm_key_vault.this.id}/keys/${local.evidence_key_name}"
  method      = "PUT"

  body = {
    properties = {
      kty        = "EC"
      curveName  = "P-256"
      keyOps     = ["sign", "verify"]
      attributes = { enabled = true, exportable = false }
    }
  }
}

resource "azurerm_role_assignment" "key_importer" {
  for_each = merge([
    for role in ["Key Vault Crypto Officer", "Key Vault Secrets Officer"] : {
      for name, object_id in var.key_importer_object_ids : "${name}/${role}" => { role = role, object_id = object_id }
    }
  ]...)

  scope                = azurerm_key_vault.this.id
  role_definition_name = each.value.role
  principal_id         = each.value.object_id
  description          = "Imports and rotates the GitHub App's key and sets the vault's secrets."
}
