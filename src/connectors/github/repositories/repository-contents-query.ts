import * as z from 'zod';
import type { Asked } from '../call/failure.ts';
import { CI_FOLDERS, FolderShape } from './ci-files.ts';
import { EnvironmentsShape } from './repository-environments.ts';

/** What is asked of many repositories at once: their files of CI, their environments, and the commit of their default branch. */
export const CONTENTS = `query ($ids: [ID!]!, $environments: Boolean!, $files: Boolean!) {
  nodes(ids: $ids) {
    ... on Repository {
      id
      nameWithOwner
      isDisabled
      environments(first: 100) @include(if: $environments) { nodes { name } pageInfo { hasNextPage endCursor } }
      head: object(expression: "HEAD") { oid }
      workflows: object(expression: "HEAD:.github/workflows") @include(if: $files) {
        ... on Tree { entries { name type oid object { ... on Blob { text isTruncated isBinary } } } }
      }
      root: object(expression: "HEAD:") @include(if: $files) { ... on Tree { entries { name type oid } } }
      circle: object(expression: "HEAD:.circleci") @include(if: $files) { ... on Tree { entries { name type oid } } }
      azure: object(expression: "HEAD:.azure-pipelines") @include(if: $files) { ... on Tree { entries { name type oid } } }
      devops: object(expression: "HEAD:.azuredevops") @include(if: $files) { ... on Tree { entries { name type oid } } }
      buildkite: object(expression: "HEAD:.buildkite") @include(if: $files) { ... on Tree { entries { name type oid } } }
      woodpecker: object(expression: "HEAD:.woodpecker") @include(if: $files) { ... on Tree { entries { name type oid } } }
      actions: object(expression: "HEAD:.github/actions") @include(if: $files) {
        ... on Tree { entries { name type oid object {
          ... on Tree { entries { name type oid object {
            ... on Tree { entries { name type oid } }
          } } }
        } } }
      }
    }
  }
}`;

/** One repository in the answer. */
export const NodeShape = z.object({
  id: z.string(),
  nameWithOwner: z.string().optional(),
  isDisabled: z.boolean().nullish(),
  root: FolderShape.nullish(),
  circle: FolderShape.nullish(),
  azure: FolderShape.nullish(),
  devops: FolderShape.nullish(),
  buildkite: FolderShape.nullish(),
  woodpecker: FolderShape.nullish(),
  actions: FolderShape.nullish(),
  environments: EnvironmentsShape.optional(),
  head: z.object({ oid: z.string() }).nullish(),
  workflows: z.object({ entries: z.array(z.unknown()).nullish() }).nullish(),
});

/** One by one: a repository in an odd form costs no other one. */
export const ContentsShape = z.object({ nodes: z.array(z.unknown()) });

/** What a failure says was asked for. */
export const asked = (organisation: string): Asked => ({
  what: 'workflow files and environments',
  where: organisation,
});

/** Each field takes a permission of its own. */
export const askedAt =
  (organisation: string) =>
  (path: readonly (string | number)[]): Asked => {
    if (path[2] === 'environments') {
      return { what: 'environments', where: organisation, permission: 'environments=read' };
    }
    if (path[2] === 'workflows' || path[2] === 'head') {
      return { what: 'workflow files', where: organisation, permission: 'contents=read' };
    }
    if (CI_FOLDERS.some((each) => each === path[2])) {
      return { what: 'files of CI', where: organisation, permission: 'contents=read' };
    }
    return asked(organisation);
  };

/** How many repositories one query reads without running out of its ten seconds. */
export const PER_QUERY = 50;
