import { useMemo, useSyncExternalStore } from 'react';

/** Where the reader is: the path of the page, and its filters. Both stand behind the `#`, so that a link says all. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** An address as a link has it; filters without a value are left out. */
export function addressOf(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((each): each is [string, string] => (each[1] ?? '') !== '');
  const search = new URLSearchParams(given).toString();
  return `#${path}${search === '' ? '' : `?${search}`}`;
}

export function useAddress(): Address {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return useMemo(() => {
    const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
    return { path: path === '' || path === '/' ? '/cases' : path, query: new URLSearchParams(search) };
  }, [hash]);
}

/** Changes the filters of the page, without an entry in the history for each letter. */
export function setFilter(name: string, value: string): void {
  const [path = '', search = ''] = location.hash.split('?');
  const query = new URLSearchParams(search);
  if (value === '') query.delete(name);
  else query.set(name, value);
  const all = query.toString();
  history.replaceState(null, '', `${path || '#/cases'}${all === '' ? '' : `?${all}`}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function goTo(address: string): void {
  location.hash = address;
}

/** The parts of a path after a prefix: `/cases/x/findings` after `/cases` is `['x', 'findings']`. */
export function partsAfter(prefix: string, path: string): readonly string[] | undefined {
  if (path !== prefix && !path.startsWith(`${prefix}/`)) return undefined;
  return path.slice(prefix.length).split('/').filter(Boolean).map(decodeURIComponent);
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
