export type Decoded =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Neither JSON nor the base64 of JSON. */
  | { readonly kind: 'undecodable'; readonly why: string };

/**
 * The document in a message of a storage queue, sent as plain text or as base64. `messageEncoding` of host.json is
 * `none`, because with `base64` the extension moves a message that was sent as plain text to the poison queue without
 * calling anybody, and from there to nowhere. So the text comes as it is, and the worker has parsed what is JSON.
 * Base64 is read strictly: what does not encode to the same text again, or to no UTF-8, is not guessed at.
 * Source: learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#hostjson-settings
 */
export function decodeQueueMessage(received: unknown): Decoded {
  if (typeof received !== 'string') return { kind: 'json', value: received };
  const plain = parse(received);
  if (plain !== undefined) return plain;
  const text = textOfBase64(received);
  if (text === undefined) return { kind: 'undecodable', why: 'neither JSON nor base64 of UTF-8' };
  return parse(text) ?? { kind: 'undecodable', why: 'base64 of a text that is not JSON' };
}

/** Undefined where it is no JSON. Some senders put a byte order mark before it. */
function parse(text: string): Decoded | undefined {
  try {
    return { kind: 'json', value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch {
    return undefined;
  }
}

/** Undefined where it is no base64, or not of UTF-8. White space between is what some encoders break lines with. */
function textOfBase64(text: string): string | undefined {
  const compact = text.replaceAll(/[ \t\r\n]/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (compact === '' || bytes.toString('base64') !== compact) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
