import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Topic, World } from '../../shared/aws/world.ts';
import type { Route, Rule } from '../../shared/baseline/baseline.ts';
import type { Cause } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import type { Finding, ResourceState, Transition } from '../../shared/findings/finding.ts';
import { noticeOf } from '../../shared/notices/compose.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { keyOf } from '../../shared/resources/resource.ts';
import { TestWorld } from './a-world.ts';

export const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);
export const PAYMENTS = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' } as const;
export const LOGGING = logging.id;
export const groupOf = () => 'cluster';

export function aCause(actor: Partial<Cause['actor']> = {}): Cause {
  return {
    eventId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    event: 'eks:UpdateClusterConfig',
    time: NOON - 20_000,
    actor: {
      type: 'AssumedRole',
      principal: 'arn:aws:sts::111122223333:assumed-role/Admin/ana@example.com',
      role: 'arn:aws:iam::111122223333:role/Admin',
      person: 'ana@example.com',
      confidence: 'certain',
      channel: 'console',
      address: '203.0.113.7',
      mfa: true,
      asCode: false,
      ...actor,
    },
  };
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    state: 'open',
    severity: 'high',
    said: [
      {
        reason: 'auditMissing',
        severity: 'high',
        text: 'Audit or authenticator logs are off: audit.',
        data: { missing: 'audit' },
      },
    ],
    shows: 'on: api',
    before: 'on: api, audit',
    firstSeen: NOON,
    since: NOON,
    cause: aCause(),
    ...overrides,
  };
}

/** The stored item of the cluster, with one finding unless told otherwise. */
export function aState(
  findings: Record<string, Finding> = { [LOGGING]: aFinding() },
  overrides: Partial<ResourceState> = {},
): ResourceState {
  return {
    ...PAYMENTS,
    pk: keyOf(PAYMENTS),
    sk: 'state',
    schema: 1,
    version: 7,
    observedAt: NOON,
    generation: '2026-01-01T00:00:00.000Z',
    clusters: ['payments'],
    links: [],
    tags: { team: 'shop' },
    findings,
    ...overrides,
  };
}

export function aTransition(overrides: Partial<Transition> = {}): Transition {
  const { to = 'open', from = undefined } = overrides;
  return {
    resource: PAYMENTS,
    control: LOGGING,
    from,
    to,
    finding: aFinding({ state: to }),
    generation: '2026-01-01T00:00:00.000Z',
    clusters: ['payments'],
    tags: { team: 'shop' },
    version: 7,
    ...overrides,
  };
}

export function aRule(overrides: Partial<Rule> = {}): Rule {
  return { control: logging as AnyControl, mode: 'notify', params: {}, always: false, ...overrides };
}

export const EVERYBODY: Route = { name: 'everybody', when: 'now', to: ['email', 'slack', 'chat'] };

export function aNotice(
  transition: Partial<Transition> = {},
  rule: Partial<Rule> = {},
  now: readonly Route[] = [EVERYBODY],
): Notice {
  return noticeOf([{ transition: aTransition(transition), rule: aRule(rule), now }]);
}

/** A notice in whose every free text the given one stands, of several findings. */
export function aHostileNotice(text: string, overrides: Partial<Transition> = {}): Notice {
  const actor = { principal: text, role: text, person: text, address: text, userAgent: text };
  const finding = aFinding({
    state: overrides.to ?? 'open',
    said: Array.from({ length: 25 }, () => ({ reason: text, severity: 'critical', text, data: {} })),
    shows: text,
    before: text,
    unread: { why: text, missing: text },
    waiver: { reason: text, until: text, approvedBy: text, ticket: text },
    notJudged: text,
    fix: { id: text, status: 'held', why: text, action: text },
    cause: { ...aCause(actor), eventId: text, event: text },
  });
  const resource = { ...PAYMENTS, id: text, account: text, region: text };
  const transition = aTransition({ resource, finding, clusters: [text, `${text}2`], generation: text, ...overrides });
  const control = { ...logging, title: text, why: text, howToFix: text } as AnyControl;
  const one = { transition, rule: aRule({ control }), now: [{ ...EVERYBODY, slackChannel: text }] };
  return noticeOf([one, one, one]);
}

export function aRecord(
  before: object | undefined,
  after: object | undefined,
  overrides: Partial<DynamoDBRecord> = {},
): DynamoDBRecord {
  const image = (item: object) => marshall(item, { removeUndefinedValues: true }) as never;
  return {
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      SequenceNumber: '100',
      ...(before === undefined ? {} : { OldImage: image(before) }),
      ...(after === undefined ? {} : { NewImage: image(after) }),
    },
    ...overrides,
  };
}

export type Publication = Parameters<Topic['publish']>[0];

/** A world whose topic, secret and log lines a test reads. */
export function aListeningWorld(secret = '{"webhook":"https://hooks.slack.com/services/T0/B0/canary"}') {
  const test = new TestWorld(NOON);
  const publications: Publication[] = [];
  const lines: string[] = [];
  const line = (message: string, fields: object = {}) => void lines.push(JSON.stringify({ message, ...fields }));
  const durations: number[] = [];
  const world: World = {
    ...test,
    notices: { publish: async (publication) => void publications.push(publication) },
    secret: async () => secret,
    log: { info: line, warn: line, error: line },
    metrics: { count: test.metrics.count, duration: (_, milliseconds) => void durations.push(milliseconds) },
  };
  return { world, table: test.table, counts: test.counts, publications, lines, durations };
}
