variable "subscription_ids" {
  type        = list(string)
  default     = []
  description = "Subscriptions that are searched: managed identities for federated credentials of leavers, role assignments, vaults and container groups. Those of the gateway, the servers and the audit log belong to them. Empty means subscription_id alone."
}

variable "protected_object_ids" {
  type        = map(string)
  default     = {}
  description = "People who are never offboarded, by name: the break-glass accounts."
}

variable "protected_group_ids" {
  type        = map(string)
  default     = {}
  description = "Groups in Entra whose people are never offboarded, by name; groups within them count."
}

variable "github_organisations" {
  type        = list(string)
  description = "GitHub organisations on which the GitHub App is installed."
}

variable "machines_owner_ids" {
  type        = list(string)
  default     = []
  description = "Numbers of the owners on GitHub whose jobs on self-hosted runners may send what lies on their machines (gh api orgs/<organisation> --jq .id); empty: no job may."
}

variable "machines_audience" {
  type        = string
  default     = "mcp-offboarding-machines"
  description = "Audience of the tokens of GitHub with which they do, as the runners ask for it."
}

variable "github_app_id" {
  type        = string
  description = "Id of the GitHub App."
}

variable "github_app_key_version" {
  type        = string
  default     = null
  description = "Version of the GitHub App's key in the vault, once it is imported."
}

variable "assessor_github_app_id" {
  type        = string
  default     = null
  description = "Id of the second GitHub App, which only reads, for the checklist (docs/operations/posture.md)."
}

variable "assessor_github_app_key_version" {
  type        = string
  default     = null
  description = "Version of the second GitHub App's key in the vault, once it is imported."
}

variable "security_repository" {
  type        = string
  description = "Repository (owner/name) in which follow-up issues are opened; private, since they say who left and what is still open."
}

variable "devops_organisations" {
  type        = list(string)
  default     = []
  description = "Azure DevOps organisations that are searched."
}

variable "trusted_owners" {
  type        = list(string)
  default     = []
  description = "Whom the firm counts as its own where federated credentials trust tokens, besides its organisations: <issuer>=<owner>, such as gitlab.com=acme. docs/trust.md has the forms."
}

variable "exempt_sources" {
  type = list(object({
    sources = list(string)
    reason  = string
    by      = string
    until   = string
  }))
  default     = []
  description = "Sources that no case has to read, with the reason, who decided so, and the last day on which that holds (2027-06-30). docs/sources.md lists them; docs/configuration.md explains."
}

variable "acknowledged_limits" {
  type = list(object({
    sources = list(string)
    by      = string
    on      = string
  }))
  default     = []
  description = "Standing limits, with who took note of that, and on which day."
}

variable "teams_webhook_secret_name" {
  type        = string
  default     = null
  description = "Vault secret with the address of the Teams workflow that is told of cases."
}

variable "webhook" {
  type = object({
    url         = string
    secret_name = string
  })
  default     = null
  description = "Receiver of signed messages about cases (standardwebhooks.com), and the vault secret with which they are signed: whsec_ and 24 to 64 bytes in base64. Put the secret there first: an app that cannot read it does not start."
}

variable "messages" {
  type = object({
    issue   = optional(set(string))
    teams   = optional(set(string))
    webhook = optional(set(string))
    log     = optional(set(string))
    plans   = optional(set(string), [])
  })
  default     = {}
  description = "Which moments of a case, and of the checklist, each channel is told (incident, containment-failed, containment-ends-soon, containment-ended, containment-released, contained, posture-worse, failed, decision-awaited, reopened, ended, on-hold, refused, started), instead of the app's defaults; plans: the channels that are told of plans as well."
}

variable "console_url" {
  type        = string
  default     = null
  description = "Where people look at cases: messages and reports link to <console_url>/#/cases/<id>. Default: the app's own console."
}

variable "offboarding_settings" {
  type        = map(string)
  default     = {}
  description = "Further app settings of docs/configuration.md: pace, patience and other clouds."
}

variable "operators" {
  type = map(object({
    object_id = string
    role      = string
  }))
  default     = {}
  description = "Who may use the app's HTTP API, by name: object id and app role (Offboarding.Read, .Operate, .Approve, .Administer; of machines and workflows .Inventory, .Workflow)."
}

variable "hr_sender_object_ids" {
  type        = map(string)
  default     = {}
  description = "Service principals, by name, that may put messages into the queue hr-leavers and read the answers in the container hr-receipts."
}

