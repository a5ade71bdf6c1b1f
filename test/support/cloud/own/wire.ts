/** A request with what its signature's credential scope says of it. */
export interface SignedRequest {
  service: string;
  region: string;
  accessKey: string;
  method: string;
  /** With its query string. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a request comes to: an answer, a closed connection, or silence. */
export type Reply = WireAnswer | 'drop' | 'hang';

/** Services that are not ours to answer: the accounts that are audited. */
export interface Audited {
  handles(service: string): boolean;
  answer(request: SignedRequest): Reply | Promise<Reply>;
}

/** One service as the shared port sees it. */
export interface OwnService {
  /** The name of the operation that a request asks for, as CloudTrail would say it. */
  operationOf(request: SignedRequest): string;
  answer(request: SignedRequest): WireAnswer | Promise<WireAnswer>;
  /** An error in this service's own protocol. */
  error(fault: OwnFault): WireAnswer;
}

/** An error answer by its AWS code. */
export class OwnFault extends Error {
  override name = 'OwnFault';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

type Operation = (input: Record<string, unknown>, request: SignedRequest) => object | Promise<object>;

/** A service that speaks AWS JSON 1.0 or 1.1: the operation stands in `X-Amz-Target`. */
export function jsonService(version: '1.0' | '1.1', operations: Readonly<Record<string, Operation>>): OwnService {
  const answer = (status: number, value: object): WireAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify(value),
  });
  return {
    operationOf: targetOf,
    async answer(request) {
      const name = targetOf(request);
      const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (run === undefined) throw new OwnFault('UnknownOperationException', `${name} is not known here.`);
      return answer(200, await run(objectOf(request.body), request));
    },
    error: ({ code, message, status }) => answer(status, { __type: code, message }),
  };
}

export function targetOf({ headers }: SignedRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? '';
}

export function objectOf(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body || '{}') as Record<string, unknown>;
  } catch (cause) {
    throw new OwnFault('SerializationException', `The body is no JSON: ${String(cause)}`);
  }
}

/** A text that an operation cannot do without. */
export function textOf(input: Readonly<Record<string, unknown>>, name: string, code = 'ValidationException'): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw new OwnFault(code, `${name} is missing.`);
  return value;
}
