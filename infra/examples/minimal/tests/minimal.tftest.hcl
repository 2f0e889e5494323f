variables {
  subscription_id = "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"
  tenant_id       = "6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d"
}

run "the_fewest_inputs_are_enough" {
  command = plan

  assert {
    condition     = output.registry_login_server != "" && endswith(output.registry_login_server, ".azurecr.io")
    error_message = "A registry is made, to which images can be pushed."
  }

  assert {
    condition     = length(output.next_steps) == 7 && startswith(output.next_steps[0], "az acr import --name ${split(".", output.registry_login_server)[0]} ")
    error_message = "Images come first; people, key, package, health, topic and doctor are still to come."
  }

  assert {
    condition     = endswith(output.function_app_hostname, ".azurewebsites.net") && startswith(output.gateway_url, "https://")
    error_message = "Where the API and the gateway are is known before anything is made."
  }
}
