variable "environment" {
  type        = string
  description = "Short name of the environment; part of every resource's name."

  validation {
    condition     = can(regex("^[a-z0-9]{2,8}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters or digits."
  }
}

variable "location" {
  type        = string
  description = "Azure region, by its short name (westeurope). Must offer Flex Consumption."

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "location must be the region's short name, e.g. westeurope: Graph takes no other for the partner topic."
  }
}

variable "resource_group_name" {
  type        = string
  description = "Resource group of the app and of everything that belongs to it."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of every resource that takes tags."
}

variable "name_suffix" {
  type        = string
  description = "Makes the names unique that are unique in all of Azure: storage accounts, vault, app."

  validation {
    condition     = can(regex("^[a-z0-9]{3,6}$", var.name_suffix))
    error_message = "name_suffix must be 3 to 6 lower-case letters or digits."
  }
}

# Who and where

variable "tenant_id" {
  type        = string
  description = "Entra tenant whose leavers are offboarded."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.tenant_id))
    error_message = "tenant_id must be a lower-case GUID."
  }
}

variable "subscription_id" {
  type        = string
  description = "Subscription in which the app runs."

  validation {
    condition     = can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id must be a lower-case GUID."
  }
}

variable "subscription_ids" {
  type        = list(string)
  description = "Subscriptions whose managed identities are searched for federated credentials of leavers."

  validation {
    condition = length(var.subscription_ids) > 0 && alltrue([
      for id in var.subscription_ids : can(regex("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", id))
    ])
    error_message = "subscription_ids must be at least one lower-case GUID: with none, step 2 finds nothing and says so in every report."
  }

  validation {
    condition     = length(distinct(var.subscription_ids)) == length(var.subscription_ids)
    error_message = "subscription_ids must name each subscription once."
  }
}

variable "protected_object_ids" {
  type        = map(string)
  default     = {}
  description = "People who are never offboarded, by name: the break-glass accounts. The app's own identities are added."

  validation {
    condition = alltrue([
      for id in values(var.protected_object_ids) : can(regex("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", id))
    ])
    error_message = "protected_object_ids must be object ids (GUIDs)."
  }
}

variable "business_time_zone" {
  type        = string
  description = "IANA zone in which days and \"out of hours\" are counted."

  validation {
    condition     = can(regex("^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]+){1,2})$", var.business_time_zone))
    error_message = "business_time_zone must be an IANA name such as Europe/Berlin."
  }
}

# Gateway and audit

variable "gateway_app_id" {
  type        = string
  description = "Application (client) id of the gateway (gateway-app: client_id)."
}

variable "gateway_apim_id" {
  type        = string
  description = "Resource id of the API Management service (gateway: apim_id)."
}

variable "deny_list_named_values" {
  type        = list(string)
  description = "Named values that hold the deny list (gateway: deny_list_named_values)."

  validation {
    condition     = length(var.deny_list_named_values) > 0
    error_message = "deny_list_named_values must name at least one: issued tokens outlive every other revocation."
  }
}

variable "access_token_lifetime_minutes" {
  type        = number
  default     = 90
  description = "Longest life of an access token that was already issued. Entra's default is 60 to 90 minutes; raise it where a token lifetime policy does."

  validation {
    condition     = var.access_token_lifetime_minutes >= 5 && var.access_token_lifetime_minutes <= 1440
    error_message = "access_token_lifetime_minutes must be from 5 to 1440."
  }
}

variable "workspace_id" {
  type        = string
  description = "Resource id of the Log Analytics workspace that holds the tool calls (audit: workspace_id). The app's own telemetry goes there too."
}

variable "workspace_customer_id" {
  type        = string
  description = "Customer id (GUID) of the same workspace (audit: workspace_customer_id)."
}

variable "eventhub_namespace_fqdn" {
  type        = string
  description = "Host name of the Event Hubs namespace (audit: eventhub_namespace_fqdn)."
}

