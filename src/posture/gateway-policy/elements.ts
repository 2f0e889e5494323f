import type { PolicyElement } from './parse-policy.ts';
import { TOKEN_CHECKS } from './token-check.ts';

/** What makes an element matter that the app does not know and that holds it. */
export const MATTERS = new Set<string>([
  ...TOKEN_CHECKS,
  ...['rate-limit-by-key', 'forward-request', 'return-response', 'choose', '#unread'],
]);

/** Whether an element judges a token. */
export function isTokenCheck(name: string): boolean {
  return (TOKEN_CHECKS as readonly string[]).includes(name);
}

/** The elements, and everything in them. */
export function within(elements: readonly PolicyElement[]): readonly PolicyElement[] {
  return elements.flatMap((each) => [each, ...within(each.children)]);
}

/** The header that an element writes; undefined where it takes it away, or writes none. */
export function headerWritten({ name, attributes }: PolicyElement): string | undefined {
  if (name === 'authentication-basic') return 'authorization';
  if (name === 'authentication-managed-identity') {
    return attributes['output-token-variable-name'] === undefined ? 'authorization' : undefined;
  }
  if (attributes['exists-action']?.text === 'delete') return undefined;
  const header = attributes.name;
  return header?.kind !== 'literal' || header.text.includes('{{') ? '*' : header.text.toLowerCase();
}

/** Where an element has a request forwarded to, as far as it is written. */
export function targetsOf({ attributes }: PolicyElement): string[] {
  const plain = (name: string): string[] => {
    const value = attributes[name];
    return value?.kind === 'literal' ? [value.text] : [];
  };
  const addresses = plain('base-url').filter((url) => URL.canParse(url));
  return [
    ...plain('backend-id').map((id) => id.toLowerCase()),
    ...addresses.map((url) => `${new URL(url).protocol}//${new URL(url).host}`),
  ];
}
