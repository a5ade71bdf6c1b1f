import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { slackAccess } from '../../shared/notices/slack-secret.ts';
import { SLACK_SCOPES } from '../../shared/notices/slack-send.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'slack.md'), 'utf8');
const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:eks-warden-slack-a1b2c3';

it('the manifest of the app asks for the scopes that the methods take which we call, and no others', () => {
  const [, manifest = ''] = /```text\n(display_information:[\s\S]*?)```/.exec(PAGE) ?? [];
  const { oauth_config: config, settings } = parse(manifest);
  expect(config).toEqual({ scopes: { bot: [...new Set(Object.values(SLACK_SCOPES))] } });
  expect(Object.values(settings)).toEqual([false, false, false]);
});

it('the secrets that the page shows are taken', () => {
  const shown = [...PAGE.matchAll(/\{"(?:webhook|token)": [^}]*\}/g)].map(([text]) => text.replaceAll('…', 'x'));
  const kinds = shown.map((text) => Object.keys(slackAccess(text, ARN, undefined)));
  expect(kinds).toEqual([['webhook'], ['token', 'channel', 'api'], ['token', 'channel', 'api']]);
});
