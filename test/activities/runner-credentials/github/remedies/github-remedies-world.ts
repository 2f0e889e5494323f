import assert from 'node:assert/strict';
import { type RemedyCall, remedyDefinition } from '../../../../../src/steps/registry.ts';
import { ORGANISATION, startCaseStudyGitHub } from '../case-study.ts';

export const repository = 'document-pipeline';

/** The case study’s GitHub, in which remedies read their targets and act. */
export async function startGithubRemedies() {
  const { app, state, mint, organisation, installation } = await startCaseStudyGitHub({ repositories: 4 });
  const { vendors } = app.context;
  const documents = state.repositories.get(`${ORGANISATION}/document-pipeline`);
  assert.ok(documents !== undefined);

  const read = async (call: RemedyCall) => {
    const answer = await remedyDefinition(call).read(vendors, call);
    return answer.ok ? answer.value.state : answer.failure.kind;
  };
  const act = (call: RemedyCall) => remedyDefinition(call).act(vendors, call);

  return { app, state, mint, organisation, installation, vendors, documents, read, act };
}

export type GithubRemediesWorld = Awaited<ReturnType<typeof startGithubRemedies>>;
