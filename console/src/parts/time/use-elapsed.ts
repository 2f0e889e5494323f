import { useEffect, useState } from 'react';

/** Whole seconds since the part that asks was first shown. */
export function useElapsed(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - began) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
