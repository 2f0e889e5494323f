/** A line of a workflow that signs in to Azure with a stored secret. */
interface SecretLine {
  /** From 1. */
  readonly line: number;
  readonly key: string;
  readonly secret?: string;
}

/** A secret that a line of a workflow names, whatever for. */
interface Mention {
  readonly line: number;
  /** In capitals, as GitHub keeps names. */
  readonly secret: string;
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

/** Where a workflow names secrets; comments do not count. */
export function secretMentions(text: string): Mention[] {
  return text.split(/\r?\n/).flatMap((each, index) =>
    /^\s*#/.test(each)
      ? []
      : [...each.matchAll(new RegExp(SECRET, 'g'))].map(([, dotted, indexed]) => ({
          line: index + 1,
          secret: String(dotted ?? indexed).toUpperCase(),
        })),
  );
}

/** Words of names that say for which vendor, and for what of it. */
const AZURE = /^(AZURE|AZ|ARM|ENTRA|AAD|APIM)$/;
const GATEWAY = /^(MCP|GATEWAY)$/;
const PRINCIPAL = /(^|_)(SP|SPN|SERVICE_?PRINCIPAL)(_|$)/;
const SIGNS_IN = /(^|_)(SECRET|CREDENTIALS?|CREDS?|PASSWORD|PASSWD|PWD|CERT|CERTIFICATE|PFX)(_|$)/;
const KEEPS = /(^|_)(TOKEN|KEY)(_|$)/;
/** Of Azure, and no sign-in to it. */
const ELSEWHERE = /(^|_)(STORAGE|DEVOPS|STATIC_WEB_APPS|WEBAPP_PUBLISH|ACR|REGISTRY|SQL|COSMOS)(_|$)/;
/** What is left of a name without where it is for. */
const PLACES = /^(PROD|PRODUCTION|DEV|DEVELOPMENT|TEST|STAGING|STAGE|QA|UAT|CI|CD|DEPLOY|DEPLOYMENT|\d+)$/;
const BARE = /^(CREDS?|CREDENTIALS?|CLIENT_SECRET)$/;

/**
 * Whether the name of a secret tells that it signs in to Azure or to the gateway. Ids of clients, tenants and
 * subscriptions, which are kept as secrets too, are none; a name that tells nothing is told by the line that uses it.
 */
export function isTelling(name: string): boolean {
  const upper = name.toUpperCase();
  const words = upper.split('_');
  if (ELSEWHERE.test(upper) || upper.endsWith('_ID')) return false;
  if (words.some((word) => AZURE.test(word))) return SIGNS_IN.test(upper);
  if (PRINCIPAL.test(upper) || words.some((word) => GATEWAY.test(word))) {
    return SIGNS_IN.test(upper) || KEEPS.test(upper);
  }
  return BARE.test(words.filter((word) => !PLACES.test(word)).join('_'));
}
