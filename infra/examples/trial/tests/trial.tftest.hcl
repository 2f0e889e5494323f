variables {
  subscription_id = "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"
  tenant_id       = "6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d"
}

run "a_trial_needs_no_more" {
  command = plan

  assert {
    condition     = output.gateway_url == null && output.registry_login_server == null
    error_message = "A trial has neither a gateway nor a registry to pay for."
  }

  assert {
    condition     = length(output.next_steps) == 5 && startswith(output.next_steps[0], "az keyvault key import ")
    error_message = "Key, package, health, topic and doctor are still to come; no image and no gateway."
  }
}
