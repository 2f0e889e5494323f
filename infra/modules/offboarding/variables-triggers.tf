# What is carried out without anybody being asked. Read a plan first, then turn one on after the other.

variable "entra_events_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that Entra's events open: plan reports what would be cut and cuts nothing, apply cuts."

  validation {
    condition     = contains(["plan", "apply"], var.entra_events_mode)
    error_message = "entra_events_mode must be plan or apply."
  }
}

variable "hr_queue_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that messages in the queue hr-leavers open: plan reports what would be cut and cuts nothing, apply cuts."

  validation {
    condition     = contains(["plan", "apply"], var.hr_queue_mode)
    error_message = "hr_queue_mode must be plan or apply."
  }
}

variable "sweep_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that the hourly sweep opens: plan reports what would be cut and cuts nothing, apply cuts."

  validation {
    condition     = contains(["plan", "apply"], var.sweep_mode)
    error_message = "sweep_mode must be plan or apply."
  }
}

variable "lifecycle_workflows_mode" {
  type        = string
  default     = "plan"
  description = "Mode of the cases that tasks of Entra's lifecycle workflows open: plan reports what would be cut and cuts nothing, apply cuts."

  validation {
    condition     = contains(["plan", "apply"], var.lifecycle_workflows_mode)
    error_message = "lifecycle_workflows_mode must be plan or apply."
  }
}

variable "lifecycle_workflows_app_id" {
  type        = string
  default     = null
  description = "Client id of the managed identity of the Logic App through which Entra's lifecycle workflows call POST /api/lifecycle-workflows; null: nobody may call it."

  validation {
    condition     = var.lifecycle_workflows_app_id == null ? true : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.lifecycle_workflows_app_id))
    error_message = "lifecycle_workflows_app_id must be a client id, a GUID."
  }
}
