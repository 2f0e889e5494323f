import type { ReactNode } from 'react';

/** A link to a vendor’s page, in a window of its own; words alone where the address is none that a browser should open. */
export function Outside({ href, children }: { readonly href: string | undefined; readonly children: ReactNode }) {
  if (!isWeb(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
      <span className="heard"> (opens in a new window)</span>
    </a>
  );
}

/** Only these: names come from vendors, and `javascript:` is an address, too. */
export function isWeb(href: string | undefined): href is string {
  if (href === undefined) return false;
  try {
    return ['http:', 'https:'].includes(new URL(href).protocol);
  } catch {
    return false;
  }
}
