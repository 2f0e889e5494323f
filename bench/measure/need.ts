/** What one source cannot be had for less, and why that many. */
export interface Need {
  readonly vendor: string;
  readonly calls: number;
  /** How many of them change something. */
  readonly writes?: number;
  /** Counted apart from GitHub’s REST limit: GraphQL, and calls as the App itself. */
  readonly apart?: true;
  readonly why: string;
}

export function pages(items: number, size: number): number {
  return Math.max(1, Math.ceil(items / size));
}

/** The same where the list may move while its pages are read, and counts only where a second reading agrees. */
export function listed(items: number, size: number): number {
  const once = pages(items, size);
  return once > 1 ? 2 * once : once;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
