import { OwnFault, type OwnService, type Reply, type SignedRequest } from './wire.ts';

/** What goes wrong with a call of ours. */
export type OwnFaultKind = 'denied' | 'throttled' | '5xx' | 'dropped' | 'timeout';

export interface OwnFaultRule {
  /** As in a policy: `sqs:SendMessage`, `sqs:*`. */
  action: string;
  kind: OwnFaultKind;
  /** Only for requests with such a body. */
  body?: (body: string) => boolean;
  /** How often; always, if left out. An SDK client tries three times by itself. */
  times?: number;
}

/** How each service says that it is asked too often. */
const TOO_OFTEN: Readonly<Record<string, { code: string; status: number }>> = {
  dynamodb: { code: 'ProvisionedThroughputExceededException', status: 400 },
  sns: { code: 'Throttled', status: 429 },
  sqs: { code: 'com.amazonaws.sqs#RequestThrottled', status: 400 },
};

/** Rules for our own services; the newest that fits decides. */
export function ownFaults() {
  let rules: { rule: OwnFaultRule; left: number }[] = [];
  return {
    /** Returns what removes the rule again. */
    add(rule: OwnFaultRule): () => void {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.unshift(entry);
      return () => {
        rules = rules.filter((one) => one !== entry);
      };
    },
    of(action: string, body: string): OwnFaultKind | undefined {
      const found = rules.find(({ rule, left }) => left > 0 && fits(rule, action, body));
      if (found !== undefined) found.left -= 1;
      return found?.rule.kind;
    },
  };
}

/** The fault as the service would answer it. */
export function faulty(kind: OwnFaultKind, service: OwnService, request: SignedRequest): Reply {
  const action = `${request.service}:${service.operationOf(request)}`;
  switch (kind) {
    case 'dropped':
      return 'drop';
    case 'timeout':
      return 'hang';
    case '5xx':
      return service.error(new OwnFault('InternalServerError', 'The service is unwell. Please try again.', 503));
    case 'throttled': {
      const { code, status } = TOO_OFTEN[request.service] ?? { code: 'ThrottlingException', status: 400 };
      return service.error(new OwnFault(code, 'Rate exceeded', status));
    }
    case 'denied': {
      const [code, status] = request.service === 'sns' ? ['AuthorizationError', 403] : ['AccessDeniedException', 400];
      return service.error(
        new OwnFault(String(code), `${request.accessKey} is not authorized to perform: ${action}`, Number(status)),
      );
    }
  }
}

function fits(rule: OwnFaultRule, action: string, body: string): boolean {
  const named = rule.action.endsWith('*') ? action.startsWith(rule.action.slice(0, -1)) : action === rule.action;
  return named && (rule.body?.(body) ?? true);
}
