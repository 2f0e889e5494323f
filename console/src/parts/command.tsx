import { useState } from 'react';

/** A command to run in a terminal, with a button that copies it; `name` where the text is too long to be its own. */
export function Command({ text, name = text }: { readonly text: string; readonly name?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <div className="command">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" onClick={() => void copy()} aria-label={`Copy ${name}`}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
