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
  description = "Azure region of the identity."
}

variable "resource_group_name" {
  type        = string
  description = "Resource group of the identity."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the identity."
}

variable "name" {
  type        = string
  default     = null
  description = "What tells several pipelines of one environment apart; the identity is then id-mcp-pipeline-<name>-<environment>. Null for the only one: id-mcp-pipeline-<environment>."

  validation {
    condition     = var.name == null || can(regex("^[a-z0-9][a-z0-9-]{0,30}$", var.name))
    error_message = "name must be lower-case letters, digits and hyphens, at most 31."
  }
}

variable "github_organisation" {
  type        = string
  description = "GitHub organisation (never a personal account) that owns the repository."

  validation {
    condition     = can(regex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$", var.github_organisation))
    error_message = "github_organisation must be the login of one organisation: letters, digits and single hyphens. Wildcards are refused."
  }
}

variable "github_repository" {
  type        = string
  description = "Name of the one repository whose pipeline may use this identity, without its owner."

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,100}$", var.github_repository))
    error_message = "github_repository must be the name of one repository, without owner and without wildcards."
  }
}

variable "branch" {
  type        = string
  default     = "main"
  description = "The one branch whose runs may use this identity. Ignored where environment_name is set."

  validation {
    # Git forbids the other special characters in branch names itself; a colon would end the subject's segment.
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$", var.branch)) && !can(regex("(\\.\\.|//|/$|\\.lock$)", var.branch))
    error_message = "branch must be the name of one branch. Wildcards are refused."
  }

  validation {
    condition     = !startswith(var.branch, "refs/")
    error_message = "branch is the short name, e.g. main: a full ref would let refs/pull/… in."
  }

  validation {
    condition     = !contains(["pull_request", "pull_request_target"], var.branch)
    error_message = "Pull requests may not use this identity: anybody who can open one would act as the pipeline."
  }
}

variable "environment_name" {
  type        = string
  default     = null
  description = "GitHub environment that the subject is pinned to instead of a branch. Protect it with reviewers and a branch rule, or it admits any branch."

  validation {
    condition     = var.environment_name == null || can(regex("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$", var.environment_name))
    error_message = "environment_name must name one GitHub environment. Wildcards and colons are refused."
  }
}

variable "organisation_id" {
  type        = number
  default     = null
  description = "Numeric id of the organisation. With repository_id it makes the immutable form of the subject, which a renamed or re-registered account cannot take over."

  validation {
    condition     = var.organisation_id == null || try(var.organisation_id > 0 && floor(var.organisation_id) == var.organisation_id, false)
    error_message = "organisation_id must be a positive whole number (GET https://api.github.com/orgs/<organisation>, field id)."
  }
}

variable "repository_id" {
  type        = number
  default     = null
  description = "Numeric id of the repository; goes with organisation_id."

  validation {
    condition     = var.repository_id == null || try(var.repository_id > 0 && floor(var.repository_id) == var.repository_id, false)
    error_message = "repository_id must be a positive whole number (GET https://api.github.com/repos/<owner>/<repository>, field id)."
  }

  validation {
    condition     = (var.repository_id == null) == (var.organisation_id == null)
    error_message = "Set both organisation_id and repository_id, or neither: GitHub writes either both ids into the subject or none."
  }
}

variable "gateway_service_principal_object_id" {
  type        = string
  description = "Object id of the gateway's service principal, on which the identity gets its app role."
}

variable "gateway_app_role_id" {
  type        = string
  description = "Id of the gateway's app role that the pipeline gets, e.g. that of mcp.tools.read.app."
}
