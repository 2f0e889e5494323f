provider "azurerm" {
  subscription_id = var.subscription_id
  tenant_id       = var.tenant_id
  # The storage accounts have no keys.
  storage_use_azuread = true

  # A subscription that never had them refuses the first apply otherwise.
  resource_providers_to_register = [
    "Microsoft.ApiManagement",
    "Microsoft.App",
    "Microsoft.ContainerInstance",
    "Microsoft.ContainerRegistry",
    "Microsoft.EventGrid",
    "Microsoft.EventHub",
    "Microsoft.Insights",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.OperationalInsights",
    "Microsoft.PolicyInsights",
    "Microsoft.Web",
  ]

  features {
    key_vault {
      # A vault with the GitHub App's key is worth recovering, and purge protection refuses to purge it anyway.
      purge_soft_delete_on_destroy    = false
      recover_soft_deleted_key_vaults = true
    }

    resource_group {
      prevent_deletion_if_contains_resources = true
    }

    storage {
      # The accounts' networks are closed to whoever runs Terraform: everything goes through the management plane.
      data_plane_available = false
    }
  }
}

provider "azuread" {
  tenant_id = var.tenant_id
}

provider "azapi" {
  subscription_id = var.subscription_id
  tenant_id       = var.tenant_id
}
