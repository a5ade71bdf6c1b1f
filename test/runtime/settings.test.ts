import { expect, it } from 'vitest';
import { SettingError } from '../../shared/runtime/errors.ts';
import { settings } from '../../shared/runtime/settings.ts';

const NAMES = ['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'OWN_ACCOUNT'] as const;

it('gives just the settings that were asked for', () => {
  const environment = { FINDINGS_TABLE: 'findings', RECHECKS_QUEUE: 'q', OWN_ACCOUNT: '111122223333', PATH: '/bin' };
  expect(settings(NAMES, environment)).toEqual({
    FINDINGS_TABLE: 'findings',
    RECHECKS_QUEUE: 'q',
    OWN_ACCOUNT: '111122223333',
  });
});

it('names all that are missing at once, an empty one among them', () => {
  expect(() => settings(NAMES, { RECHECKS_QUEUE: '' })).toThrow(
    new SettingError(
      'Settings are missing from the environment: FINDINGS_TABLE, RECHECKS_QUEUE, OWN_ACCOUNT. Deploy the function again.',
    ),
  );
});

it('tells names and never values', () => {
  const secret = 'xoxb-canary';
  expect(() => settings(NAMES, { FINDINGS_TABLE: secret })).toThrow(/^(?!.*xoxb)/s);
});
