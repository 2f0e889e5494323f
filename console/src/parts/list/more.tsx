import { useEffect, useRef } from 'react';

interface Paged {
  readonly shown: boolean;
  readonly load: () => void;
  readonly busy: boolean;
}

/** Loads the next page of a list when the reader comes near its end, or on the button. */
export function More({ shown, load, busy }: Paged) {
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const target = end.current;
    if (target === null) return undefined;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: '600px' });
    watcher.observe(target);
    return () => watcher.disconnect();
  });
  if (!shown) return null;
  return (
    <button ref={end} type="button" className="more" disabled={busy} onClick={load}>
      {busy ? 'Loading more…' : 'Load more'}
    </button>
  );
}

/** The cursor of the page behind a `next` link of the API. */
export function cursorOf(next: string | undefined): string | undefined {
  return next === undefined ? undefined : (new URLSearchParams(next.split('?')[1]).get('after') ?? undefined);
}
