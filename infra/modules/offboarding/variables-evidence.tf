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
    condition     = var.work_retention_days >= 90 && var.work_retention_days <= 3650
    error_message = "work_retention_days must be from 90, the days that an audit looks back on: a tool call that became a dead letter must be there as long, to 3650."
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
