import * as z from 'zod';
import { text } from '../../shapes/primitives.ts';
import type { PolicyElement, PolicyValue } from './parsing/parse-policy.ts';

/** The policies that judge a token. */
export const TOKEN_CHECKS = ['validate-jwt', 'validate-azure-ad-token'] as const;

export const TokenCheckSchema = z.strictObject({
  element: z.enum(TOKEN_CHECKS),
  /** Its place among all that happens to a request. */
  at: z.int(),
  /** It stands in a branch. */
  conditional: z.boolean(),
  /** Header in lower case, or where else the token comes from. */
  token: text,
  /** The variable that holds what was judged. */
  variable: z.exactOptional(text),
  issuers: z.array(text),
  /** Tenants by name: `validate-azure-ad-token` knows their issuers. */
  tenants: z.array(text),
  /** Where the keys come from that sign, and an issuer too. */
  configurations: z.array(text),
  audiences: z.array(text),
  /** Why it lets more in than it seems to. */
  weak: z.array(z.enum(['unsigned', 'unlimited', 'own-keys'])),
  /** Parts that an expression, or a value that is not told, says. */
  unread: z.array(text),
});
/** A check of a token, as far as it is written. */
export type TokenCheck = z.output<typeof TokenCheckSchema>;

/** So much may clocks differ; by more an expired token lives on. */
const MOST_SKEW_SECONDS = 300;

/**
 * What an element checks. Sources: learn.microsoft.com/azure/api-management/validate-jwt-policy,
 * …/validate-azure-ad-token-policy
 */
export function tokenCheckOf(element: PolicyElement, at: number, conditional: boolean): TokenCheck {
  const { name, attributes } = element;
  const unread: string[] = [];
  const plain = (what: string, value: PolicyValue | undefined): string[] => {
    if (value === undefined) return [];
    if (value.kind === 'literal' && !value.text.includes('{{')) return [value.text];
    unread.push(what);
    return [];
  };
  const texts = (list: string, item: string): string[] =>
    childrenOf(element, list).flatMap((each) =>
      childrenOf(each, item).flatMap(({ text: said }) => plain(`<${item}>`, said)),
    );
  const is = (attribute: string, said: string): boolean =>
    plain(attribute, attributes[attribute]).some((value) => value.toLowerCase() === said);
  const skew = plain('clock-skew', attributes['clock-skew']);
  const weak = [
    ...(is('require-signed-tokens', 'false') ? (['unsigned'] as const) : []),
    ...(is('require-expiration-time', 'false') || skew.some((seconds) => !(Number(seconds) <= MOST_SKEW_SECONDS))
      ? (['unlimited'] as const)
      : []),
    ...(childrenOf(element, 'issuer-signing-keys').length > 0 ? (['own-keys'] as const) : []),
  ];
  const variable = plain('output-token-variable-name', attributes['output-token-variable-name'])[0];
  return {
    element: name === 'validate-azure-ad-token' ? name : 'validate-jwt',
    at,
    conditional,
    token: tokenOf(element, plain),
    ...(variable === undefined ? {} : { variable }),
    issuers: texts('issuers', 'issuer'),
    tenants: plain('tenant-id', attributes['tenant-id']),
    configurations: childrenOf(element, 'openid-config').flatMap((each) =>
      plain('<openid-config>', each.attributes.url),
    ),
    audiences: texts('audiences', 'audience'),
    weak,
    unread,
  };
}

function tokenOf(
  { name, attributes }: PolicyElement,
  plain: (what: string, value: PolicyValue | undefined) => string[],
): string {
  if (attributes['token-value'] !== undefined) return 'an expression';
  if (attributes['query-parameter-name'] !== undefined) return 'the address';
  // The default of validate-azure-ad-token; validate-jwt has none.
  const [header = name === 'validate-jwt' ? 'nothing' : 'authorization'] = plain(
    'header-name',
    attributes['header-name'],
  );
  return header.toLowerCase();
}

function childrenOf({ children }: PolicyElement, name: string): PolicyElement[] {
  return children.filter((each) => each.name === name);
}