variable "eventhub_id" {
  type        = string
  description = "Resource id of the hub with the tool calls (audit: eventhub_id)."
}

variable "eventhub_name" {
  type        = string
  description = "Name of that hub (audit: eventhub_name)."
}

variable "eventhub_consumer_group" {
  type        = string
  description = "Consumer group that nobody but this app reads with (audit: eventhub_consumer_group)."
}

variable "logs_ingestion_endpoint" {
  type        = string
  description = "Where audit rows are uploaded (audit: logs_ingestion_endpoint)."
}

variable "dcr_id" {
  type        = string
  description = "Resource id of the data collection rule (audit: dcr_id)."
}

variable "dcr_immutable_id" {
  type        = string
  description = "Immutable id of the data collection rule (audit: dcr_immutable_id)."
}

variable "dcr_stream_name" {
  type        = string
  description = "Stream that the rule declares for the audit table (audit: dcr_stream_name)."
}

variable "action_group_id" {
  type        = string
  description = "Action group that is told of the app's own failures and of its budget (audit: action_group_id)."
}

# What is searched

variable "github_organisations" {
  type        = list(string)
  description = "GitHub organisations on which the GitHub App is installed."

  validation {
    condition     = alltrue([for name in var.github_organisations : can(regex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$", name))])
    error_message = "github_organisations must be logins of organisations."
  }
}

variable "github_app_id" {
  type        = string
  description = "Id of the GitHub App (its settings page shows it)."

  validation {
    condition     = can(regex("^[0-9]+$", var.github_app_id))
    error_message = "github_app_id must be digits: the App ID, not the client ID."
  }
}

variable "github_app_key_name" {
  type        = string
  default     = "github-app"
  description = "Name under which the GitHub App's private key is imported into the vault."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,127}$", var.github_app_key_name))
    error_message = "github_app_key_name must be letters, digits and hyphens."
  }
}

variable "github_app_key_version" {
  type        = string
  default     = null
  description = "Version of that key, 32 hexadecimal digits, once it is imported. Null before: the right to sign is then not granted yet. Terraform never sees the key itself."

  validation {
    condition     = var.github_app_key_version == null || can(regex("^[0-9a-f]{32}$", var.github_app_key_version))
    error_message = "github_app_key_version must be 32 hexadecimal digits, the last segment of the key's id."
  }
}

variable "security_repository" {
  type        = string
  description = "Repository (owner/name) in which follow-up issues are opened."

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.security_repository))
    error_message = "security_repository must be owner/name."
  }
}

variable "devops_organisations" {
  type        = list(string)
  default     = []
  description = "Azure DevOps organisations that are searched; the app's identities are added there by hand (docs/permissions.md)."

  validation {
    condition     = alltrue([for name in var.devops_organisations : can(regex("^[A-Za-z0-9][A-Za-z0-9-]*$", name))])
    error_message = "devops_organisations must be names of organisations, without dev.azure.com."
  }
}

variable "terraform_managed_identity_ids" {
  type        = map(string)
  default     = {}
  description = "Resource ids of identities whose federated credentials Terraform would restore, by name (pipeline-identity: identity_id)."
}

variable "teams_webhook_secret_name" {
  type        = string
  default     = null
  description = "Vault secret with the address of the Teams workflow that is told of every filed case. Put the secret there first: an app that cannot read it does not start."

  validation {
    condition     = var.teams_webhook_secret_name == null || can(regex("^[A-Za-z0-9-]{1,127}$", var.teams_webhook_secret_name))
    error_message = "teams_webhook_secret_name must be letters, digits and hyphens: the name, not the address, which holds a key."
  }
}

