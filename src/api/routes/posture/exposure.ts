import * as z from 'zod';
import { casePolicy } from '../../../config/config-cases.ts';
import {
  CompanyExposureSchema,
  companyFigures,
  EXPOSURE_METRIC,
  firstKeptDay,
} from '../../../exposure/company-figures.ts';
import { keptExposure } from '../../../exposure/kept.ts';
import { OwnExposureSchema, ownList } from '../../../exposure/own-list.ts';
import { partsOf } from '../../../exposure/part.ts';
import { OidSchema } from '../../../people/oid.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute, type Tools } from '../../route.ts';

export const getOwnExposure = defineRoute({
  id: 'getOwnExposure',
  method: 'GET',
  path: '/api/exposure/me',
  summary:
    'What of one’s own would still work after one left, and how to mend it; for everybody, with a role or without',
  tag: 'Exposure',
  access: { kind: 'signed-in' },
  answers: { 200: OwnExposureSchema.extend({ oid: OidSchema }).meta({ id: 'OwnExposure' }) },
  problems: ['exposure-off', 'not-found'],
  // Whose list it is comes from the token alone: there is no parameter, header or id that could name another.
  async handle({ caller: { oid, isApp } }, { vendors, settings }) {
    if (!isOn(settings, 'own')) return off('own');
    if (isApp) return problem('not-found', { detail: 'An application has no list: sign in as a person.' });
    const kept = await keptExposure(vendors.storage);
    const people = kept?.people;
    if (kept === undefined || people === undefined) return problem('not-found', { detail: NOT_YET });
    // No browser that several people use keeps it after they signed out.
    const headers = { 'cache-control': 'no-store' };
    return { status: 200, value: { oid, ...ownList({ ...kept, people }, oid) }, headers };
  },
});

export const getExposure = defineRoute({
  id: 'getExposure',
  method: 'GET',
  path: '/api/exposure',
  summary: 'How many people hold what would still work after they left; numbers below 5 are withheld',
  tag: 'Exposure',
  access: { kind: 'read', right: 'read' },
  answers: { 200: CompanyExposureSchema.meta({ id: 'Exposure' }) },
  problems: ['exposure-off', 'not-found'],
  async handle(_asked, { vendors, settings, now }) {
    if (!isOn(settings, 'company')) return off('company');
    const kept = await keptExposure(vendors.storage);
    const published = kept?.published;
    if (kept === undefined || published === undefined) return problem('not-found', { detail: NOT_YET });
    const from = firstKeptDay(now().toISOString());
    return {
      status: 200,
      value: companyFigures({ ...kept, published }, await vendors.storage.listMetric(EXPOSURE_METRIC, from)),
    };
  },
});

export const startExposure = defineRoute({
  id: 'startExposure',
  method: 'POST',
  path: '/api/exposure',
  summary: 'Reads now what everybody holds; changes nothing, and replaces what was read before',
  tag: 'Exposure',
  access: { kind: 'decide', right: 'operate' },
  body: Decision,
  answers: { 202: z.object({ at: z.string(), state: z.literal('running') }) },
  problems: ['exposure-off'],
  async handle({ caller, body: { reason } }, { settings, log, now, startExposure: start }) {
    if (settings.EXPOSURE.length === 0) return problem('exposure-off', { detail: 'The setting EXPOSURE is empty.' });
    const at = now().toISOString();
    await start({ at, parts: partsOf(settings.SUBSCRIPTION_IDS), policy: casePolicy(settings) });
    log.info('what everybody holds was asked for', { at, caller: caller.oid, reason });
    const value = { at, state: 'running' as const };
    return { status: 202, value, headers: { location: '/api/exposure' } };
  },
});

const NOT_YET = 'Nothing was read yet: it is read in the night to Monday.';

type Part = Tools['settings']['EXPOSURE'][number];

const isOn = ({ EXPOSURE }: Tools['settings'], part: Part): boolean => EXPOSURE.includes(part);

const off = (part: Part): Response =>
  problem('exposure-off', { detail: `The setting EXPOSURE does not name ${part}.` });
