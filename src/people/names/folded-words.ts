/** Without accents, which names of machines do not have; lower case. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[đð]/g, 'd')
    .replace(/þ/g, 'th')
    .replace(/œ/g, 'oe')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/** `AlexMoreau` as two words. */
export function camelSplit(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

/** Without the digits at both ends. `(?<!\d)`: else each digit of a long number would be a beginning, and the work its square. */
export function withoutDigits(word: string): string {
  return isDigit(word, 0) || isDigit(word, word.length - 1) ? word.replace(/^\d+|(?<!\d)\d+$/g, '') : word;
}

function isDigit(word: string, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 48 && code <= 57;
}
