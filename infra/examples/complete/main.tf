# Production as the case study runs it: three servers behind an internal gateway, pipelines without secrets, detections
# with thresholds of its own, the app with Entra's events, HR's queue, Azure DevOps and Teams.
module "platform" {
  source = "../.."

  subscription_id    = var.subscription_id
  tenant_id          = var.tenant_id
  environment        = "prod"
  profile            = "production"
  location           = "westeurope"
  business_time_zone = "Europe/Paris"
  tags               = { cost-centre = "4711", owner = "platform-engineering" }

  # Servers
  registry = {
    id           = "/subscriptions/${var.subscription_id}/resourceGroups/rg-registry/providers/Microsoft.ContainerRegistry/registries/contosomcp"
    login_server = "contosomcp.azurecr.io"
  }
  mcp_servers = {
    filesystem = {
      image        = "mcp-filesystem:1.4.2"
      allowed_orgs = ["contoso"]
    }
    github = {
      image        = "mcp-github:2.0.1"
      allowed_orgs = ["contoso", "contoso-labs"]
      cpu          = 1
      memory       = 1
    }
    secrets = {
      secrets      = true
      image        = "mcp-secrets@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      allowed_orgs = ["contoso"]
    }
  }
  network = {
    runner_subnet_cidr      = "10.60.8.0/24"
    gateway_client_prefixes = ["10.40.0.0/16"]
    outbound_destinations = {
      github = { address_prefixes = ["140.82.112.0/20", "192.30.252.0/22"] }
    }
  }

  # Policies: those on identity and subnet deny anyway; these two after a month of reports without a surprise.
  tag_value_policy_effect         = "Deny"
  other_compute_policy_effect     = "Deny"
  plain_credentials_policy_effect = "Audit"
  harmless_variable_names         = ["APPLICATIONINSIGHTS_CONNECTION_STRING", "CACHE_KEY"]

  # Gateway
  publisher_name     = "Contoso Financial Services"
  publisher_email    = "platform@contoso.com"
  gateway_networking = "internal"
  gateway_host_name  = "mcp.contoso.com" # people cannot sign in without one
  gateway_certificate = {
    key_vault_id = "/subscriptions/${var.subscription_id}/resourceGroups/rg-certificates/providers/Microsoft.KeyVault/vaults/kv-contoso-tls"
    secret_id    = "https://kv-contoso-tls.vault.azure.net/secrets/mcp-contoso-com"
  }
  gateway_sku      = "Premium_1"
  calls_per_minute = 50
  allowed_clients = {
    claude-code = "8d2a6f10-1b3c-4e5d-9f60-718293a4b5c6"
    vs-code     = "aebc6443-996d-45c2-90f0-388ff96faa56"
  }
  writing_clients                     = ["claude-code"]
  developer_group_ids                 = ["0b1c2d3e-4f50-4617-8283-94a5b6c7d8e9"]
  writer_group_ids                    = ["1c2d3e4f-5061-4728-9394-a5b6c7d8e9f0"]
  administrator_service_principal_ids = { devops = "2d3e4f50-6172-4839-a4a5-b6c7d8e9f001" }
  pipelines = {
    default = {
      github_organisation = "contoso"
      github_repository   = "payments"
      organisation_id     = 9001
      repository_id       = 424242
    }
    release = {
      github_organisation = "contoso"
      github_repository   = "releases"
      environment_name    = "production"
      role                = "mcp.tools.write.app"
      secrets             = true
    }
  }

  # Audit
  retention_days       = 180
  total_retention_days = 2556
  alert_email_receivers = {
    platform = "platform-oncall@contoso.com"
    security = "soc@contoso.com"
  }
  detection_settings = {
    silence = { around_the_clock = true }
  }
  canary = true # each month the app proves that the detection of bulk reading sees
  expected_callers = [{
    caller     = "61728394-a5b6-4c7d-98e9-f00112233445"
    server     = "filesystem"
    detections = ["file-system-volume"]
    reason     = "Nightly index of the document store; owner: the search team."
    until      = "2027-06-30"
  }]

  # A second App, which only reads, for the checklist.
  assessor_github_app_id          = "123457"
  assessor_github_app_key_version = "6a3d2e1f0c9b58778a4f3e2d1c0b9a87"

  # Offboarding
  subscription_ids = [var.subscription_id, "3e4f5061-7283-494a-b5b6-c7d8e9f00112"]
  protected_object_ids = {
    break-glass-1 = "4f506172-8394-4a5b-86c7-d8e9f0011223"
    break-glass-2 = "50617283-94a5-4b6c-97d8-e9f001122334"
  }
  github_organisations   = ["contoso", "contoso-labs"]
  github_app_id          = "123456"
  github_app_key_version = "5f2c1d0e9b8a47668f3e2d1c0b9a8776"
  security_repository    = "contoso/security"
  devops_organisations   = ["contoso"]
  exempt_sources = [{
    sources = ["github/deploy-keys", "github/invitations"]
    reason  = "Owners go through keys and invitations by hand on the last day."
    by      = "Morgan Lee, security lead"
    until   = "2027-06-30"
  }]
  acknowledged_limits = [{
    sources = ["mcp/open-streams", "github/enterprise"]
    by      = "Morgan Lee, security lead"
    on      = "2026-11-23"
  }]
  teams_webhook_secret_name = "teams-webhook"
  webhook = {
    url         = "https://tickets.contoso.example/hooks/offboarding"
    secret_name = "webhook-signing"
  }
  messages = {
    issue   = ["incident", "containment-failed", "failed", "decision-awaited", "reopened", "ended"]
    teams   = ["incident", "containment-failed", "failed", "decision-awaited", "on-hold", "refused"]
    webhook = ["incident", "containment-failed", "failed"] # what the pager is for
    log     = ["incident", "containment-failed", "failed", "ended", "started"]
    plans   = ["log"]
  }
  entra_partner_topic_name  = "entra-users-prod"
  entra_partner_topic_ready = true
  entra_events_mode         = "plan" # "apply", for each, once its first plans were read
  hr_queue_mode             = "plan"
  sweep_mode                = "plan"
  offboarding_settings      = { MAX_CASES_PER_HOUR = "25" }
  operators = {
    approvers = { object_id = "61728394-a5b6-4c7d-a8e9-f00112233445", role = "Offboarding.Approve" }
    auditors  = { object_id = "728394a5-b6c7-4d8e-b9f0-011223344556", role = "Offboarding.Read" }
    it        = { object_id = "8394a5b6-c7d8-4e9f-8001-122334455667", role = "Offboarding.Operate" }
  }
  hr_sender_object_ids      = { workday = "94a5b6c7-d8e9-4f00-9112-233445566778" }
  app_private_dns_zone_id   = "/subscriptions/${var.subscription_id}/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.azurewebsites.net"
  operator_address_prefixes = ["203.0.113.0/24"]
  deployer_address_prefixes = ["198.51.100.7/32"]
  storage_replication       = "GZRS"
  evidence_locked           = true
  monthly_budget            = 400
}
