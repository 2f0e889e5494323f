import type { PersonName } from '../../../connectors/graph/people/people-by-name.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { redactSecrets } from '../../../credentials/redact-secrets.ts';
import { findByName, type Named } from '../../../intake/person/find-by-name.ts';
import type { Oid } from '../../../people/oid.ts';
import { notNow, problem } from '../../problems/problem.ts';

/**
 * The object id behind the name in the body, or the answer that says why there is none. `nothing`: what did not happen, in
 * a sentence.
 */
export async function whoIsMeant(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  {
    oid,
    userPrincipalName,
    mail,
  }: {
    readonly oid?: Oid | undefined;
    readonly userPrincipalName?: string | undefined;
    readonly mail?: string | undefined;
  },
  nothing: string,
): Promise<
  { readonly oid: Oid; readonly found?: Extract<Named, { readonly kind: 'one' }> } | { readonly answer: Response }
> {
  if (oid !== undefined) return { oid };
  const named: PersonName =
    userPrincipalName === undefined
      ? { kind: 'mail', value: mail ?? '' }
      : { kind: 'userPrincipalName', value: userPrincipalName };
  const found = await findByName(vendors, named);
  // The sender's own word, and it may be a credential in the wrong place.
  const word = redactSecrets(named.value);
  switch (found.kind) {
    case 'one':
      return { oid: found.oid, found };
    case 'nobody': {
      const errors = [
        { pointer: `/${named.kind}`, detail: 'nobody has this name, among the users or the deleted ones' },
      ];
      return {
        answer: problem('unknown-person', { detail: `${nothing} ${word} is nobody’s.`, errors }),
      };
    }
    case 'several': {
      const detail = `${nothing} ${found.candidates.length} answer to ${word}.`;
      return { answer: problem('ambiguous-person', { detail, extra: { candidates: found.candidates } }) };
    }
    case 'group': {
      const detail = `${nothing} ${word} is the address of a group.`;
      return { answer: problem('not-a-person', { detail, extra: { candidates: found.candidates } }) };
    }
    case 'not-known':
      return { answer: notNow(`${nothing} ${found.failure.message}`, found.failure) };
    default:
      return found satisfies never;
  }
}
