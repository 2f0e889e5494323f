import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is, so that what is drawn in it keeps the size of its letters. */
export function useWidth<E extends HTMLElement>(): readonly [element: RefObject<E | null>, width: number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const watcher = new ResizeObserver(() => setWidth(Math.floor(current.clientWidth)));
    setWidth(Math.floor(current.clientWidth));
    watcher.observe(current);
    return () => watcher.disconnect();
  }, []);
  return [element, width];
}
