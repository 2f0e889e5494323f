import { useEffect, useState } from 'react';

/** How often a page that is looked at asks whether it is still the newest, in milliseconds. */
const EVERY_MS = 5 * 60_000;

/** Whether another version of the console was deployed since this page was loaded. */
export function useNewVersion(): boolean {
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    let first: string | undefined;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return;
      const tag = await versionTag();
      first ??= tag;
      if (tag !== undefined && tag !== first) setNew(true);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    const seen = (): void => void look();
    document.addEventListener('visibilitychange', seen);
    addEventListener('focus', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('focus', seen);
    };
  }, []);
  return isNew;
}

async function versionTag(): Promise<string | undefined> {
  const answer = await fetch('/console/app.js', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  return answer?.ok === true ? (answer.headers.get('etag') ?? undefined) : undefined;
}
