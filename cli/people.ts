import { answerOf, type Client } from './calling/client.ts';
import { whoIs } from './calling/problem.ts';
import { isOid } from './case/cases.ts';
import { CliError } from './exit-codes.ts';

const MAIL = 'mail:';

/** By what somebody is named, as the API takes it. */
export type Named = { readonly oid: string } | { readonly userPrincipalName: string } | { readonly mail: string };

export const PERSON = {
  name: 'person',
  about: `object id, user principal name, or ${MAIL}<address>`,
  check: (text: string): string | undefined =>
    isOid(text) || /^(mail:)?[^\s@]+@[^\s@]+$/.test(text)
      ? undefined
      : `“${text}” is no object id and no user principal name; person search finds people`,
} as const;

export function namedBy(text: string): Named {
  if (isOid(text)) return { oid: text.toLowerCase() };
  return text.startsWith(MAIL) ? { mail: text.slice(MAIL.length) } : { userPrincipalName: text };
}

/**
 * The object id of whoever has a name. Of several nobody is taken.
 * @throws CliError where it is nobody's, or more than one answers to it
 */
export async function oidOf(api: Client, text: string): Promise<string> {
  const named = namedBy(text);
  if ('oid' in named) return named.oid;
  const [field, name] =
    'mail' in named ? (['mail', named.mail] as const) : (['userPrincipalName', named.userPrincipalName] as const);
  const { people } = await answerOf(api.GET('/api/people', { params: { query: { search: name } } }));
  const found = people.filter((person) => person[field]?.toLowerCase() === name.toLowerCase());
  const [one, ...others] = found;
  if (one === undefined)
    throw new CliError('error', `Nobody was found as ${name}. If the account is deleted for good, say the object id.`);
  if (others.length === 0) return one.oid;
  const lines = found.map((person) => `  ${whoIs(person)}`);
  throw new CliError(
    'error',
    [`${found.length} answer to ${name}; say the object id of whom you mean.`, ...lines].join('\n'),
  );
}