variable "settings" {
  type        = map(string)
  default     = {}
  description = "Further app settings of docs/configuration.md: pace, patience and other clouds."

  validation {
    condition = alltrue([for name in keys(var.settings) : contains([
      "MAX_CASES_PER_HOUR", "REPLICATION_SECONDS", "GITHUB_POINTS_PER_MINUTE", "REQUEST_TIMEOUT_SECONDS",
      "RETRY_ATTEMPTS", "RETRY_DELAY_MS", "WINDOW", "VERIFY_INTERVAL_MS", "VERIFY_DEADLINE_MS",
      "LOGIN_ENDPOINT", "GRAPH_ENDPOINT", "ARM_ENDPOINT", "LOGS_ENDPOINT", "LOGS_INGESTION_AUDIENCE",
      "GITHUB_API_ENDPOINT", "DEVOPS_ENDPOINT", "DEVOPS_GRAPH_ENDPOINT",
    ], name)])
    error_message = "settings takes the settings of docs/configuration.md that have no input of their own. Misspelt ones would be ignored by the app."
  }
}

# People

variable "operators" {
  type = map(object({
    object_id = string
    role      = string
  }))
  default     = {}
  description = "Who may use the HTTP API, by name: object id of a user, a group or a service principal, and one of Offboarding.Read, Offboarding.Operate, Offboarding.Approve, Offboarding.Administer."

  validation {
    condition     = alltrue([for operator in values(var.operators) : contains(["Offboarding.Read", "Offboarding.Operate", "Offboarding.Approve", "Offboarding.Administer"], operator.role)])
    error_message = "operators: role must be Offboarding.Read, Offboarding.Operate, Offboarding.Approve or Offboarding.Administer."
  }
}

variable "api_client_ids" {
  type        = map(string)
  default     = { azure-cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46" }
  description = "Clients, by name, in which operators sign in to the API without being asked for consent. Azure CLI by default, so that az account get-access-token works."
}

variable "hr_sender_object_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals, by name, that may put messages into the queue hr-leavers."
}

variable "key_importer_object_ids" {
  type        = map(string)
  default     = {}
  description = "Users or groups, by name, that may import and rotate the GitHub App's key and set the vault's secrets. Take them out again afterwards."
}

# The app

variable "node_version" {
  type        = string
  default     = "24"
  description = "Node.js on Flex Consumption."

  validation {
    condition     = contains(["22", "24"], var.node_version)
    error_message = "node_version must be 24, for which the package is built, or 22 where a region does not offer 24 yet (az functionapp list-flexconsumption-runtimes); the package must be built for it then."
  }
}

variable "maximum_instances" {
  type        = number
  default     = 40
  description = "Upper limit of instances. The vendors' limits are the bottleneck, not ours."

  validation {
    condition     = var.maximum_instances >= 1 && var.maximum_instances <= 1000
    error_message = "maximum_instances must be from 1 to 1000."
  }
}

variable "instance_memory_mb" {
  type        = number
  default     = 2048
  description = "Memory of an instance."

  validation {
    condition     = contains([512, 2048, 4096], var.instance_memory_mb)
    error_message = "instance_memory_mb must be 512, 2048 or 4096."
  }
}

variable "always_ready_orchestrators" {
  type        = number
  default     = 1
  description = "Instances that are always there for orchestrations. With none, a durable timer waits for the next poll of a scaled-in app."

  validation {
    condition     = var.always_ready_orchestrators >= 0 && var.always_ready_orchestrators <= 20
    error_message = "always_ready_orchestrators must be from 0 to 20."
  }
}

# Network

variable "offboarding_subnet_id" {
  type        = string
  description = "Subnet through which the app goes out (network: offboarding_subnet_id)."
}

variable "private_endpoint_subnet_id" {
  type        = string
  description = "Subnet of the private endpoints (network: private_endpoint_subnet_id)."
}

variable "private_dns_zone_ids" {
  type        = map(string)
  description = "Private DNS zones by service: blob, queue, table, vault (network: private_dns_zone_ids)."
}

