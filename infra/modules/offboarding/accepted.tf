locals {
  # Generated from the app's own settings, as permissions.json is: what the app would refuse when it starts, a plan
  # refuses before anything is built.
  accepted = jsondecode(file("${path.module}/accepted.json"))
}
