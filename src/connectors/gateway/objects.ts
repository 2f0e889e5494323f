import * as z from 'zod';
import { readList } from '../arm/read-list.ts';
import type { IdentityName } from '../credentials.ts';
import type { Listing } from '../listing.ts';
import type { ArmSettings, GatewaySettings } from '../settings.ts';

/** Where the gateway is. */
export type GatewayPlace = ArmSettings & Pick<GatewaySettings, 'GATEWAY_APIM_ID'>;

export const ACTION = 'Microsoft.ApiManagement/service';
export const API_VERSION = '2024-05-01';

/**
 * A list of the service. API Management pages by offset and says how many there are in all, so that the list counts only
 * with as many rows. `path` is below the service, `types` what it lists: `apis/policies`.
 * Source: azure-rest-api-specs, Microsoft.ApiManagement, 2024-05-01
 */
export function listObjects<T extends { readonly id: string }>(
  settings: GatewayPlace,
  { path, types, what, shape, identity = 'reader', apiVersion = API_VERSION }: GatewayList<T>,
): Promise<Listing<T>> {
  return readList(settings, {
    what,
    action: `${ACTION}/${types}/read`,
    identity,
    path: `${settings.GATEWAY_APIM_ID ?? ''}/${path}`,
    apiVersion,
    shape,
  });
}

interface GatewayList<T> {
  readonly path: string;
  readonly types: string;
  readonly what: string;
  readonly shape: z.ZodType<T>;
  readonly identity?: IdentityName;
  /** A preview where no other version lists it. */
  readonly apiVersion?: string;
}

const NamedValue = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      displayName: z.string().nullish(),
      value: z.string().nullish(),
      secret: z.boolean().nullish(),
    }),
  })
  .transform(({ id, name, properties: { displayName, value, secret } }) => ({
    id,
    name,
    // How policies name it.
    label: displayName ?? name,
    secret: secret === true,
    ...(typeof value === 'string' ? { value } : {}),
  }));
/** A named value as it is listed; the value only where it is not secret. */
export type ListedNamedValue = z.output<typeof NamedValue>;

/** Every named value of the service. One that is secret tells its name alone. */
export function listNamedValues(
  settings: GatewayPlace,
  identity: IdentityName = 'reader',
): Promise<Listing<ListedNamedValue>> {
  const what = 'list the named values of the gateway';
  return listObjects(settings, { path: 'namedValues', types: 'namedValues', what, shape: NamedValue, identity });
}

const several = z.record(z.string(), z.array(z.string())).nullish();
const Backend = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      title: z.string().nullish(),
      url: z.string().nullish(),
      credentials: z
        .object({
          header: several,
          query: several,
          authorization: z.object({ scheme: z.string().nullish(), parameter: z.string().nullish() }).nullish(),
        })
        .nullish(),
      proxy: z.object({ username: z.string().nullish(), password: z.string().nullish() }).nullish(),
    }),
  })
  .transform(({ id, name, properties: { title, url, credentials, proxy } }) => {
    const { header, query, authorization } = credentials ?? {};
    const named = [...Object.entries(header ?? {}), ...Object.entries(query ?? {})];
    const alone: readonly (readonly [string, string | null | undefined])[] = [
      ['Authorization', authorization && `${authorization.scheme ?? ''} ${authorization.parameter ?? ''}`],
      ['proxy', proxy && `${proxy.username ?? ''}:${proxy.password ?? ''}`],
      ['url', url],
    ];
    return {
      id,
      name,
      ...(title ? { title } : {}),
      credentials: [
        ...named.flatMap(([of, values]) => values.map((text) => ({ name: of, text }))),
        ...alone.flatMap(([of, text]) => (text ? [{ name: of, text }] : [])),
      ],
    };
  });
/** A backend, and every text with which the gateway may sign in there, by the header or parameter that carries it. */
export type Backend = z.output<typeof Backend>;

/** Every backend of the service. */
export function listBackends(settings: GatewaySettings): Promise<Listing<Backend>> {
  const what = 'list the backends of the gateway';
  return listObjects(settings, { path: 'backends', types: 'backends', what, shape: Backend });
}
