variable "subscription_id" {
  type        = string
  description = "Subscription in which everything is made."
}

variable "tenant_id" {
  type        = string
  description = "Entra tenant of the people and applications."
}
