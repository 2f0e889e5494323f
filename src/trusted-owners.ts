import * as z from 'zod';
import { isSharedIssuer, issuerKey, type TrustedOwner } from './steps/federated-credentials/rules/trust-context.ts';

/**
 * `gitlab.com=acme,https://oidc.eks.eu-west-1.amazonaws.com/id/ABC=*`: whom the firm counts as its own besides the
 * organisations of the other settings. docs/trust.md says how each issuer names its owners.
 */
export const TrustedOwners = z
  .string()
  .default('')
  .transform((text, context): readonly TrustedOwner[] =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .flatMap((part) => {
        const [, issuer = '', owner = ''] = /^([^\s=]+)=([^\s=]+)$/.exec(part) ?? [];
        const fault = faultOf(issuer, owner);
        if (fault === undefined) return [{ issuer: issuerKey(withScheme(issuer)), owner }];
        context.addIssue(`${part} ${fault}`);
        return [];
      }),
  );

const withScheme = (issuer: string): string => (issuer.includes('://') ? issuer : `https://${issuer}`);

function faultOf(issuer: string, owner: string): string | undefined {
  if (owner === '') return 'is not <issuer>=<owner>';
  if (!URL.canParse(withScheme(issuer)) || !withScheme(issuer).startsWith('https://')) return 'names no https issuer';
  if (owner === '*') {
    return isSharedIssuer(issuerKey(withScheme(issuer)))
      ? 'would trust everybody: that issuer signs for all its customers'
      : undefined;
  }
  return /[*?]/.test(owner) ? 'has a wildcard in its owner' : undefined;
}
