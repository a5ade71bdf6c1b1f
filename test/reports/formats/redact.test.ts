import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import { reportText } from '../../../shared/cli/report/tell-text.ts';
import { FORMATS, render } from '../../../shared/reports/formats/index.ts';
import { redacted } from '../../../shared/reports/formats/redact.ts';
import { aCause, aReport, judged } from '../../support/a-report.ts';
import { aCluster } from '../../support/builders.ts';

const SECRETS = [
  '111122223333',
  '444455556666',
  'assumed-role/Admin',
  'key/5f1c8f0e',
  '198.51.100.23',
  '203.0.113.0',
  '2001:db8:',
  'ada@example.com',
  'grace@example.com',
  'ada.lovelace',
  'aws-cli/2.31.0',
];
const leaky = aReport({
  verdicts: [
    ...aReport().verdicts,
    judged('eks-endpoint-public-cidrs', aCluster({ at: { id: 'of-111122223333_x' } }), {
      shows: 'from 203.0.113.0/24, 2001:db8:7::/48 and ::/0 with arn:aws:kms:eu-west-1:999988887777:key/5f1c8f0e-7d0b.',
      tags: { owner: 'ada@example.com', account: '777766665555' },
      cause: aCause({ actor: { ...aCause().actor, principal: 'ada.lovelace', person: 'ada.lovelace' } }),
    }),
  ],
});
const texts = (report: typeof leaky) => ({
  ...Object.fromEntries(FORMATS.map((format) => [format, render(report, format)])),
  text: reportText(report, { width: 120, colour: createColors(false) }),
});

it('Y-04: no account, ARN, address or person is left in any format', () => {
  const left = Object.entries(texts(redacted(leaky))).flatMap(([format, text]) =>
    [...SECRETS, '999988887777', '777766665555']
      .filter((secret) => text.includes(secret))
      .map((one) => `${one} in ${format}`),
  );
  const before = Object.values(texts(leaky)).join('\n');
  expect([left, SECRETS.filter((secret) => !before.includes(secret))]).toEqual([[], []]);
});

it('Y-04: equal ones stay equal, and what names nobody stays', () => {
  const { verdicts } = redacted(leaky);
  const last = verdicts.at(-1);
  expect([last?.resource, last?.shows, last?.tags, verdicts[0]?.said[0]?.text]).toEqual([
    { account: '000000000001', id: 'of-000000000001_x', kind: 'cluster', region: 'eu-west-1' },
    'from address-2, address-3 and ::/0 with arn:aws:kms:eu-west-1:000000000003:redacted-3.',
    { account: '000000000004', owner: 'person-1' },
    'The API endpoint is reachable from 0.0.0.0/0.',
  ]);
});

it('Y-04: the same report is redacted the same each time, and once is enough', () => {
  const once = redacted(leaky);
  expect([redacted(leaky), redacted(once).verdicts.map(({ id }) => id)]).toEqual([
    once,
    once.verdicts.map(({ id }) => id),
  ]);
});
