type Taking<S> = Readonly<Record<string, (settings: S, ...rest: never[]) => unknown>>;

/** Functions without their first argument, the settings or the client that all of them take. */
export type Bound<S, F extends Taking<S>> = {
  readonly [K in keyof F]: F[K] extends (settings: S, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

/** The functions of a connector with their settings given: a vendor that can be handed to whoever asks it. */
export function bind<S, const F extends Taking<S>>(settings: S, functions: F): Bound<S, F> {
  const bound = Object.entries(functions).map(([name, call]) => [
    name,
    (...rest: readonly unknown[]) => call(settings, ...(rest as never[])),
  ]);
  return Object.fromEntries(bound) as Bound<S, F>;
}
