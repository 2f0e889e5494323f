import { readFileSync } from 'node:fs';
import { buildASTSchema, type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

let schema: GraphQLSchema | undefined;

/** GitHub's published schema. It takes some 400 ms to build, so it is built at the first query and kept. */
export function gitHubSchema(): GraphQLSchema {
  if (schema === undefined) {
    // The package exports its code alone; the schema lies beside it.
    const path = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
    const sdl = parse(readFileSync(path, 'utf8'), { noLocation: true });
    schema = buildASTSchema(sdl, { assumeValid: true, assumeValidSDL: true });
  }
  return schema;
}

const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();

/** The query, parsed and validated against the schema as GitHub does, or what is wrong with it. */
export function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parsed(query);
  documents.set(query, document);
  return document;
}

function parsed(query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const faults = validate(gitHubSchema(), document);
    return faults.length > 0 ? faults : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