variable "app_private_dns_zone_id" {
  type        = string
  default     = null
  description = "Private DNS zone privatelink.azurewebsites.net. With it the app gets a private endpoint, so that operators reach the HTTP API from the network and whatever is peered with it."
}

variable "operator_address_prefixes" {
  type        = list(string)
  default     = []
  description = "CIDR blocks from which people reach the HTTP API and the vault. Empty: nobody from outside."

  validation {
    condition     = alltrue([for cidr in var.operator_address_prefixes : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "operator_address_prefixes must be CIDR blocks, and not everybody's."
  }

  validation {
    condition     = !anytrue([for cidr in var.operator_address_prefixes : can(regex("^(10|127|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", cidr))])
    error_message = "operator_address_prefixes must be public addresses: the firewalls of vault and app see no others. From a private network, use app_private_dns_zone_id."
  }
}

variable "deployer_address_prefixes" {
  type        = list(string)
  default     = []
  description = "CIDR blocks from which the app is deployed and its health looked at afterwards. 0.0.0.0/0 admits GitHub-hosted runners, which have no fixed addresses; Entra and the role on the app still stand in front."

  validation {
    condition     = alltrue([for cidr in var.deployer_address_prefixes : can(cidrhost(cidr, 0))])
    error_message = "deployer_address_prefixes must be CIDR blocks."
  }
}

# Evidence

variable "evidence_retention_days" {
  type        = number
  default     = 2555
  description = "Days for which evidence can be neither changed nor deleted. Seven years by default."

  validation {
    condition     = var.evidence_retention_days >= 365 && var.evidence_retention_days <= 146000
    error_message = "evidence_retention_days must be from 365, since an auditor asks a year later, to 146000."
  }
}

variable "evidence_locked" {
  type        = bool
  default     = false
  description = "Locks the immutability policy. It cannot be undone: the period can then only grow, and the storage account cannot be deleted before it ends. Lock it once the first cases are filed as you want them."
}

variable "work_retention_days" {
  type        = number
  default     = 180
  description = "Days after which intermediate results and rejected messages are deleted. What a report rests on is in the evidence."

  validation {
    condition     = var.work_retention_days >= 60 && var.work_retention_days <= 3650
    error_message = "work_retention_days must be from 60, since a case is verified again after 31 days, to 3650."
  }
}

variable "storage_replication" {
  type        = string
  default     = "ZRS"
  description = "Replication of both storage accounts."

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS"], var.storage_replication)
    error_message = "storage_replication must be LRS, ZRS, GRS or GZRS."
  }
}

# Entra events

variable "entra_partner_topic_name" {
  type        = string
  default     = null
  description = "Name of the Event Grid partner topic that Graph makes when the app subscribes to changes of users. By default entra-users-<environment>-<name_suffix>."

  validation {
    condition     = var.entra_partner_topic_name == null || can(regex("^[A-Za-z0-9-]{3,50}$", var.entra_partner_topic_name))
    error_message = "entra_partner_topic_name must be 3 to 50 letters, digits and hyphens."
  }
}

variable "entra_partner_topic_ready" {
  type        = bool
  default     = false
  description = "Whether the partner topic is there. Graph makes it when the deployed app subscribes, so that it can only be activated and subscribed to in a second apply."
}

variable "partner_authorisation_days" {
  type        = number
  default     = 365
  description = "Days for which Microsoft Graph may make partner topics in this resource group."

  validation {
    condition     = var.partner_authorisation_days >= 1 && var.partner_authorisation_days <= 365
    error_message = "partner_authorisation_days must be from 1 to 365."
  }
}

# Money and alerts

variable "monthly_budget" {
  type        = number
  default     = 200
  description = "Monthly budget of the resource group in the billing currency. 80 % spent and 100 % forecast are announced."

  validation {
    condition     = var.monthly_budget > 0
    error_message = "monthly_budget must be positive."
  }
}

variable "alerts_enabled" {
  type        = bool
  default     = true
  description = "Whether the app's own failures raise alerts."
}
