import { secretOf } from '../../aws/operator/secrets.ts';
import type { OperatorSession } from '../../aws/operator/session.ts';
import { slackAccess } from '../../notices/slack-secret.ts';
import { SettingError } from '../../runtime/errors.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import type { Deployment } from '../deployment.ts';

const NAMED = { id: 'slack-secret', title: 'Slack secret' };

/** No check where nothing goes to Slack. */
export async function secretChecks(
  session: OperatorSession,
  { slackSecret }: Pick<Deployment, 'slackSecret'>,
  endpoint = process.env.SLACK_ENDPOINT,
): Promise<Check[]> {
  if (slackSecret === undefined) return [];
  const read = await secretOf(session, slackSecret);
  return [checkOf(NAMED, read, (value) => judgeSecret(slackSecret, value, endpoint))];
}

/** Nothing of the secret is ever in what is said. `undefined`: there is none. */
export function judgeSecret(arn: string, value: string | undefined, endpoint?: string): Check {
  if (value === undefined) {
    return wrong(
      NAMED,
      `there is no secret ${arn}.`,
      'Create it in Secrets Manager in the hub\'s region, holding {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "C…"}, or correct slackSecret in deploy.yml.',
    );
  }
  try {
    const access = slackAccess(value, arn, endpoint);
    return fine(NAMED, 'webhook' in access ? 'it holds a webhook.' : 'it holds a token and a channel.');
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return wrong(NAMED, error.message, 'Store a new value in it: docs/slack.md.');
  }
}
