/** One place that is looked at, or that nobody looks at and why. A line of coverage is `<id>[:<which>]`. */
export interface SourceDefinition {
  /** Stable name: `<vendor>/<what>`, e.g. `github/repository-runners`. */
  readonly id: string;
  /** What of the leaver may live there, in a phrase. */
  readonly holds: string;
  /** The permissions without which the line is `denied`, by their ids. */
  readonly permissions: readonly string[];
  /** Sources without which this one says nothing about the leaver: what they need, it needs as well. */
  readonly restsOn?: readonly SourceDefinition[];
  /** Kinds of remedy that close what is found there. */
  readonly remedies?: readonly string[];
}

/** Declares a source. */
export function defineSource(definition: SourceDefinition): SourceDefinition {
  return definition;
}

/** Every permission that a source needs, its own and those of what it rests on, each once. */
export function permissionsOf({ permissions, restsOn = [] }: SourceDefinition): string[] {
  return [...new Set([...restsOn.flatMap(permissionsOf), ...permissions])];
}
