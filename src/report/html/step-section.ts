import type { Block } from '../../html/blocks.ts';
import { drawBlocks } from '../../html/draw-blocks.ts';
import { type Markup, markup } from '../../html/markup.ts';
import { chip } from '../../html/parts.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import type { Told } from '../view/findings.ts';
import { stepBlocks, stepInWords } from '../view/step.ts';
import { stepLabel } from '../wording.ts';

/** One step, after what the step itself has to show. */
export function stepSection(step: StepReport, told: Told, own: readonly Block[]): Markup {
  return markup`<section class="step" id="${step.step}" aria-labelledby="${step.step}-title">
<header><h2 id="${step.step}-title">${titleOf(step.step)}</h2>${chip(stepLabel(step, told.mode))}<p>${stepInWords(step)}</p></header>
${drawBlocks(stepBlocks(step, told, own))}
</section>
`;
}
