import * as z from 'zod';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { RepositoryPlace } from '../actions/workflows.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { query, wasTooMuch } from '../call/graphql.ts';

/** Lines of a file, and the commit that wrote them last. */
export interface BlamedLines {
  /** The first and the last line, counted from 1. */
  readonly from: number;
  readonly to: number;
  /** ISO instant of the commit. */
  readonly at: string;
  /** Author and committer, each once; whoever pushed a commit is one of them as a rule, and GitHub does not tell which. */
  readonly by: readonly CommitPerson[];
}

/** A file on the default branch, and what it was at an earlier commit. */
export interface BlamedFile {
  readonly lines: readonly BlamedLines[];
  /** Its text at that commit; null where there was no such file, or is no such commit any more. */
  readonly before?: string | null;
}

/** A file to look at, and the commit to compare it with. */
export interface FileToBlame {
  readonly path: string;
  readonly since?: string | undefined;
}

export interface CommitPerson {
  /** Null where no account of GitHub has the address of the commit. */
  readonly account: { readonly id: number; readonly login: string } | null;
  readonly email?: string;
}

const Person = z
  .object({
    email: z.string().nullish(),
    user: z.object({ login: z.string(), databaseId: z.number().nullable() }).nullish(),
  })
  .transform(({ email, user }): CommitPerson => {
    const account = user && user.databaseId !== null ? { id: user.databaseId, login: user.login } : null;
    return { account, ...(email ? { email } : {}) };
  });
const BlameShape = z.object({
  ranges: z.array(
    z
      .object({
        startingLine: z.number(),
        endingLine: z.number(),
        commit: z.object({ committedDate: z.string(), author: Person.nullish(), committer: Person.nullish() }),
      })
      .transform(({ startingLine, endingLine, commit }): BlamedLines => {
        const people = [commit.author, commit.committer].flatMap((person) => person ?? []);
        return { from: startingLine, to: endingLine, at: commit.committedDate, by: people };
      }),
  ),
});
const AnswerShape = z.object({
  repository: z.looseObject({ head: z.record(z.string(), z.unknown()).nullable() }).nullable(),
});
const TextShape = z.object({ text: z.string(), isTruncated: z.literal(false) });

/** Blame is worked out line by line: more files in one query may take it past its ten seconds. */
const PER_QUERY = 10;

/**
 * Who wrote the lines of some files on the default branch last, and what the files were before, by path.
 * Source: docs.github.com/graphql, `Commit.blame`; permission: contents=read.
 */
export async function blameFiles(
  client: GitHubClient,
  place: RepositoryPlace,
  files: readonly FileToBlame[],
): Promise<ReadonlyMap<string, VendorResult<BlamedFile>>> {
  const blamed = new Map<string, VendorResult<BlamedFile>>();
  for (let start = 0; start < files.length; start += PER_QUERY) {
    const some = await blameSome(client, place, files.slice(start, start + PER_QUERY));
    for (const [path, lines] of some) blamed.set(path, lines);
  }
  return blamed;
}

async function blameSome(
  client: GitHubClient,
  place: RepositoryPlace,
  files: readonly FileToBlame[],
): Promise<readonly (readonly [string, VendorResult<BlamedFile>])[]> {
  const asked: Asked = {
    what: 'who changed workflow files',
    where: `${place.organisation}/${place.repository}`,
    permission: 'contents=read',
    repository: true,
  };
  const named = files.flatMap(({ path, since }, index) => [
    [`p${index}`, path],
    ...(since === undefined ? [] : [[`b${index}`, `${since}:${path}`]]),
  ]);
  const variables = { ...Object.fromEntries(named), owner: place.organisation, name: place.repository };
  const answer = await query(client, asked, queryFor(files), variables, AnswerShape);
  if (wasTooMuch(answer) && files.length > 1) {
    const middle = Math.ceil(files.length / 2);
    const first = await blameSome(client, place, files.slice(0, middle));
    return [...first, ...(await blameSome(client, place, files.slice(middle)))];
  }
  const { data, faults } = answer;
  return files.map(({ path, since }, index) => {
    // A fault at one file names it by its alias; one that names no file concerns all of them.
    const own = new Set([`f${index}`, `before${index}`]);
    const fault = faults.find((each) => !each.path.some(isAlias) || each.path.some((part) => own.has(String(part))));
    if (fault !== undefined) return [path, failed(fault.failure)];
    const blame = BlameShape.safeParse(data?.repository?.head?.[`f${index}`]);
    if (!blame.success) return [path, failed(shapeFailure(asked, 200))];
    const before = data?.repository?.[`before${index}`];
    const text = before === null ? null : TextShape.safeParse(before).data?.text;
    const known = since === undefined || text === undefined ? {} : { before: text };
    return [path, ok({ lines: blame.data.ranges, ...known })];
  });
}

function isAlias(part: string | number): boolean {
  return /^(?:f|before)\d+$/.test(String(part));
}

const LINES = `{
  ranges { startingLine endingLine commit { committedDate author { ...who } committer { ...who } } }
}`;

function queryFor(files: readonly FileToBlame[]): string {
  const earlier = files.flatMap(({ since }, n) => (since === undefined ? [] : [n]));
  const parameters = [...files.map((_, n) => `$p${n}: String!`), ...earlier.map((n) => `$b${n}: String!`)];
  return `query ($owner: String!, $name: String!, ${parameters.join(', ')}) {
  repository(owner: $owner, name: $name) {
    head: object(expression: "HEAD") {
      ... on Commit { ${files.map((_, n) => `f${n}: blame(path: $p${n}) ${LINES}`).join(' ')} }
    }
    ${earlier.map((n) => `before${n}: object(expression: $b${n}) { ... on Blob { text isTruncated } }`).join(' ')}
  }
}
fragment who on GitActor { email user { login databaseId } }`;
}
