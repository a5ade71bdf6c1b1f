import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import type { RecheckLine } from '../../shared/cli/replay/replayed.ts';
import { tableTeller } from '../../shared/cli/replay/tell-table.ts';

const line: RecheckLine = {
  eventId: '1',
  event: 'eks:UpdateClusterConfig',
  kind: 'cluster',
  id: 'payments',
  account: '111122223333',
  region: 'eu-west-1',
  actor: 'arn:aws:sts::111122223333:assumed-role/terraform-deploy/GitHubActions',
  channel: 'terraform',
  controls: ['eks-control-plane-logging', 'eks-deletion-protection', 'eks-endpoint-private-enabled'],
};
const nothing = { verdicts: [], findings: [], notices: [] };

function told(width: number | undefined, time: number): string[] {
  const lines: string[] = [];
  const out = (text: string) => void lines.push(...text.split('\n'));
  const teller = tableTeller({ out, err: out, colour: createColors(false), width });
  teller.recheck(line, { time, address: '203.0.113.140' });
  teller.end({ events: 1, ignored: {} }, nothing);
  return lines;
}

it('puts the controls below their row on a terminal', () => {
  expect(told(120, Date.parse('2026-11-20T10:12:03Z')).slice(1, -2)).toEqual([
    '2026-11-20 10:12:03  eks:UpdateClusterConfig  cluster payments         terraform-deploy/        terraform  203.0.113.140',
    '                                              (111122223333 eu-west-   GitHubActions',
    '                                              1)',
    '  eks-control-plane-logging, eks-deletion-protection, eks-endpoint-private-enabled',
  ]);
});

it.each([60, 80, 100, 120, 200])('fits a terminal of %i columns', (width) => {
  expect(told(width, 0).filter((text) => text.length > width)).toEqual([]);
});

it('leaves the time of an event without one empty', () => {
  expect(told(undefined, 0)[1]).toMatch(/^ {2,}eks:UpdateClusterConfig /);
});
