import { expect, it } from 'vitest';
import type { Route } from '../../shared/baseline/baseline.ts';
import type { Transition } from '../../shared/findings/finding.ts';
import { audience } from '../../shared/notices/compose.ts';
import { routesFor, weightOf } from '../../shared/notices/routes.ts';
import { aFinding, aRule, aTransition, EVERYBODY, LOGGING } from '../support/notices.ts';

const DAILY: Route = { name: 'daily', when: 'digest', to: ['email'] };
const routed = (
  transition: Partial<Transition>,
  routes: readonly Route[] = [EVERYBODY, DAILY],
  mode: 'observe' | 'notify' = 'notify',
) => {
  const { now, digest } = routesFor(aTransition(transition), aRule({ mode }), 'cluster', routes);
  return { now: now.map(({ name, to }) => `${name}: ${to.join(', ')}`), digest: digest.map(({ name }) => name) };
};

it('sends what opens at once to those who want it at once', () => {
  expect(routed({ to: 'open' })).toEqual({ now: ['everybody: email, slack, chat'], digest: ['daily'] });
});

it('IN-07: a tag chooses among the routes that stand in the baseline, and is no destination itself', () => {
  const payments: Route = {
    name: 'payments',
    when: 'now',
    to: ['slack'],
    slackChannel: '#payments',
    tags: { team: 'a' },
  };
  const audienceFor = (tags: Record<string, string>) =>
    audience(routesFor(aTransition({ tags }), aRule(), 'cluster', [EVERYBODY, payments]).now);
  const everybody = audience([EVERYBODY]);
  const words = ['slack://attackers', '#attackers', 'email:attacker@example.com', 'sns', 'chat'];
  const keys = ['team', 'route', 'to', 'slack', 'slackChannel', 'channel', 'email', 'notify', '__proto__'];
  const hostile = keys.flatMap((key) => words.map((word) => Object.fromEntries([[key, word]])));
  expect(hostile.map(audienceFor)).toEqual(hostile.map(() => everybody));
  expect(audienceFor({ team: 'a', slackChannel: '#attackers' })).toEqual(audience([EVERYBODY, payments]));
});

it('sends nothing in mode observe', () => {
  expect(routed({ to: 'open' }, [EVERYBODY, DAILY], 'observe')).toEqual({ now: [], digest: [] });
});

it('N-05: what is resolved or waived is not mailed unless the route says so', () => {
  expect(routed({ from: 'open', to: 'closed' }).now).toEqual(['everybody: slack, chat']);
  expect(routed({ from: 'open', to: 'waived' }).now).toEqual(['everybody: slack, chat']);
  expect(routed({ from: 'open', to: 'closed' }, [{ ...EVERYBODY, to: ['email'] }]).now).toEqual([]);
  expect(routed({ from: 'open', to: 'closed' }, [{ ...EVERYBODY, also: ['resolved'] }]).now).toEqual([
    'everybody: email, slack, chat',
  ]);
  expect(routed({ from: 'open', to: 'waived' }, [{ ...EVERYBODY, also: ['resolved'] }]).now).toEqual([
    'everybody: slack, chat',
  ]);
  expect(routed({ from: 'open', to: 'waived' }, [{ ...EVERYBODY, also: ['waived'] }]).now).toEqual([
    'everybody: email, slack, chat',
  ]);
});

it('mails the end of a fix of ours in any case', () => {
  expect(routed({ from: 'fixing', to: 'closed' }).now).toEqual(['everybody: email, slack, chat']);
});

it('keeps for the digest what could not be read, even on a route that is told at once', () => {
  expect(routed({ to: 'unsure' })).toEqual({ now: [], digest: ['everybody', 'daily'] });
});

it.each([
  [undefined, 'open', 'alarm'],
  ['unsure', 'open', 'alarm'],
  ['waived', 'open', 'alarm'],
  ['fixing', 'open', 'alarm'],
  ['open', 'fixing', 'alarm'],
  ['open', 'closed', 'relief'],
  ['fixing', 'closed', 'relief'],
  ['open', 'waived', 'relief'],
  ['closed', 'waived', 'quiet'],
  ['waived', 'closed', 'quiet'],
  ['unsure', 'closed', 'quiet'],
  ['closed', 'unsure', 'quiet'],
] as const)('from %s to %s weighs as %s', (from, to, weight) => {
  expect(weightOf({ from, to })).toBe(weight);
});

it.each<[string, Partial<Route>, boolean]>([
  ['severity', { severities: ['high'] }, true],
  ['another severity', { severities: ['critical', 'low'] }, false],
  ['group', { groups: ['cluster'] }, true],
  ['another group', { groups: ['node'] }, false],
  ['control', { controls: [LOGGING] }, true],
  ['another control', { controls: ['node-no-ssh'] }, false],
  ['account', { accounts: ['111122223333'] }, true],
  ['another account', { accounts: ['444455556666'] }, false],
  ['one of the clusters', { clusters: ['payments', 'search'] }, true],
  ['another cluster', { clusters: ['search'] }, false],
  ['tag', { tags: { team: 'shop' } }, true],
  ['another value of the tag', { tags: { team: 'web' } }, false],
  ['a tag that is not there', { tags: { team: 'shop', constructor: 'x' } }, false],
])('a route selects by %s', (_, selector, selected) => {
  expect(routed({}, [{ ...EVERYBODY, ...selector }]).now.length > 0).toBe(selected);
});

it('routes by the severity that the finding has, not the one the control is known for', () => {
  const route: Route = { ...EVERYBODY, severities: ['critical'] };
  expect(routed({ finding: aFinding({ severity: 'critical' }) }, [route]).now).toHaveLength(1);
});
