import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { SNIPPETS } from '../../../shared/cli/explain/snippets/index.ts';
import type { Place } from '../../../shared/cli/explain/snippets/snippet.ts';
import type { Fillings } from '../../../shared/controls/define-control.ts';
import type { KindName } from '../../../shared/resources/resource.ts';
import { placeOn } from '../../support/places.ts';
import { shellWords } from '../../support/shell-words.ts';

const saying = (kind: KindName, id: string, reasons: readonly string[], data: Fillings = {}): Place =>
  placeOn(kind, id, { said: reasons.map((reason) => ({ reason, severity: 'high', text: '', data })) });
const commands = (control: string, place: Place) => shellWords(SNIPPETS[control]?.cli(place) ?? []);
/** What is called that changes something. */
const changes = (control: string, place: Place) =>
  commands(control, place)
    .map(([, service, call = '']) => `${service} ${call}`)
    .filter((call) => !/ (?:describe|list|get|lookup)-/.test(call));

const cluster = (...reasons: string[]) => saying('cluster', 'payments', reasons);
const role = (...reasons: string[]) => saying('role', 'nodes', reasons, { issuers: 'oidc.example/id/GONE' });
const trail = (reasons: string[], data: Fillings = {}) =>
  saying('account-region', 'eu-west-1', reasons, { trail: 'all', ...data });

it.each<[string, Place, string[]]>([
  [
    'eks-auth-mode-api',
    cluster('configMap'),
    ['eks update-cluster-config', 'eks wait', 'eks create-access-entry', 'eks update-cluster-config'],
  ],
  ['eks-auth-mode-api', cluster('creatorAdmin'), ['eks delete-access-entry']],
  ['eks-secrets-cmk', cluster('noKey'), ['eks associate-encryption-config']],
  ['eks-secrets-cmk', cluster('awsManaged'), ['eks create-cluster']],
  ['eks-version-supported', cluster('platformBehind'), []],
  ['eks-version-supported', cluster('extended', 'platformBehind'), ['eks update-cluster-version']],
  ['iam-node-role', role('trust'), ['iam update-assume-role-policy']],
  ['iam-node-role', role('admin'), ['iam detach-role-policy', 'iam delete-role-policy']],
  [
    'iam-node-role',
    role('shared'),
    [
      'iam create-role',
      'iam attach-role-policy',
      'iam attach-role-policy',
      'eks create-nodegroup',
      'eks wait',
      'eks delete-nodegroup',
    ],
  ],
  [
    'iam-eks-wildcard-policy',
    saying('policy', 'Admin', ['wildcard']),
    ['iam delete-policy-version', 'iam create-policy-version'],
  ],
  ['trail-enabled', trail(['none']), ['cloudtrail create-trail', 'cloudtrail start-logging']],
  ['trail-enabled', trail(['stopped']), ['cloudtrail start-logging']],
  ['trail-enabled', trail(['oneRegion']), ['cloudtrail update-trail']],
  ['trail-enabled', trail(['leavesOut']), ['cloudtrail put-event-selectors']],
  ['trail-enabled', trail(['lacks'], { details: 'insights' }), ['cloudtrail put-insight-selectors']],
  ['trail-enabled', trail(['lacks'], { details: 'data' }), ['cloudtrail put-event-selectors']],
  ['trail-enabled', trail(['undelivered']), []],
])('only what is wrong is changed, by what can change it: %s %#', (control, place, expected) => {
  expect(changes(control, place)).toEqual(expected);
});

it('a trail of one account becomes one of its organisation', () => {
  expect(commands('trail-enabled', trail(['ownAccountOnly'])).find(([, , call]) => call === 'update-trail')).toEqual(
    'aws cloudtrail update-trail --name all --is-organization-trail --region eu-west-1'.split(' '),
  );
});

it('logs are kept for a period that CloudWatch has, and no shorter one than is asked for', () => {
  const kept = [100, 200, 365, 3653, 9999].map((least) => {
    const place = saying('log-group', '/aws/eks/payments/cluster', ['short'], { days: 30, least });
    const [command = []] = commands('eks-loggroup-retention', place);
    return command[command.indexOf('--retention-in-days') + 1];
  });
  expect(kept).toEqual(['120', '365', '365', '3653', '3653']);
});

it('a role is not pinned again to an issuer that is gone', () => {
  const text = SNIPPETS['iam-irsa-trust-scoped']?.cli(role('orphan')).join('\n') ?? '';
  expect([text.includes('GONE'), text.includes('oidc-provider/ISSUER')]).toEqual([false, true]);
});

it('nodes of Windows stay with Windows', () => {
  const place = saying('nodegroup', 'payments/workers', ['oldWindows']);
  const { terraform, cloudformation, eksctl } = SNIPPETS['node-os-optimized'] ?? {};
  const files = [terraform, cloudformation, eksctl].map((each) => (typeof each === 'function' ? each(place) : ''));
  const texts = [...files, ...commands('node-os-optimized', place).map((words) => words.join(' '))];
  expect(texts.filter((text) => /Bottlerocket|BOTTLEROCKET/.test(text))).toEqual([]);
});

it('IN-08: a trail that none can be called so is not named, for the AWS CLI reads files that are named like addresses', () => {
  const words = commands('trail-enabled', trail(['stopped'], { trail: 'file:///etc/passwd' })).flat();
  expect([words.includes('eks-warden-trail'), words.some((each) => each.includes('passwd'))]).toEqual([true, false]);
});

it('IN-08: what ends a line to some readers of YAML ends none in a file', () => {
  const name = 'a\u2028b\u2029c\u0085d';
  const { eksctl } = SNIPPETS['eks-control-plane-logging'] ?? {};
  const text = typeof eksctl === 'function' ? eksctl(placeOn('cluster', name, { cluster: name })) : '';
  expect([/[\u0085\u2028\u2029]/.test(text), parse(text).metadata.name]).toEqual([false, name]);
});
