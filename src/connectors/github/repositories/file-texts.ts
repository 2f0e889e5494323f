import * as z from 'zod';
import type { VendorFailure } from '../../result.ts';
import type { GitHubClient } from '../call/client.ts';
import { type Asked, shapeFailure } from '../call/failure.ts';
import { query } from '../call/graphql.ts';
import { PER_QUERY } from './repository-contents-query.ts';

/** A file by its repository and its git object id. */
export interface FileRef {
  readonly nodeId: string;
  readonly oid: string;
}

/**
 * The texts of files, fifty in a query of one point; in the order of the question. Undefined where GraphQL gave no text
 * or only its beginning: those are read by themselves.
 */
export async function readFileTexts(
  client: GitHubClient,
  files: readonly FileRef[],
): Promise<(string | undefined | VendorFailure)[]> {
  const named = files.map(({ nodeId, oid }) => ({ nodeId, name: oid }));
  const blobs = await blobsBy(client, 'oid', named);
  return blobs.map((blob) => (blob !== undefined && 'kind' in blob ? blob : blob?.text));
}

/** A file by its repository and its path from the root. */
export interface FilePath {
  readonly nodeId: string;
  readonly path: string;
}

/** What stands at a path: nothing, or a file; a text that GraphQL cut short is read by the object id. */
export type FileAtPath = { readonly oid: string; readonly text?: string } | undefined;

/**
 * The files at paths of the default branch, fifty in a query of one point; in the order of the question. Undefined where
 * no file stands there: a folder, a binary file, or nothing.
 */
export function readFilesAt(client: GitHubClient, files: readonly FilePath[]): Promise<(FileAtPath | VendorFailure)[]> {
  const named = files.map(({ nodeId, path }) => ({ nodeId, name: `HEAD:${path}` }));
  return blobsBy(client, 'expression', named);
}

/** The two ways in which GraphQL takes the name of an object, and what it calls their types. */
const NAMED_BY = { oid: 'GitObjectID!', expression: 'String!' } as const;

const BlobsShape = z.record(
  z.string(),
  z
    .object({
      object: z
        .object({ oid: z.string().optional(), text: z.string().nullish(), isTruncated: z.boolean().optional() })
        .nullish(),
    })
    .nullish(),
);

async function blobsBy(
  client: GitHubClient,
  by: keyof typeof NAMED_BY,
  files: readonly { readonly nodeId: string; readonly name: string }[],
): Promise<(FileAtPath | VendorFailure)[]> {
  const asked: Asked = { what: 'files of CI', where: client.installation.organisation, permission: 'contents=read' };
  const queries = Array.from({ length: Math.ceil(files.length / PER_QUERY) }, async (_, index) => {
    const some = files.slice(index * PER_QUERY, (index + 1) * PER_QUERY);
    const parameters = some.map((__, at) => `$id${at}: ID!, $name${at}: ${NAMED_BY[by]}`).join(', ');
    const blob = '... on Blob { oid text isTruncated }';
    const fields = some.map(
      (__, at) => `f${at}: node(id: $id${at}) { ... on Repository { object(${by}: $name${at}) { ${blob} } } }`,
    );
    const variables = Object.fromEntries(
      some.flatMap(({ nodeId, name }, at) => [
        [`id${at}`, nodeId],
        [`name${at}`, name],
      ]),
    );
    const text = `query (${parameters}) { ${fields.join(' ')} }`;
    const { data, faults } = await query(client, asked, text, variables, BlobsShape, () => asked);
    if (data === undefined) return some.map(() => faults[0]?.failure ?? shapeFailure(asked, 200));
    return some.map((__, at): FileAtPath | VendorFailure => {
      const fault = faults.find(({ path }) => path.length === 0 || path[0] === `f${at}`)?.failure;
      if (fault !== undefined) return fault;
      const found = data[`f${at}`]?.object;
      if (found?.oid === undefined) return undefined;
      const whole = found.isTruncated === true ? undefined : (found.text ?? undefined);
      return { oid: found.oid, ...(whole === undefined ? {} : { text: whole }) };
    });
  });
  return (await Promise.all(queries)).flat();
}
