# To look first, and for little: the app, its audit log, and policies that only report. No gateway, nobody is refused.
module "platform" {
  source = "../.."

  subscription_id    = var.subscription_id
  tenant_id          = var.tenant_id
  environment        = "trial"
  profile            = "trial"
  location           = "westeurope"
  business_time_zone = "Europe/Berlin"

  alert_email_receivers = { security = "security@contoso.com" }

  github_organisations = ["contoso"]
  github_app_id        = "123456"
  security_repository  = "contoso/security"

  # Who may open cases, who must never become one, who imports the GitHub App's key, and from where both are done.
  operators                 = { it = { object_id = "8394a5b6-c7d8-4e9f-8001-122334455667", role = "Offboarding.Operate" } }
  protected_object_ids      = { break-glass-1 = "4f506172-8394-4a5b-86c7-d8e9f0011223" }
  key_importer_object_ids   = { me = "50617283-94a5-4b6c-97d8-e9f001122334" }
  operator_address_prefixes = ["203.0.113.0/24"]
  deployer_address_prefixes = ["203.0.113.0/24"]
}
