import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A sound module of a few resources, to be broken on purpose. */
export const SMALL_MODULE = `terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_user_assigned_identity" "server" {
  name                = "id-mcp-filesystem-dev"
  location            = "westeurope"
  resource_group_name = "rg-mcp-dev"
}

resource "azurerm_federated_identity_credential" "main" {
  name                      = "main"
  user_assigned_identity_id = azurerm_user_assigned_identity.server.id
  issuer                    = "https://token.actions.githubusercontent.com"
  subject                   = "repo:example/payments:ref:refs/heads/main"
  audience                  = ["api://AzureADTokenExchange"]
}

resource "azurerm_container_group" "server" {
  name                = "aci-mcp-filesystem-dev"
  location            = "westeurope"
  resource_group_name = "rg-mcp-dev"
  os_type             = "Linux"
  restart_policy      = "Always"

  container {
    name   = "server"
    image  = "example.azurecr.io/mcp-filesystem:1.0.0"
    cpu    = 0.5
    memory = 0.5
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.server.id]
  }
}

output "server" {
  value = azurerm_container_group.server.id
}
`;

/** Runs `use` in a temporary folder that holds the files. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-module-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One place of a text changed; throws when it is not there, so that no mutation passes for having missed. */
export function change(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`nothing in the file matches ${String(from)}`);
  return changed;
}

/** The number of the first line that contains `part`, counted from one. */
export function lineOf(text: string, part: string): number {
  const index = text.split('\n').findIndex((line) => line.includes(part));
  if (index === -1) throw new Error(`no line contains ${part}`);
  return index + 1;
}
