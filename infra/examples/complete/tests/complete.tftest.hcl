variables {
  subscription_id = "1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b"
  tenant_id       = "6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d"
}

run "production_with_everything" {
  command = plan

  assert {
    condition     = join(",", keys(output.mcp_server_urls)) == "filesystem,github,secrets"
    error_message = "The gateway publishes the three servers of the case study."
  }

  assert {
    condition     = output.pipelines["release"].subject == "repo:contoso/releases:environment:production"
    error_message = "The release pipeline is pinned to its environment."
  }

  assert {
    condition     = length(output.next_steps) == 4 && strcontains(output.next_steps[0], "'%%{http_code}' --request POST https://mcp.contoso.com/mcp/filesystem ")
    error_message = "With servers, people, key and topic in place, only deploying and looking are left."
  }

  assert {
    condition     = [for name in ["ENTRA_EVENTS_MODE", "HR_QUEUE_MODE", "SWEEP_MODE"] : output.app_settings[name]] == ["plan", "plan", "plan"]
    error_message = "Whoever copies the example cuts nobody off before reading a plan."
  }

  assert {
    condition     = output.app_settings["MAX_CASES_PER_HOUR"] == "25"
    error_message = "A setting of the app that the platform does not set itself can be given."
  }
}
