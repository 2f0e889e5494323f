import type { TokenType } from './token-hit.ts';

/** Where a token of this type is revoked, for the person who has to do it. The value is needed for none of it. */
export function howToRevoke(type: TokenType): string {
  switch (type) {
    case 'github-classic':
    case 'github-oauth':
    case 'github-app-user':
    case 'github-refresh':
    case 'github-fine-grained':
      return 'Revoke the person’s credentials in the GitHub organisation (credential authorizations), or suspend the account.';
    case 'github-installation':
      return 'It ends within an hour; find the app that issued it in the audit log by the digest.';
    case 'azure-devops':
    case 'azure-devops-legacy':
      return 'Revoke the person’s personal access tokens in Azure DevOps (token administration).';
    case 'entra-client-secret':
      return 'Remove the secret from its app registration in Entra and issue another one.';
    case 'npm':
      return 'Delete the token under its owner’s account at the npm registry.';
    case 'aws-access-key':
      return 'Deactivate the access key in IAM.';
    case 'anthropic-oauth':
      return 'Remove the person from the Claude organisation, which ends their sessions.';
    case 'anthropic-api':
      return 'Disable the key in the Anthropic console and issue another one to the workspace.';
    case 'openai':
      return 'Delete the key in the OpenAI project and issue another one.';
    case 'azure-sas':
      return 'Rotate the key that signed it, or revoke the user delegation keys of the storage account.';
    case 'jwt':
      return 'It ends at its expiry; until then the gateway’s deny list refuses its owner.';
    default:
      return type satisfies never;
  }
}
