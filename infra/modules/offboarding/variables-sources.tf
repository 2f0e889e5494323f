# What is searched

variable "approved_subnet_ids" {
  type        = list(string)
  default     = []
  description = "Resource ids of every subnet in which MCP servers may run, the same that the module policy approves. The checklist compares servers and policies with them; with none it cannot say where servers belong."

  validation {
    condition     = alltrue([for id in var.approved_subnet_ids : can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", id))])
    error_message = "approved_subnet_ids must hold resource ids of subnets."
  }
}

variable "github_organisations" {
  type        = list(string)
  description = "GitHub organisations on which the GitHub App is installed."

  validation {
    condition     = alltrue([for name in var.github_organisations : can(regex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$", name))])
    error_message = "github_organisations must be logins of organisations."
  }
}

variable "machines_owner_ids" {
  type        = list(string)
  default     = []
  description = "Numbers of the owners on GitHub whose jobs on self-hosted runners may send what lies on their machines (gh api orgs/<organisation> --jq .id); empty: no job may."

  validation {
    condition     = alltrue([for id in var.machines_owner_ids : can(regex("^[1-9][0-9]{0,14}$", id))])
    error_message = "machines_owner_ids must be numbers of owners, not their names, which somebody else may get one day."
  }
}

variable "machines_audience" {
  type        = string
  default     = "mcp-offboarding-machines"
  description = "Audience of the tokens of GitHub with which they do, as the runners ask for it."

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9.:/_-]{0,199}$", var.machines_audience))
    error_message = "machines_audience must be a name or an address of at most 200 letters, digits and .:/_-."
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

variable "assessor_github_app_id" {
  type        = string
  default     = null
  description = "Id of the second GitHub App, which only reads, for the checklist (docs/operations/posture.md). Null: points 10 and 11 stay unknown where GitHub is concerned."

  validation {
    condition     = var.assessor_github_app_id == null || can(regex("^[0-9]+$", var.assessor_github_app_id))
    error_message = "assessor_github_app_id must be digits: the App ID, not the client ID."
  }

  validation {
    condition     = var.assessor_github_app_id == null || var.assessor_github_app_id != var.github_app_id
    error_message = "assessor_github_app_id must be another App than github_app_id: that one writes."
  }
}

variable "assessor_github_app_key_name" {
  type        = string
  default     = "github-assessor"
  description = "Name under which the private key of the second GitHub App is imported into the vault."

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{1,127}$", var.assessor_github_app_key_name)) && var.assessor_github_app_key_name != var.github_app_key_name
    error_message = "assessor_github_app_key_name must be letters, digits and hyphens, and another name than github_app_key_name."
  }
}

variable "assessor_github_app_key_version" {
  type        = string
  default     = null
  description = "Version of that key, 32 hexadecimal digits, once it is imported. Null before: the assessor's right to sign is then not granted yet. Terraform never sees the key itself."

  validation {
    condition     = var.assessor_github_app_key_version == null || can(regex("^[0-9a-f]{32}$", var.assessor_github_app_key_version))
    error_message = "assessor_github_app_key_version must be 32 hexadecimal digits, the last segment of the key's id."
  }
}

variable "security_repository" {
  type        = string
  description = "Repository (owner/name) in which follow-up issues are opened; private, since they say who left and what is still open."

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

variable "trusted_owners" {
  type        = list(string)
  default     = []
  description = "Whom the firm counts as its own where federated credentials trust tokens, besides its organisations: <issuer>=<owner>, such as gitlab.com=acme; * for an issuer of the firm's own (docs/trust.md)."

  validation {
    condition     = alltrue([for each in var.trusted_owners : can(regex("^[^\\s,=]+=(\\*|[^\\s\\v\\pZ\\x{FEFF},=*?]+)$", each))])
    error_message = "trusted_owners must be of the form <issuer>=<owner>; an owner has no wildcard, unless it is * alone."
  }

  validation {
    condition = alltrue([for each in var.trusted_owners :
      can(regex("^(https://)?([A-Za-z0-9-]+\\.)*[A-Za-z][A-Za-z0-9-]*(:[1-5]?[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?=", each)) &&
      !can(regex("/\\.{1,2}(/|=)|[xX][nN]--", each))
    ])
    error_message = "trusted_owners: an issuer is the https address in its tokens, with or without https://, without parameters."
  }

  # Without https://, the port that is https's anyway and slashes at the end, in lower case: as the app compares them.
  validation {
    condition = !anytrue([for each in var.trusted_owners : anytrue([for pattern in local.accepted.sharedIssuers :
      can(regex(pattern, replace(replace(replace(lower(split("=", each)[0]), "/^https:\\/\\//", ""), "/^([^\\/]*):0*443(\\/|$)/", "$1$2"), "/\\/+$/", "")))
    ]) if endswith(each, "=*")])
    error_message = "trusted_owners: * at an issuer that signs for all its customers would trust everybody. Name the owner, such as gitlab.com=acme."
  }
}

variable "exempt_sources" {
  type = list(object({
    sources = list(string)
    reason  = string
    by      = string
    until   = string
  }))
  default     = []
  description = "Sources that no case has to read (docs/sources.md), with the reason, who decided so, and the last day on which that holds (2027-06-30). A vendor that is not used: <vendor>/*. A case is clear only where every other readable source was read."

  validation {
    condition = alltrue([for each in var.exempt_sources : length(each.sources) > 0 && alltrue([
      for source in each.sources : can(regex("^[a-z-]+/([a-z-]+|\\*)$", source))
    ])])
    error_message = "exempt_sources must name sources as docs/sources.md does, such as github/deploy-keys, or azure-devops/*."
  }

  validation {
    condition     = length(setsubtract(flatten(var.exempt_sources[*].sources), local.accepted.exemptSources)) == 0
    error_message = "exempt_sources: docs/sources.md has nothing that can be exempt called ${join(", ", setsubtract(flatten(var.exempt_sources[*].sources), local.accepted.exemptSources))}. A standing limit belongs into acknowledged_limits."
  }

  validation {
    condition     = alltrue([for each in var.exempt_sources : trimspace(each.reason) != "" && trimspace(each.by) != ""])
    error_message = "exempt_sources must say why, and who decided so."
  }

  validation {
    condition     = alltrue([for each in var.exempt_sources : can(regex("^\\d{4}-\\d{2}-\\d{2}$", each.until)) && can(formatdate("YYYY", "${each.until}T00:00:00Z"))])
    error_message = "exempt_sources must end on a day, such as 2027-06-30."
  }
}

variable "acknowledged_limits" {
  type = list(object({
    sources = list(string)
    by      = string
    on      = string
  }))
  default     = []
  description = "Standing limits (docs/sources.md), with who took note of that, and on which day. Every headline counts them, and those that nobody acknowledged."

  validation {
    condition = alltrue([for each in var.acknowledged_limits : length(each.sources) > 0 && alltrue([
      for source in each.sources : can(regex("^[a-z-]+/[a-z-]+$", source))
    ])])
    error_message = "acknowledged_limits must name sources as docs/sources.md does, such as mcp/open-streams."
  }

  validation {
    condition     = length(setsubtract(flatten(var.acknowledged_limits[*].sources), local.accepted.acknowledgedLimits)) == 0
    error_message = "acknowledged_limits: docs/sources.md has no standing limit called ${join(", ", setsubtract(flatten(var.acknowledged_limits[*].sources), local.accepted.acknowledgedLimits))}. What can be read belongs into exempt_sources."
  }

  validation {
    condition     = alltrue([for each in var.acknowledged_limits : trimspace(each.by) != "" && can(regex("^\\d{4}-\\d{2}-\\d{2}$", each.on)) && can(formatdate("YYYY", "${each.on}T00:00:00Z"))])
    error_message = "acknowledged_limits must say who took note, and on which day (2026-11-23)."
  }
}

variable "terraform_managed_identity_ids" {
  type        = map(string)
  default     = {}
  description = "Resource ids of identities whose federated credentials Terraform would restore, by name (pipeline-identity: identity_id)."
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

variable "posture_exceptions" {
  type = list(object({
    finding = string
    reason  = string
    by      = string
    until   = string
    covers  = optional(string)
  }))
  default     = []
  description = "Failures of the checklist that the firm accepts until a day, 180 days ahead at most (docs/operations/posture.md)."

  validation {
    condition     = alltrue([for each in var.posture_exceptions : can(regex("^P-[0-9a-f]{12}$", each.finding))])
    error_message = "posture_exceptions must name failures by their ids, such as P-0123456789ab."
  }

  validation {
    condition     = alltrue([for each in var.posture_exceptions : length(trimspace(each.reason)) >= 20 && trimspace(each.by) != ""])
    error_message = "posture_exceptions must say why in at least 20 characters, and who accepts it."
  }

  validation {
    condition     = alltrue([for each in var.posture_exceptions : can(regex("^\\d{4}-\\d{2}-\\d{2}$", each.until)) && can(formatdate("YYYY", "${each.until}T00:00:00Z"))])
    error_message = "posture_exceptions must say until which day (2027-05-22)."
  }

  # An entry that was taken once is taken in each later plan: its end only comes nearer.
  validation {
    condition     = alltrue([for each in var.posture_exceptions : try(timecmp("${each.until}T00:00:00Z", timeadd(plantimestamp(), "4320h")) <= 0, true)])
    error_message = "posture_exceptions must end within 180 days: an entry for longer accepts nothing."
  }

  validation {
    condition     = alltrue([for each in var.posture_exceptions : each.covers == null || can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", each.covers))])
    error_message = "posture_exceptions must name in covers the reason to fail, such as tag-missing."
  }
}

variable "exposure" {
  type        = list(string)
  default     = []
  description = "Who is shown what would still work after somebody left: own (everybody their own list), company (figures of the whole firm); by default nothing is read (docs/operations/exposure.md)."

  validation {
    condition     = alltrue([for each in var.exposure : contains(["own", "company"], each)])
    error_message = "exposure must name own, company, or both."
  }
}
