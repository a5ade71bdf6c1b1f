/** What a client of ours is built with; tests add an endpoint's credentials and faster retries. */
export interface Calling {
  region: string;
  /** Milliseconds for one attempt, from its request to its answer. */
  requestTimeout?: number;
  /** More of the client's own configuration: `endpoint`, `credentials`, `retryStrategy`. */
  client?: Readonly<Record<string, unknown>>;
}

/** The SDK only warns about a request that takes too long, unless it is told to throw. */
export function clientConfig({ region, requestTimeout = 5000, client = {} }: Calling): { region: string } {
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: { requestTimeout, connectionTimeout: 2000, throwOnRequestTimeout: true },
    ...client,
  } as { region: string };
}

/** Makes a thing when first asked and keeps it; what failed is made again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
