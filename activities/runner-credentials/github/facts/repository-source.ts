import * as z from 'zod';
import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import type { Workflow } from '../../../../src/connectors/github/actions/workflows.ts';
import type { RunnerRegistration } from '../../../../src/connectors/github/audit-log/audit-log.ts';
import type { KeyAddition } from '../../../../src/connectors/github/audit-log/audit-log-keys.ts';
import type { VendorFailure, VendorResult } from '../../../../src/connectors/result.ts';
import { VendorFailureSchema } from '../../../../src/connectors/result-schema.ts';
import type { TokenFact } from '../../../../src/credentials/token-fact.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { count, instant } from '../../../../src/shapes/primitives.ts';
import type { WorkflowUse } from '../../../../src/steps/runner-credentials/rules/github/workflows/workflow-use.ts';
import type { OwnedCredential } from '../../../../src/sweep/find-orphans.ts';
import type { ResolvedOwners } from '../../../case/accounts/github-owners.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { type BatchedRepository, BatchedRepositorySchema } from '../repositories/repository-batch.ts';
import type { Reading } from './reading.ts';

/** What the reading of one source gave for one repository. */
export interface SourceRead<Fact> {
  readonly fact: Fact;
  /** How many of its unit there were to read, where that is known, and how many were read. */
  readonly asked?: number;
  readonly count: number;
  readonly failures: readonly VendorFailure[];
  /** What tells later whether a list has changed: ETags, by whatever tells the lists of a repository apart. */
  readonly etags?: Readonly<Record<string, string>>;
}

const SourceFactsSchema = z.strictObject({
  fact: z.json(),
  asked: z.exactOptional(count),
  count,
  failures: z.array(VendorFailureSchema),
  etags: z.exactOptional(z.record(z.string(), z.string())),
  /** When it was read, or was known to be as it had been read. */
  readAt: instant,
});

/**
 * What is known of a repository whoever is asked about: plain data without a text, a value or a secret, which may be
 * kept and judged for anybody. By the name of the source; a source that is missing was not read.
 */
export const RepositoryFactsSchema = z.strictObject({
  repository: BatchedRepositorySchema,
  /** The commit of the default branch at which files were read; null in an empty repository, absent where not known. */
  head: z.exactOptional(z.nullable(z.string())),
  sources: z.record(z.string(), SourceFactsSchema),
});
export type RepositoryFacts = Immutable<z.output<typeof RepositoryFactsSchema>>;

/** What one source knows of one repository, beside all that is known of it. */
export interface Known<Fact> {
  readonly repository: BatchedRepository;
  readonly fact: Fact;
  readonly all: RepositoryFacts;
}

/** Whom facts are judged for, and what has to be asked when they are. */
export interface Judging {
  readonly organisation: string;
  readonly apiEndpoint: string;
  readonly leaver: Leaver;
  /** Runners that the leaver registered, anywhere in the organisation. */
  readonly registered: readonly RunnerRegistration[];
  /** Deploy keys that the leaver added, anywhere in the organisation, as far as its log tells. */
  readonly addedKeys: readonly KeyAddition[];
  /** A workflow as it is now, by its id or the name of its file: asked for the few that were found. */
  readonly workflow: (repository: string, workflow: number | string) => Promise<VendorResult<Workflow>>;
  /** Who holds these logins now. */
  readonly owners: (logins: readonly string[]) => Promise<ResolvedOwners>;
}

/** What the facts of one source say of a leaver. */
export interface Judged {
  readonly findings?: readonly Finding[];
  /** Places in which tokens may stand: those of all sources are judged together. */
  readonly places?: readonly LocatedTokens[];
  readonly uses?: readonly WorkflowUse[];
  /** What could not be asked; with the name of the repository whose count it costs. */
  readonly failures?: readonly { readonly failure: VendorFailure; readonly repository?: string }[];
}

/** What an earlier reading knows of a repository, where it may still be compared; undefined where it is read anew. */
export type Before<Fact> = (repository: BatchedRepository) => SourceRead<Fact> | undefined;

/** What an earlier reading filed. */
export type FactsBefore = (repository: BatchedRepository) => RepositoryFacts | undefined;
export const NOTHING_BEFORE: FactsBefore = () => undefined;

type SourceRow = Omit<z.input<typeof SourceFactsSchema>, 'readAt'>;

interface Declared<What extends string, Fact> {
  /** Its line of coverage is `github/<what>:<organisation>`. */
  readonly what: What;
  /** What is counted. */
  readonly unit: string;
  readonly fact: z.ZodType<Fact>;
  /** Set where everything it knows comes from files: while the commit is the same, so is what is known. */
  readonly onlyFiles?: true;
  /** The tokens in what it knows: whose one is may have to be compared anew. */
  readonly tokens?: (fact: Fact) => readonly TokenFact[];
  /**
   * Reads a repository again of which the files are as they were, without them; undefined where that cannot be told
   * without them. Without this, `read` is asked, which needs no file.
   */
  readonly again?: (
    reading: Reading,
    repository: BatchedRepository,
    before: SourceRead<Fact>,
  ) => Promise<SourceRead<Fact> | undefined>;
  /** What of it names its owner by an id that proves them; names are not asked for. */
  readonly owned?: (known: Known<Fact>, line: string) => readonly OwnedCredential[];
  /** Reads these repositories, whoever is asked about; in their order. */
  readonly read: (reading: Reading, before: Before<Fact>) => Promise<readonly SourceRead<Fact>[]>;
  /** Nothing is read here but what `judging` offers. */
  readonly judge: (known: readonly Known<Fact>[], judging: Judging, line: string) => Judged | Promise<Judged>;
  /** What the line says besides, by what is known of the leaver. */
  readonly noted: (line: Coverage, leaver: Leaver) => Coverage;
}

