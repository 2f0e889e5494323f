import { TOKEN_CHECKS } from '../token-check.ts';
import type { PolicyElement } from './parse-policy.ts';

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

/** Stands for where a request is forwarded to that only the gateway knows. */
export const ELSEWHERE = '(an expression)';

/** Where an element has a request forwarded to: a backend’s name in lower case, or an address without its path. */
export function targetsOf({ attributes }: PolicyElement): string[] {
  const { 'backend-id': backend, 'base-url': address } = attributes;
  const targets: string[] = [];
  if (backend !== undefined) {
    const isPlain = backend.kind === 'literal' && !backend.text.includes('{{');
    targets.push(isPlain ? backend.text.toLowerCase() : ELSEWHERE);
  }
  if (address !== undefined) {
    const isPlain = address.kind === 'literal' && URL.canParse(address.text);
    targets.push(isPlain ? `${new URL(address.text).protocol}//${new URL(address.text).host}` : ELSEWHERE);
  }
  return targets;
}
