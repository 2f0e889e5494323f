/** What `parseJson` gives for a body that is not JSON: a proxy's page, half an answer. */
export const UNREADABLE = Symbol('not JSON');

/** The body as JSON; undefined where there is none. It never throws, since an error would quote the body. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}
