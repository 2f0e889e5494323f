const MASK = 0xffff_ffffn;

/**
 * Marvin, the 64-bit keyed hash that .NET uses for strings, folded to 32 bits. Microsoft's identifiable
 * keys carry it as their checksum (microsoft/security-utilities, `Marvin.cs`).
 */
export function marvin32(bytes: Uint8Array, seed: bigint): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let p0 = Number(seed & MASK) | 0;
  let p1 = Number((seed >> 32n) & MASK) | 0;
  const block = (): void => {
    p1 ^= p0;
    p0 = rotate(p0, 20);
    p0 = (p0 + p1) | 0;
    p1 = rotate(p1, 9);
    p1 ^= p0;
    p0 = rotate(p0, 27);
    p0 = (p0 + p1) | 0;
    p1 = rotate(p1, 19);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    p0 = (p0 + view.getInt32(at, true)) | 0;
    block();
  }
  let tail = 0x80;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | (bytes[at] ?? 0);
  p0 = (p0 + tail) | 0;
  block();
  block();
  return (p0 ^ p1) >>> 0;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
