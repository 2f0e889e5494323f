import type { Owner } from '../firm.ts';

/** A token that stands somewhere. */
export interface Held {
  readonly name: string;
  readonly format:
    | 'github-classic'
    | 'github-fine-grained'
    | 'azure-devops'
    | 'anthropic-oauth'
    | 'npm'
    | 'jwt'
    | 'github-installation';
  readonly owner: Owner;
  /** Key of the item that single sign-on or Azure DevOps lists it as; with it the token ends. */
  readonly listedAs?: string;
  readonly wrapped: 'plain' | 'base64' | 'header' | 'json' | 'assignment';
}