variable "key_importer_object_ids" {
  type        = map(string)
  default     = {}
  description = "Users or groups, by name, that may import the GitHub App's key and set the vault's secrets."
}

variable "app_private_dns_zone_id" {
  type        = string
  default     = null
  description = "Private DNS zone privatelink.azurewebsites.net, linked to the networks of the operators. With it the app gets a private endpoint."
}

variable "operator_address_prefixes" {
  type        = list(string)
  default     = []
  description = "Public CIDR blocks from which people reach the app's HTTP API and the vault."
}

variable "deployer_address_prefixes" {
  type        = list(string)
  default     = []
  description = "CIDR blocks from which the app is deployed and its health looked at; 0.0.0.0/0 for GitHub-hosted runners."
}

variable "node_version" {
  type        = string
  default     = "24"
  description = "Node.js of the app on Flex Consumption."
}

variable "evidence_retention_days" {
  type        = number
  default     = 2555
  description = "Days for which evidence can be neither changed nor deleted."
}

variable "evidence_locked" {
  type        = bool
  default     = false
  description = "Locks the immutability policy for good."
}

variable "storage_replication" {
  type        = string
  default     = "ZRS"
  description = "Replication of the app's storage accounts: LRS, ZRS, GRS or GZRS."
}

variable "entra_partner_topic_name" {
  type        = string
  default     = null
  description = "Name of the Event Grid partner topic that Graph makes when the app subscribes to changes of users. By default entra-users-<environment>-<suffix>."
}

variable "entra_partner_topic_ready" {
  type        = bool
  default     = false
  description = "Whether that topic is there: the deployed app makes it come into being within a quarter of an hour. Then set this and apply again."
}

variable "entra_events_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that Entra's events open: plan reports what would be cut and cuts nothing, apply cuts. Read a plan before you set apply."
}

variable "hr_queue_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that messages in the queue hr-leavers open: plan reports what would be cut and cuts nothing, apply cuts."
}

variable "sweep_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that the hourly sweep opens: plan reports what would be cut and cuts nothing, apply cuts."
}

variable "lifecycle_workflows_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that tasks of Entra's lifecycle workflows open: plan reports what would be cut and cuts nothing, apply cuts."
}

variable "lifecycle_workflows_app_id" {
  type        = string
  default     = null
  description = "Client id of the managed identity of the Logic App through which Entra's lifecycle workflows call POST /api/lifecycle-workflows; null: nobody may call it."
}

variable "monthly_budget" {
  type        = number
  default     = 200
  description = "Monthly budget of the app's resource group in the billing currency."
}

variable "github_app_key_name" {
  type        = string
  default     = "github-app"
  description = "Name under which the GitHub App's private key is imported into the vault."
}

variable "assessor_github_app_key_name" {
  type        = string
  default     = "github-assessor"
  description = "Name under which the private key of the second GitHub App is imported into the vault."
}

variable "access_token_lifetime_minutes" {
  type        = number
  default     = 90
  description = "Longest life of an access token that was already issued; raise it where a token lifetime policy of Entra does."
}

variable "work_retention_days" {
  type        = number
  default     = 180
  description = "Days after which intermediate results and rejected messages are deleted."
}

variable "partner_authorisation_days" {
  type        = number
  default     = 365
  description = "Days for which Microsoft Graph may make partner topics in the app's resource group."
}

variable "api_client_ids" {
  type        = map(string)
  default     = { azure-cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46" }
  description = "Clients, by name, in which operators sign in to the API without being asked for consent. Azure CLI by default."
}

variable "scale" {
  type = object({
    maximum_instances          = optional(number, 40)
    instance_memory_mb         = optional(number, 2048)
    always_ready_orchestrators = optional(number, 1)
  })
  default     = {}
  description = "Size of the app on Flex Consumption; the module offboarding explains each."
}

variable "posture_exceptions" {
  type = list(object({
    finding = string
    reason  = string
    by      = string
    until   = string
    covers  = optional(string)
  }))
  default     = []
  description = "Failures of the checklist that the firm accepts until a day, 180 days ahead at most."
}

variable "exposure" {
  type        = list(string)
  default     = []
  description = "Who is shown what would still work after somebody left: own (everybody their own list), company (figures of the whole firm); by default nothing is read (docs/operations/exposure.md)."
}