/** A source that is asked for each repository: what is kept of it, how it is read, and how that is judged. */
export interface RepositorySource {
  readonly what: string;
  readonly unit: string;
  readonly onlyFiles: boolean;
  /** The line of what was read, whoever is asked about. */
  readonly lineOf: (facts: readonly RepositoryFacts[], organisation: string) => Coverage;
  readonly ownedIn: (facts: readonly RepositoryFacts[], organisation: string) => readonly OwnedCredential[];
  readonly tokensOf: (facts: RepositoryFacts) => readonly TokenFact[];
  readonly read: (reading: Reading, before?: FactsBefore) => Promise<readonly SourceRow[]>;
  /** Undefined where it needs no other way than `read`. */
  readonly again:
    | ((reading: Reading, repository: BatchedRepository, before: RepositoryFacts) => Promise<SourceRow | undefined>)
    | undefined;
  readonly judge: (
    facts: readonly RepositoryFacts[],
    judging: Judging,
  ) => Promise<Judged & { readonly coverage: Coverage; readonly allFailures: readonly VendorFailure[] }>;
}

/** Declares a source. Adding one is this declaration and its line in `REPOSITORY_SOURCES`. */
export function defineRepositorySource<What extends string, Fact>(declared: Declared<What, Fact>) {
  const { what, unit, fact: shape } = declared;
  const knownOf = (all: RepositoryFacts): Known<Fact>[] => {
    const kept = all.sources[what];
    return kept === undefined ? [] : [{ repository: all.repository, fact: shape.parse(kept.fact), all }];
  };
  const readOf = (all: RepositoryFacts | undefined): SourceRead<Fact> | undefined => {
    const kept = all?.sources[what];
    if (kept === undefined) return undefined;
    const { readAt: _, ...row } = kept;
    return { ...row, fact: shape.parse(row.fact) };
  };
  const rowOf = ({ fact, failures, etags, ...counts }: SourceRead<Fact>): SourceRow => ({
    ...counts,
    fact: z.json().parse(fact),
    failures: [...failures],
    ...(etags === undefined ? {} : { etags: { ...etags } }),
  });
  const lookedIn = (facts: readonly RepositoryFacts[], costs: (repository: BatchedRepository) => boolean) => {
    const rows = facts.flatMap(({ repository, sources }) => {
      const row = sources[what];
      return row === undefined ? [] : [{ ...row, count: costs(repository) ? 0 : row.count }];
    });
    const asked = rows.some((row) => row.asked !== undefined)
      ? { asked: rows.reduce((sum, row) => sum + (row.asked ?? 0), 0) }
      : {};
    return {
      failures: rows.flatMap(({ failures }) => failures),
      looked: { ...asked, count: rows.reduce((sum, row) => sum + row.count, 0), unit },
    };
  };
  const { again } = declared;
  return {
    what,
    unit,
    onlyFiles: declared.onlyFiles === true,
    tokensOf: (facts: RepositoryFacts) => knownOf(facts).flatMap(({ fact }) => declared.tokens?.(fact) ?? []),
    read: async (reading: Reading, before: FactsBefore = NOTHING_BEFORE) => {
      const read = await declared.read(reading, (repository) => readOf(before(repository)));
      return read.map(rowOf);
    },
    again:
      again === undefined
        ? undefined
        : async (reading: Reading, repository: BatchedRepository, facts: RepositoryFacts) => {
            const before = readOf(facts);
            const read = before && (await again(reading, repository, before));
            return read && rowOf(read);
          },
    judge: async (facts: readonly RepositoryFacts[], judging: Judging) => {
      const line = `github/${what}:${judging.organisation}`;
      const judged = await declared.judge(facts.flatMap(knownOf), judging, line);
      const asking = judged.failures ?? [];
      const costs = new Set(asking.map(({ repository }) => repository));
      const told = lookedIn(facts, (repository) => costs.has(repository.name));
      const allFailures = [...told.failures, ...asking.map(({ failure }) => failure)];
      return {
        ...judged,
        allFailures,
        coverage: declared.noted(coverageOf(line, told.looked, allFailures), judging.leaver),
      };
    },
    lineOf: (facts: readonly RepositoryFacts[], organisation: string) => {
      const { looked, failures } = lookedIn(facts, () => false);
      return coverageOf(`github/${what}:${organisation}`, looked, failures);
    },
    ownedIn: (facts: readonly RepositoryFacts[], organisation: string) =>
      facts.flatMap(knownOf).flatMap((known) => declared.owned?.(known, `github/${what}:${organisation}`) ?? []),
    /** What it knows of one repository. */
    factOf: (facts: RepositoryFacts): Fact | undefined => knownOf(facts)[0]?.fact,
  };
}
