terraform {
  required_version = ">= 1.11"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.70"
    }
    azapi = {
      source  = "azure/azapi"
      version = "~> 2.5"
    }
  }
}
