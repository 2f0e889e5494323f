# Two accounts. The runtime's identity owns the blobs of its account and rewrites them all the time; evidence must be
# out of its reach, and versions of its leases would only cost money.
resource "azurerm_storage_account" "host" {
  name                     = local.host_account
  location                 = var.location
  resource_group_name      = var.resource_group_name
  account_tier             = "Standard"
  account_replication_type = var.storage_replication
  tags                     = var.tags

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  local_user_enabled                = false
  public_network_access_enabled     = false
  infrastructure_encryption_enabled = true

  network_rules {
    default_action = "Deny"
    bypass         = ["None"]
  }
}

resource "azurerm_storage_account" "data" {
  name                     = local.data_account
  location                 = var.location
  resource_group_name      = var.resource_group_name
  account_tier             = "Standard"
  account_replication_type = var.storage_replication
  tags                     = var.tags

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  allow_nested_items_to_be_public   = false
  cross_tenant_replication_enabled  = false
  local_user_enabled                = false
  public_network_access_enabled     = false
  infrastructure_encryption_enabled = true

  network_rules {
    default_action = "Deny"
    bypass         = ["None"]
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }

    container_delete_retention_policy {
      days = 30
    }
  }
}

resource "azurerm_storage_container" "deployments" {
  name                  = "deployments"
  storage_account_id    = azurerm_storage_account.host.id
  container_access_type = "private"
}

resource "azurerm_storage_container" "work" {
  name                  = "work"
  storage_account_id    = azurerm_storage_account.data.id
  container_access_type = "private"
}

# Tool calls that did not become rows of the audit table: docs/audit-pipeline.md.
resource "azurerm_storage_container" "dead_letter" {
  name                  = "dead-letter"
  storage_account_id    = azurerm_storage_account.data.id
  container_access_type = "private"
}

# What the sweep knows of repositories, without a value or a text: each pass writes it anew.
resource "azurerm_storage_container" "inventory" {
  name                  = "inventory"
  storage_account_id    = azurerm_storage_account.data.id
  container_access_type = "private"
}

# The answer to each message of HR: docs/operations/hr.md.
resource "azurerm_storage_container" "hr_receipts" {
  name                  = "hr-receipts"
  storage_account_id    = azurerm_storage_account.data.id
  container_access_type = "private"
}

resource "azurerm_storage_container" "evidence" {
  name                  = "evidence"
  storage_account_id    = azurerm_storage_account.data.id
  container_access_type = "private"
}

# The app writes every document once and never again: appending, which is off by default, is not allowed either.
resource "azurerm_storage_container_immutability_policy" "evidence" {
  storage_container_resource_manager_id = azurerm_storage_container.evidence.id
  immutability_period_in_days           = var.evidence_retention_days
  locked                                = var.evidence_locked
}

resource "azurerm_storage_management_policy" "data" {
  storage_account_id = azurerm_storage_account.data.id

  rule {
    name    = "forget-work"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
      # Of the dead letters, only those that nobody will upload any more.
      prefix_match = ["${azurerm_storage_container.work.name}/", "${azurerm_storage_container.hr_receipts.name}/", "${azurerm_storage_container.dead_letter.name}/rejected/"]
    }

    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = var.work_retention_days
      }

      version {
        delete_after_days_since_creation = 30
      }
    }
  }

  # A case takes nothing that is older than a day, and the next pass reads anew what is not there. The last posture run is
  # named there as well, and what exposure read in the night to Monday: that has to last until the next Monday. Where
  # exposure was turned off, this rule removes what was kept.
  rule {
    name    = "forget-inventory"
    enabled = true

    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["${azurerm_storage_container.inventory.name}/"]
    }

    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = 9
      }

      version {
        delete_after_days_since_creation = 2
      }
    }
  }
}

# The host of an earlier release moved to the poison queue what failed too often; the app takes it from there.
resource "azurerm_storage_queue" "hr" {
  for_each = toset(["hr-leavers", "hr-leavers-poison"])

  name               = each.key
  storage_account_id = azurerm_storage_account.data.id
}

# azurerm_storage_table goes through the data plane with the account's network closed to it; this is the management plane.
resource "azapi_resource" "table" {
  for_each = toset(["cases", "caseindex", "idempotency", "unowned", "denied", "people", "budgets", "outbox", "brakes", "leavings", "workflowtasks", "privileged", "answers", "exceptions", "metrics", "machines"])

  type      = "Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01"
  name      = each.key
  parent_id = "${azurerm_storage_account.data.id}/tableServices/default"
  body      = { properties = {} }
}

resource "azurerm_role_assignment" "hr_sender" {
  for_each = var.hr_sender_object_ids

  scope                = "${azurerm_storage_account.data.id}/queueServices/default/queues/${azurerm_storage_queue.hr["hr-leavers"].name}"
  role_definition_name = "Storage Queue Data Message Sender"
  principal_id         = each.value
  description          = "Puts leavers into the queue; cannot read them back."
}

resource "azurerm_role_assignment" "hr_receipts_reader" {
  for_each = var.hr_sender_object_ids

  scope                = azurerm_storage_container.hr_receipts.id
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = each.value
  description          = "Reads what became of the messages about leavers, and nothing else."
}
