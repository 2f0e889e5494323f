/** A line of a workflow that signs in to Azure with a stored secret. */
interface SecretLine {
  /** From 1. */
  readonly line: number;
  readonly key: string;
  readonly secret?: string;
}

/**
 * Keys that take a secret of a service principal: inputs of azure/login, and variables that the Azure CLI, SDKs and
 * Terraform read. Sources: github.com/Azure/login; learn.microsoft.com/azure/developer/go/sdk/authentication;
 * registry.terraform.io/providers/hashicorp/azurerm
 */
const KEYS =
  /^(creds|client-secret|azure_client_secret|arm_client_secret|azure_client_certificate_password|arm_client_certificate_password)$/i;
const LINE = /^\s*(?:-\s+)?["']?([\w-]+)["']?\s*:\s*(.+?)\s*$/;
const SECRET = /\bsecrets\s*(?:\.\s*([\w-]+)|\[\s*['"]([\w-]+)['"]\s*\])/;

/**
 * Where a workflow hands over a stored secret to sign in to Azure. A line counts whose key takes one, whatever way its value
 * came there; what hands a secret over on a line of a script is not seen.
 */
export function secretLines(text: string): SecretLine[] {
  return text.split(/\r?\n/).flatMap((each, index): SecretLine[] => {
    const [, key = '', value = ''] = LINE.exec(each) ?? [];
    if (!KEYS.test(key) || !value.includes('${{')) return [];
    const [, dotted, indexed] = SECRET.exec(value) ?? [];
    const secret = dotted ?? indexed;
    return [{ line: index + 1, key, ...(secret === undefined ? {} : { secret }) }];
  });
}
