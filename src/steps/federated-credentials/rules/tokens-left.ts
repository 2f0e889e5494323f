import type { ReportFinding } from '../../../cases/finding.ts';
import type { Life } from '../../define-step.ts';
import { deleteFederatedCredential, keyOfParent } from '../remedies/delete-federated-credential.ts';
import { IDENTITY_TOKENS } from './identity-tokens.ts';
import { TRUST_LINGERS_MINUTES } from './trust-lingers.ts';

/**
 * The tokens of an identity that were issued before trusts in it were cut: one life, however many trusts were cut, and
 * the finding about these tokens tells of the same.
 */
export function tokensLeft({ kind, evidence, resource, remedy }: ReportFinding): Life | undefined {
  if (kind === IDENTITY_TOKENS) {
    const life = lifeOf(evidence.parent, resource.name ?? resource.id);
    const { tokenMinutes } = evidence;
    return life === undefined || typeof tokenMinutes !== 'number'
      ? life
      : { ...life, minutes: tokenMinutes + TRUST_LINGERS_MINUTES };
  }
  const cut = deleteFederatedCredential.call.safeParse(remedy?.call);
  return cut.success ? lifeOf(keyOfParent(cut.data.parent), cut.data.parent.name) : undefined;
}

function lifeOf(parent: unknown, name: string): Life | undefined {
  if (typeof parent !== 'string') return undefined;
  return { key: parent, what: `Tokens of ${name} that were issued before the leaver’s trust was cut` };
}
