import { AwsFault } from './call.ts';
import type { ServiceName } from './wire/schema.ts';

/**
 * How a call fails: `empty` answers 200 without its object, `malformed` 200 with a broken body, `update-failed` accepts
 * an EKS update that later ends as failed.
 */
export type FaultKind =
  | 'denied'
  | 'throttled'
  | '5xx'
  | 'timeout'
  | 'dropped'
  | 'malformed'
  | 'empty'
  | 'update-failed';

export interface FaultRule {
  /** `eks:DescribeCluster`, `eks:*` or `*`; `id` is any name, id or ARN in the request's own fields. */
  when: { action: string; account?: string; region?: string; id?: string };
  answer: FaultKind;
  /** How many calls it hits; all of them where absent. */
  times?: number;
  /** The virtual time from which it no longer holds. */
  until?: number;
}

interface Attempt {
  action: string;
  account: string;
  region: string;
  input: Readonly<Record<string, unknown>>;
}

const names = (value: unknown, id: string): boolean =>
  value === id || (Array.isArray(value) && value.some((item) => names(item, id)));

function hits({ when }: FaultRule, { action, account, region, input }: Attempt): boolean {
  const { action: wanted, id } = when;
  const named = wanted.endsWith('*') ? action.startsWith(wanted.slice(0, -1)) : action === wanted;
  return (
    named &&
    (when.account ?? account) === account &&
    (when.region ?? region) === region &&
    (id === undefined || Object.values(input).some((value) => names(value, id)))
  );
}

/** The rules of one cloud: the newest that hits decides. */
export function faultRules(now: () => number) {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule: FaultRule): () => void {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.unshift(entry);
      return () => {
        rules = rules.filter((one) => one !== entry);
      };
    },
    clear(): void {
      rules = [];
    },
    /** The fault of this attempt, which counts as one of the rule's times. */
    of(attempt: Attempt): FaultKind | undefined {
      const found = rules.find(
        ({ rule, left }) => left > 0 && (rule.until === undefined || now() < rule.until) && hits(rule, attempt),
      );
      if (found) found.left -= 1;
      return found?.rule.answer;
    },
  };
}

type Code = readonly [code: string, status: number];

interface Codes {
  denied: Code;
  throttled: Code;
  unwell: Code;
  /** A request that the schema does not allow. */
  invalid: Code;
  /** An access key of no account. */
  stranger: Code;
}

const json = (unwell: string, invalid: string): Codes => ({
  denied: ['AccessDeniedException', 400],
  throttled: ['ThrottlingException', 400],
  unwell: [unwell, 503],
  invalid: [invalid, 400],
  stranger: ['UnrecognizedClientException', 400],
});
const rest = (unwell: string, invalid: string): Codes => ({
  denied: ['AccessDeniedException', 403],
  throttled: ['ThrottlingException', 429],
  unwell: [unwell, 503],
  invalid: [invalid, 400],
  stranger: ['UnrecognizedClientException', 403],
});
const query: Codes = {
  denied: ['AccessDenied', 403],
  throttled: ['Throttling', 400],
  unwell: ['ServiceUnavailable', 503],
  invalid: ['ValidationError', 400],
  stranger: ['InvalidClientTokenId', 403],
};

/** What each service calls its refusals. */
export const CODES: Readonly<Record<ServiceName, Codes>> = {
  cloudtrail: json('InternalFailure', 'InvalidParameterCombinationException'),
  ec2: {
    denied: ['UnauthorizedOperation', 403],
    throttled: ['RequestLimitExceeded', 503],
    unwell: ['Unavailable', 503],
    invalid: ['InvalidParameterValue', 400],
    stranger: ['AuthFailure', 401],
  },
  ecr: json('ServerException', 'InvalidParameterException'),
  eks: rest('ServiceUnavailableException', 'InvalidParameterException'),
  iam: query,
  inspector2: rest('InternalServerException', 'ValidationException'),
  kms: json('KMSInternalException', 'ValidationException'),
  logs: json('ServiceUnavailableException', 'InvalidParameterException'),
  sts: query,
};

/** What a denied call is told: who may not do what. */
export function denial(service: ServiceName, action: string, who: string): AwsFault {
  const [code, status] = CODES[service].denied;
  const reason = `because no identity-based policy allows the ${action} action`;
  const message =
    service === 'ec2'
      ? `You are not authorized to perform this operation. User: ${who} is not authorized to perform: ${action} ${reason}`
      : `User: ${who} is not authorized to perform: ${action} ${reason}`;
  return new AwsFault(code, message, status);
}

export function faultOf(
  service: ServiceName,
  kind: 'throttled' | 'unwell' | 'invalid' | 'stranger',
  message: string,
): AwsFault {
  const [code, status] = CODES[service][kind];
  return new AwsFault(code, message, status);
}
