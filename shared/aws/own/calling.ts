/** What a client of ours is built with; tests add an endpoint's credentials and faster retries. */
export interface Calling {
  region: string;
  /** Milliseconds for one attempt, from its request to its answer. */
  requestTimeout?: number;
  /** More of the client's own configuration: `endpoint`, `credentials`, `retryStrategy`. */
  client?: Readonly<Record<string, unknown>>;
}

export function clientConfig({ region, requestTimeout = 5000, client = {} }: Calling): { region: string } {
  return {
    region,
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: handlerOptions(requestTimeout),
    ...client,
  } as { region: string };
}

/**
 * The SDK only warns about a request that takes too long, unless it is told to throw, and then counts until the answer
 * begins: one that stops halfway is ended by the socket's own limit.
 */
export function handlerOptions(requestTimeout: number): object {
  return { requestTimeout, socketTimeout: requestTimeout, connectionTimeout: 2000, throwOnRequestTimeout: true };
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
