/** RFC 6901: the pointer to a member of a JSON document. The whole document is the empty text. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
