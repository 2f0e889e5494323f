/** How long an access token of an application lives at most. Source: learn.microsoft.com/entra/identity-platform/access-tokens */
export const APPLICATION_TOKEN_MINUTES = 90;

/** Azure keeps tokens of a managed identity for 24 hours. Source: learn.microsoft.com/entra/identity/managed-identities-azure-resources */
export const MANAGED_IDENTITY_TOKEN_MINUTES = 24 * 60;
