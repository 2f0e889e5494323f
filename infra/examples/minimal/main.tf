# The fewest inputs: outside of production, with a registry of its own and no server in it yet.
module "platform" {
  source = "../.."

  subscription_id    = var.subscription_id
  tenant_id          = var.tenant_id
  environment        = "dev"
  location           = "westeurope"
  business_time_zone = "Europe/Berlin"

  publisher_name        = "Contoso"
  publisher_email       = "platform@contoso.com"
  alert_email_receivers = { security = "security@contoso.com" }

  github_organisations = ["contoso"]
  github_app_id        = "123456"
  security_repository  = "contoso/security"
}
