/**
 * The policy elements that the gateway uses, as API Management's reference describes them:
 * learn.microsoft.com/azure/api-management/api-management-policies, a page for each. An element or attribute that is
 * not here is a fault: a policy that needs one more adds its rule from that page.
 */
export type Section = 'inbound' | 'backend' | 'outbound' | 'on-error';

/** What C# must return there; `literal`: no expression is allowed. */
export type ValueType = 'literal' | 'bool' | 'string' | 'object';

interface AttributeRule {
  readonly required: boolean;
  readonly type: ValueType;
  readonly values?: readonly string[];
}

export interface ElementRule {
  /** Undefined: not a statement, but a part of the element that lists it among its `children`. */
  readonly sections?: readonly Section[];
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** `statements`: whatever the section allows. A list: these, in this order. */
  readonly children?: 'statements' | readonly Part[];
  readonly text?: ValueType;
}

interface Part {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

export const SECTIONS: readonly Section[] = ['inbound', 'backend', 'outbound', 'on-error'];

const must = (type: ValueType, values?: readonly string[]): AttributeRule => ({
  required: true,
  type,
  ...(values && { values }),
});
const may = (type: ValueType, values?: readonly string[]): AttributeRule => ({
  required: false,
  type,
  ...(values && { values }),
});
const one = (name: string): Part => ({ name, least: 1, most: 1 });
const optional = (name: string): Part => ({ name, least: 0, most: 1 });
const several = (name: string): Part => ({ name, least: 1, most: Number.POSITIVE_INFINITY });
const any = (name: string): Part => ({ name, least: 0, most: Number.POSITIVE_INFINITY });

const BOOLEAN = ['true', 'false'];

export const ELEMENTS: Readonly<Record<string, ElementRule>> = {
  base: { sections: SECTIONS, attributes: {} },
  choose: { sections: SECTIONS, attributes: {}, children: [several('when'), optional('otherwise')] },
  when: { attributes: { condition: must('bool') }, children: 'statements' },
  otherwise: { attributes: {}, children: 'statements' },
  'set-variable': { sections: SECTIONS, attributes: { name: must('literal'), value: must('object') } },
  'include-fragment': { sections: SECTIONS, attributes: { 'fragment-id': must('literal') } },
  'log-to-eventhub': {
    sections: SECTIONS,
    attributes: { 'logger-id': must('literal'), 'partition-key': may('string') },
    text: 'string',
  },
  trace: {
    sections: SECTIONS,
    attributes: { source: must('literal'), severity: may('literal', ['verbose', 'information', 'error']) },
    // A literal, although API Management would take an expression: nothing of a call may get into the gateway's log.
    children: [one('message')],
  },
  message: { attributes: {}, text: 'literal' },
  'return-response': {
    sections: SECTIONS,
    attributes: {},
    children: [optional('set-status'), any('set-header'), optional('set-body')],
  },
  'set-status': { sections: SECTIONS, attributes: { code: must('object'), reason: must('string') } },
  'set-header': {
    sections: SECTIONS,
    attributes: {
      name: must('string'),
      'exists-action': may('literal', ['override', 'skip', 'append', 'delete']),
    },
    children: [any('value')],
  },
  value: { attributes: {}, text: 'string' },
  'set-body': { sections: ['inbound', 'backend', 'outbound'], attributes: {}, text: 'string' },
  'validate-jwt': {
    sections: ['inbound'],
    attributes: {
      'header-name': must('string'),
      'require-scheme': must('literal'),
      'failed-validation-httpcode': must('literal'),
      'require-expiration-time': may('literal', BOOLEAN),
      'require-signed-tokens': may('literal', BOOLEAN),
      'clock-skew': may('literal'),
      'output-token-variable-name': may('literal'),
    },
    children: [several('openid-config'), one('audiences'), one('issuers')],
  },
  'openid-config': { attributes: { url: must('literal') } },
  audiences: { attributes: {}, children: [several('audience')] },
  audience: { attributes: {}, text: 'literal' },
  issuers: { attributes: {}, children: [several('issuer')] },
  issuer: { attributes: {}, text: 'literal' },
  'rate-limit-by-key': {
    sections: ['inbound'],
    attributes: { calls: must('literal'), 'renewal-period': must('literal'), 'counter-key': must('string') },
  },
  'cache-lookup-value': {
    sections: SECTIONS,
    attributes: {
      key: must('string'),
      'variable-name': must('literal'),
      'default-value': may('string'),
      'caching-type': may('literal', ['internal', 'external', 'prefer-external']),
    },
  },
  'cache-store-value': {
    sections: SECTIONS,
    attributes: {
      key: must('string'),
      value: must('object'),
      duration: must('literal'),
      'caching-type': may('literal', ['internal', 'external', 'prefer-external']),
    },
  },
  'set-backend-service': { sections: ['inbound', 'backend'], attributes: { 'backend-id': must('literal') } },
  'rewrite-uri': {
    sections: ['inbound'],
    attributes: { template: must('string'), 'copy-unmatched-params': may('literal', BOOLEAN) },
  },
  'forward-request': {
    sections: ['backend'],
    attributes: {
      timeout: may('literal'),
      'buffer-response': may('literal', BOOLEAN),
      'buffer-request-body': may('literal', BOOLEAN),
    },
  },
};
