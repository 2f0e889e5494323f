import * as z from 'zod';
import { text } from '../shapes/primitives.ts';

/*
 * Dead Simple Signing Envelope v1 (github.com/secure-systems-lab/dsse, protocol.md and envelope.md): what is signed
 * is the type and the payload, each with its length, so that no other reading of the bytes has the same signature.
 */
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

const EnvelopeSchema = z.strictObject({
  payload: text,
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.tuple([z.strictObject({ keyid: text, sig: text })]),
});

export interface Envelope {
  readonly payload: string;
  readonly keyid: string;
  readonly signature: Uint8Array;
}

/** The bytes that are signed (PAE). */
export function signedBytes(payload: string): Buffer {
  const [type, body] = [Buffer.from(PAYLOAD_TYPE), Buffer.from(payload)];
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${body.length} `), body]);
}

/** An envelope as it is filed: the same one has the same bytes. */
export function writeEnvelope({ payload, keyid, signature }: Envelope): string {
  const value: z.output<typeof EnvelopeSchema> = {
    payload: Buffer.from(payload).toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid, sig: Buffer.from(signature).toString('base64') }],
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Undefined where it is not an envelope as this app writes them, to the byte: whatever was changed in it is seen. */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  const read = EnvelopeSchema.safeParse(parsed(bytes));
  if (!read.success) return undefined;
  const { payload, signatures } = read.data;
  const [{ keyid, sig }] = signatures;
  const signature = Buffer.from(sig, 'base64');
  const envelope = { payload: Buffer.from(payload, 'base64').toString('utf8'), keyid, signature };
  return Buffer.from(writeEnvelope(envelope)).equals(bytes) ? envelope : undefined;
}

/** What a document says as JSON; undefined where it is none. */
export function parsed(json: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof json === 'string' ? json : Buffer.from(json).toString('utf8'));
  } catch {
    return undefined;
  }
}
