/** Durable Task's comparison: none is least, then dotted numbers, then text without case. */
export function compareVersions(left: string | null, right: string | null): number {
  const a = left?.trim() ?? '';
  const b = right?.trim() ?? '';
  if (a === '' || b === '') return Number(a !== '') - Number(b !== '');
  const numbersA = dottedNumbers(a);
  const numbersB = dottedNumbers(b);
  if (numbersA === undefined || numbersB === undefined) {
    return Math.sign(a.toLowerCase().localeCompare(b.toLowerCase(), 'en'));
  }
  // System.Version: an absent part is less than 0, so 1.0 is older than 1.0.0.
  for (let i = 0; i < 4; i += 1) {
    const difference = (numbersA[i] ?? -1) - (numbersB[i] ?? -1);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export type VersionMatchStrategy = 'None' | 'Strict' | 'CurrentOrOlder';

/** Whether a worker of `ours` may run an instance that was started as `theirs`. */
export function versionMatches(strategy: VersionMatchStrategy, theirs: string | null, ours: string | null): boolean {
  switch (strategy) {
    case 'None':
      return true;
    case 'Strict':
      return (theirs ?? '') === (ours ?? '');
    case 'CurrentOrOlder':
      return compareVersions(theirs, ours) <= 0;
    default:
      return strategy satisfies never;
  }
}

function dottedNumbers(text: string): number[] | undefined {
  return /^\d+(\.\d+){1,3}$/.test(text) ? text.split('.').map(Number) : undefined;
}
