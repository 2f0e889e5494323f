import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentsOf, isDockerfile } from '../../../../src/steps/runner-credentials/rules/ci-document.ts';

const TEXTS: Readonly<Record<string, readonly unknown[] | undefined>> = {
  'a: 1\n---\nb: 2': [{ a: 1 }, { b: 2 }],
  'a: 1\na: 2': [{ a: 2 }],
  '': [],
  'a: 1\n---\nb: [1': undefined,
  'a: [1\n---\nb: 2': undefined,
};
for (const [text, documents] of Object.entries(TEXTS)) {
  test(`${JSON.stringify(text)} is ${documents === undefined ? 'no YAML' : `${documents.length} documents`}`, () => {
    assert.deepEqual(documentsOf(text), documents);
  });
}

const NAMES: Readonly<Record<string, boolean>> = {
  DOCKERFILE: true,
  'ci/Dockerfile.ci': true,
  'ContainerFile-x': true,
  'ci/web.Dockerfile': true,
  'Dockerfile/ci.yml': false,
  'my-Dockerfile': false,
  'web.dockerfile.bak': false,
};
for (const [path, is] of Object.entries(NAMES)) {
  test(`${path} is ${is ? 'a' : 'no'} Dockerfile`, () => assert.equal(isDockerfile(path), is));
}
