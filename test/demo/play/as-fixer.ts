import type { AuditedServices } from '../../support/cloud/audited/index.ts';
import type { HandlerSource, Handlers, Wiring } from '../../support/local-world/handlers.ts';

const FIXER = 'remediate-finding';

/** Lets the remediator call with a session of its own role, as deployed: its events then come back under that name. */
export function asFixer(
  functions: HandlerSource,
  account: string,
  services: () => AuditedServices | undefined,
): HandlerSource {
  if (typeof functions !== 'function') return functions;
  return async (wiring: Wiring): Promise<Handlers> => {
    const others = await functions(wiring);
    const key = sessionKey(services(), account, wiring.environment);
    if (key === undefined || others[FIXER] === undefined) return others;
    const own = await functions({ ...wiring, environment: { ...wiring.environment, AWS_ACCESS_KEY_ID: key } });
    return { ...others, ...(own[FIXER] && { [FIXER]: own[FIXER] }) };
  };
}

function sessionKey(
  services: AuditedServices | undefined,
  account: string,
  environment: Wiring['environment'],
): string | undefined {
  const { AWS_REGION: region = '', FIX_ROLE: RoleArn = '' } = environment;
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn,
    RoleSessionName: 'eks-warden',
  });
  const answer = services?.answer({
    service: 'sts',
    region,
    accessKey: account,
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  });
  services?.forgetCalls();
  return typeof answer === 'object' ? /<AccessKeyId>(\w+)<\/AccessKeyId>/.exec(answer.body)?.[1] : undefined;
}
