import { ASSUMED, type CostLine, dollarsOf } from '../../reports/cost.ts';
import measured from '../../reports/measured.json' with { type: 'json' };
import { costOfMonth, FORWARDED, RESOURCES_PER_CLUSTER, scopesFor } from '../../reports/month.ts';
import type { Output } from '../output.ts';
import { type Column, headText, tableText, widthsFor } from '../table.ts';
import { safeJson } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';
import type { CostOptions } from './command.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Item', least: 30 },
  { title: 'Quantity', least: 12, fixed: true },
  { title: 'Dollars', least: 9, fixed: true },
];

const ONE_HUB =
  'Metrics, alarms and keys cost the same for one cluster and for a thousand: one hub for all accounts and regions, not one each.';
const FEWER = 'Controls that are off bring fewer events, and each event fewer looks.';

/** What would lower an item, if anything but fewer clusters and events would. */
const LOWER: Readonly<Record<string, string>> = {
  'SQS: asking empty queues':
    'Lambda asks each queue all the time: without Slack in deploy.yml there is one queue less, without a control in approve or remediate another.',
  'CloudWatch: metrics': ONE_HUB,
  'CloudWatch: alarms': ONE_HUB,
  'KMS: keys': ONE_HUB,
  'CloudWatch Logs: GB': 'A function writes one line an invocation; controls that are off ask for fewer events.',
  'DynamoDB: write units': FEWER,
  'DynamoDB: read units': FEWER,
  'SQS: send, receive and delete': FEWER,
  'Lambda: GB-seconds': 'Most of it is waiting for AWS to answer: controls that are off read less.',
  'Lambda: invocations': 'Changes that come together share an invocation already; controls that are off bring fewer.',
  'EventBridge: events from other regions and accounts':
    'A hub in the region where most clusters are gets their events for nothing.',
};
const MOST_TIPS = 3;

/** The month, item by item, as a table or as JSON. */
export function costText({ clusters, events, format }: CostOptions, output: Pick<Output, 'colour' | 'width'>): string {
  const lines = costOfMonth({ clusters, events }, measured);
  const dollars = dollarsOf(lines);
  if (format === 'json') {
    const assumed = { ...ASSUMED, forwarded: FORWARDED, resources: clusters * RESOURCES_PER_CLUSTER };
    return safeJson({ clusters, events, scopes: scopesFor(clusters), dollars, lines, assumed, measured }, 2);
  }
  return tableOf(lines, dollars, { clusters, events }, output);
}

function tableOf(
  lines: readonly CostLine[],
  dollars: number,
  { clusters, events }: Pick<CostOptions, 'clusters' | 'events'>,
  output: Pick<Output, 'colour' | 'width'>,
): string {
  const worst = [...lines].sort((a, b) => b.dollars - a.dollars);
  const rows = [...worst.map(rowOf), ['In all, a month', '', money(dollars)]];
  const widths = widthsFor(COLUMNS, rows, output.width);
  const { width = 100 } = output;
  const tips = [...new Set(worst.flatMap(({ item }) => LOWER[item] ?? []))].slice(0, MOST_TIPS);
  return [
    headText(COLUMNS, widths, output),
    tableText(rows, widths, output),
    '',
    'What would lower it',
    ...tips.flatMap((tip) => wrapped(tip, width)),
    '',
    ...assumptions(clusters, events).flatMap((text) => wrapped(text, width).map((line) => line.slice(2))),
  ].join('\n');
}

function rowOf({ item, quantity, dollars }: CostLine): string[] {
  const digits = quantity > 0 && quantity < 10 ? 3 : 0;
  return [item, quantity.toLocaleString('en-GB', { maximumFractionDigits: digits }), money(dollars)];
}

function money(dollars: number): string {
  return dollars.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function assumptions(clusters: number, events: number): string[] {
  const estate = `${clusters.toLocaleString('en-GB')} clusters with ${RESOURCES_PER_CLUSTER} resources each, ${events.toLocaleString('en-GB')} events`;
  return [
    `For ${estate}. Calls, units and log lines are counted; prices are AWS's list prices in us-east-1 without free tiers. Most other regions are up to a fifth dearer.`,
    `Assumed: ${ASSUMED.awsRead} ms for an answer of AWS, ${ASSUMED.newsworthy * 100} % of the events open or close something, ${FORWARDED * 100} % come from another region or account.`,
  ];
}
