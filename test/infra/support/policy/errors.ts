import type { Json } from './json.ts';

/**
 * The rule uses something whose meaning is not documented or not implemented here, or that Azure would refuse when
 * the definition is created. A wrong verdict would be worse than none.
 */
export class UnsupportedPolicy extends Error {
  override readonly name = 'UnsupportedPolicy';

  constructor(reason: string, part?: Json) {
    super(part === undefined ? reason : `${reason}: ${JSON.stringify(part)}`);
  }
}

/**
 * A template function failed on this resource. Azure treats that as an implicit deny:
 * learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#avoiding-template-failures
 */
export class TemplateFailure extends Error {
  override readonly name = 'TemplateFailure';
}
