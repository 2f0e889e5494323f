interface Text {
  readonly text: string;
  /** Characters of the whole; more than the text has where only its beginning was kept. */
  readonly length?: number;
}

/** What somebody sent, as text: JSON with its lines, anything else as it came. Credentials are taken out before. */
export function Payload({ text, length = text.length }: Text) {
  const isPart = length > text.length;
  return (
    <details className="payload">
      <summary>
        What was sent, {length} characters{isPart && ', of which the beginning was kept'}
      </summary>
      <pre>
        <code>{laidOut(text)}</code>
      </pre>
    </details>
  );
}

function laidOut(text: string): string {
  const json = asJson(text) ?? asJson(fromBase64(text));
  return json === undefined ? text : JSON.stringify(json, undefined, 2);
}

function asJson(text: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** HR may send its messages in base64, which nobody reads. */
function fromBase64(text: string): string | undefined {
  if (!/^[\w+/=\s-]+$/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
