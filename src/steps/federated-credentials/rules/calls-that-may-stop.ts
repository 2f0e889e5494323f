import type { Finding } from '../../../cases/finding.ts';
import type { Impact } from '../../../cases/remedies/remedy.ts';
import { counted } from '../../../cases/words/wording.ts';
import { IDENTITY_TOKENS } from './identity-tokens.ts';

/**
 * Calls of MCP tools by the identity from which a credential is taken. The log does not say by which credential a
 * caller had signed in, so that they may go on; who signs in by another credential does.
 */
export function callsThatMayStop(parent: string, credential: string, findings: readonly Finding[]): Impact[] {
  return findings
    .filter(({ kind, evidence }) => kind === IDENTITY_TOKENS && evidence.parent === parent)
    .filter(({ evidence: { cut } }) => Array.isArray(cut) && cut.includes(credential))
    .flatMap(({ id, resource, evidence: { calls } }): Impact[] => {
      if (calls === 0) return [];
      const many =
        typeof calls === 'number'
          ? `${counted(calls, 'call', 'calls')} of MCP tools in the last 90 days`
          : 'calls of MCP tools that could not be read';
      return [{ what: `${many} as ${resource.name ?? resource.id}`, finding: id, perhaps: true }];
    });
}
