/** The settings that list where a source is asked. While a list is empty, nothing is asked. */
export const SCOPES = ['SUBSCRIPTION_IDS', 'GITHUB_ORGANISATIONS', 'DEVOPS_ORGANISATIONS'] as const;
export type Scope = (typeof SCOPES)[number];

/** The settings without which there is nothing that could be read; what they name is read as one. */
export const NEEDS = ['DENY_LIST_NAMED_VALUES'] as const;
export type Need = (typeof NEEDS)[number];

/**
 * How a source stands in a report that nothing was filed about it in. `always`: the app reads it in every case, so that
 * silence is a fault. `when`: there is a line only in the case that the words describe, and silence says that it was
 * another. `not`: nobody reads it, for the reason given; `why` says so in a sentence or two, with what to do by hand.
 */
export type Examined =
  | 'always'
  | { readonly when: string }
  /** Readable, with permissions that the app holds or that are worth asking for. */
  | { readonly not: 'not-read-by-this-version'; readonly why: string }
  /**
   * No app can read it, nothing that it could read there tells of a person, or the permission that it takes is worth more
   * to an attacker than the answer to us. A standing limit of every case.
   */
  | { readonly not: 'no-interface'; readonly why: string };

/** One place that is looked at, or that nobody looks at and why. A line of coverage is `<id>[:<which>]`. */
export interface SourceDefinition<Kind extends string = string> {
  /** Stable name: `<vendor>/<what>`, e.g. `github/repository-runners`. */
  readonly id: string;
  /** What of the leaver may live there, in a phrase. */
  readonly holds: string;
  readonly examined: Examined;
  /** The permissions without which the line is `denied`, by their ids. None where the app does not read it. */
  readonly permissions: readonly string[];
  /** Where it is asked, once for each; absent where there is one place only. */
  readonly scope?: Scope;
  /** What has to be configured for it to exist, where that is not a list of places. */
  readonly needs?: Need;
  /** Sources without which this one says nothing about the leaver: what they need, it needs as well. */
  readonly restsOn?: readonly SourceDefinition[];
  /** Kinds of remedy that close what is found there. */
  readonly remedies?: readonly Kind[];
}

/** Declares a source. */
export function defineSource<const Kind extends string = never>(
  definition: SourceDefinition<Kind>,
): SourceDefinition<Kind> {
  return definition;
}

/** What nobody reads: where it is, if it has a scope; its name, what may live there, and what to do about it. */
type Unread = readonly [what: string, holds: string, why: string];

/** Declares sources of one vendor that an app could read and this version does not. */
export function notRead(vendor: string, sources: readonly Unread[], where?: Scope | Need): SourceDefinition<never>[] {
  return unread(vendor, 'not-read-by-this-version', sources, where);
}

/** Declares sources of one vendor that no app can or should read: the standing limits of every case. */
export function noInterface(vendor: string, sources: readonly Unread[]): SourceDefinition<never>[] {
  return unread(vendor, 'no-interface', sources);
}

function unread(
  vendor: string,
  not: 'not-read-by-this-version' | 'no-interface',
  sources: readonly Unread[],
  where?: Scope | Need,
): SourceDefinition<never>[] {
  return sources.map(([what, holds, why]) =>
    defineSource({
      id: `${vendor}/${what}`,
      holds,
      examined: { not, why },
      permissions: [],
      ...(where === undefined ? {} : isNeed(where) ? { needs: where } : { scope: where }),
    }),
  );
}

/** Every permission that a source needs, its own and those of what it rests on, each once. */
export function permissionsOf({ permissions, restsOn = [] }: SourceDefinition): string[] {
  return [...new Set([...restsOn.flatMap(permissionsOf), ...permissions])];
}

/** Every setting that has to name something before the source can be read, what it rests on included. */
export function scopesOf({ scope, needs, restsOn = [] }: SourceDefinition): (Scope | Need)[] {
  return [...new Set([scope, needs].filter((each) => each !== undefined)), ...restsOn.flatMap(scopesOf)].filter(
    (each, index, all) => all.indexOf(each) === index,
  );
}

function isNeed(setting: Scope | Need): setting is Need {
  return NEEDS.some((need) => need === setting);
}
