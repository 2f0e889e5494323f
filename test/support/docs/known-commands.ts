/** A command of a CLI as its reference describes it. */
export interface KnownCommand {
  /** Below the reference's address. */
  readonly page: string;
  readonly required: readonly string[];
  /** Of the others, those that the guide uses. */
  readonly optional: readonly string[];
}

/** Options that every command of the Azure CLI has. */
export const AZ_GLOBAL: readonly string[] = ['--output', '--query', '--subscription'];

/**
 * What the operating guide uses of the Azure CLI, read from its reference (learn.microsoft.com/cli/azure, August 2026).
 * A command or an option that is not here fails the test: look it up there, then add it.
 */
export const AZ_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  'account get-access-token': { page: '/account', required: [], optional: ['--resource'] },
  'account set': { page: '/account', required: ['--subscription'], optional: [] },
  'account show': { page: '/account', required: [], optional: [] },
  'acr import': { page: '/acr', required: ['--name', '--source'], optional: ['--image'] },
  'acr repository show-tags': { page: '/acr/repository', required: ['--name', '--repository'], optional: [] },
  'ad signed-in-user show': { page: '/ad/signed-in-user', required: [], optional: [] },
  'apim nv show': {
    page: '/apim/nv',
    required: ['--named-value-id', '--resource-group', '--service-name'],
    optional: [],
  },
  'apim nv update': {
    page: '/apim/nv',
    required: ['--named-value-id', '--resource-group', '--service-name'],
    optional: ['--value'],
  },
  'eventgrid partner topic list': { page: '/eventgrid/partner/topic', required: [], optional: ['--resource-group'] },
  'functionapp config appsettings set': {
    page: '/functionapp/config/appsettings',
    required: [],
    optional: ['--name', '--resource-group', '--settings'],
  },
  'functionapp deployment source config-zip': {
    page: '/functionapp/deployment/source',
    required: ['--src'],
    optional: ['--name', '--resource-group'],
  },
  'functionapp list-flexconsumption-runtimes': {
    page: '/functionapp',
    required: ['--location', '--runtime'],
    optional: [],
  },
  'functionapp restart': { page: '/functionapp', required: [], optional: ['--name', '--resource-group'] },
  'group create': { page: '/group', required: ['--location', '--name'], optional: [] },
  'identity create': { page: '/identity', required: ['--name', '--resource-group'], optional: [] },
  'identity federated-credential create': {
    page: '/identity/federated-credential',
    required: ['--identity-name', '--name', '--resource-group'],
    optional: ['--audiences', '--issuer', '--subject'],
  },
  'identity show': { page: '/identity', required: [], optional: ['--name', '--resource-group'] },
  'keyvault key download': {
    page: '/keyvault/key',
    required: ['--file'],
    optional: ['--encoding', '--name', '--vault-name'],
  },
  'keyvault key import': {
    page: '/keyvault/key',
    required: [],
    optional: ['--name', '--ops', '--pem-file', '--vault-name'],
  },
  'keyvault key list-versions': { page: '/keyvault/key', required: [], optional: ['--name', '--vault-name'] },
  'keyvault key recover': { page: '/keyvault/key', required: [], optional: ['--name', '--vault-name'] },
  'keyvault key rotate': { page: '/keyvault/key', required: [], optional: ['--name', '--vault-name'] },
  'keyvault key set-attributes': {
    page: '/keyvault/key',
    required: [],
    optional: ['--enabled', '--name', '--vault-name', '--version'],
  },
  'keyvault secret set': { page: '/keyvault/secret', required: ['--name', '--vault-name'], optional: ['--file'] },
  login: { page: '', required: [], optional: ['--tenant'] },
  'monitor log-analytics query': {
    page: '/monitor/log-analytics',
    required: ['--analytics-query', '--workspace'],
    optional: ['--timespan'],
  },
  rest: { page: '', required: ['--url'], optional: ['--body', '--method', '--resource'] },
  'role assignment create': {
    page: '/role/assignment',
    required: ['--role', '--scope'],
    optional: ['--assignee-object-id', '--assignee-principal-type'],
  },
  'storage account create': {
    page: '/storage/account',
    required: ['--name', '--resource-group'],
    optional: ['--allow-blob-public-access', '--allow-shared-key-access', '--location', '--min-tls-version', '--sku'],
  },
  'storage account failover': { page: '/storage/account', required: [], optional: ['--name', '--resource-group'] },
  'storage account show': { page: '/storage/account', required: [], optional: ['--name'] },
  'storage blob download-batch': {
    page: '/storage/blob',
    required: ['--destination', '--source'],
    optional: ['--account-name', '--auth-mode', '--pattern'],
  },
  'storage container create': {
    page: '/storage/container',
    required: ['--name'],
    optional: ['--account-name', '--auth-mode'],
  },
  'storage container immutability-policy show': {
    page: '/storage/container/immutability-policy',
    required: ['--account-name', '--container-name'],
    optional: [],
  },
  'storage entity query': {
    page: '/storage/entity',
    required: ['--table-name'],
    optional: ['--account-name', '--auth-mode', '--marker'],
  },
  'storage message put': {
    page: '/storage/message',
    required: ['--content', '--queue-name'],
    optional: ['--account-name', '--auth-mode'],
  },
};

/** Likewise for GitHub's CLI (cli.github.com/manual). */
export const GH_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  'attestation verify': { page: '/gh_attestation_verify', required: ['--repo'], optional: ['--signer-workflow'] },
  'release download': { page: '/gh_release_download', required: [], optional: ['--pattern', '--repo'] },
  'variable set': { page: '/gh_variable_set', required: [], optional: ['--body', '--env', '--repo'] },
  'workflow run': { page: '/gh_workflow_run', required: [], optional: ['--field'] },
};
