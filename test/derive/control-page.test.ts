import { expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyControl, defineControl } from '../../shared/controls/define-control.ts';
import { controlPage, indexPage } from '../../shared/derive/control-page.ts';
import { cluster } from '../../shared/resources/cluster.ts';
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';

const whole = defineControl({
  id: 'sample-whole',
  title: 'Nothing <here> is | missing',
  severity: 'high',
  why: 'A page shows all that a control says.',
  howToFix: 'Set a_thing.',
  references: {
    cis: ['1.1'],
    securityHub: ['EKS.1', 'EKS.2'],
    nist: ['AU-2'],
    pci: ['10.2'],
    responsibility: 'shared',
  },
  resources: [cluster],
  needs: ['logGroup'],
  triggers: ['eks:UpdateClusterConfig', 'eks:CreateCluster'],
  fix: 'auto',
  notJudged: { kubernetes: 'What runs inside.' },
  params: z.object({
    most: z.int().min(1).max(9).default(4).describe('How many at most.'),
    names: z.array(z.string()).optional().describe('Their names.'),
  }),
  messages: { many: '{count} are too many.', named: { text: '{name} is wrong.', severity: 'low' } },
  evaluate: ({ pass }) => pass(),
  remediation: { risk: 'It costs.', uses: ['eks:UpdateClusterConfig'], plan: () => [], undo: () => [] },
});

const page = `# Nothing \\<here\\> is \\| missing

\`sample-whole\` · high · GROUP

## Why

A page shows all that a control says.

## How to put it right

Set a\\_thing.

eks-warden can do it with \`eks:UpdateClusterConfig\`, where \`baseline.yml\` has \`sample-whole\` in mode \`approve\` or \`remediate\`.

## What the fix may break

It costs.

It can be undone: what was there before is kept.

## When it is checked

For each EKS cluster, on these events:

- \`eks:CreateCluster\`
- \`eks:UpdateClusterConfig\`

And on those of the life of what it judges: \`eks:DeleteCluster\`, \`eks:TagResource\`, \`eks:UntagResource\`.

Judging it reads \`eks:DescribeCluster\`, \`logs:DescribeLogGroups\`.

## What a finding says

| Message | Severity | Text |
| --- | --- | --- |
| \`many\` | high | {count} are too many. |
| \`named\` | low | {name} is wrong. |

## What can be set

| Param | Value | Default | Meaning |
| --- | --- | --- | --- |
| \`most\` | whole number from 1 to 9 | \`4\` | How many at most. |
| \`names\` | list of: text | not set | Their names. |

## What is not judged here

- What runs inside.

## References

- CIS Amazon EKS Benchmark: 1.1
- AWS Security Hub CSPM: EKS.1, EKS.2
- NIST SP 800-53: AU-2
- PCI DSS: 10.2
- Responsibility: shared with AWS

## Examples

### Passes

- few (\`most: 2\`)

### Fails

- *many*<br>→ 7 are too many. a\\|b is wrong.

### Does not apply

- another cloud

### Unknown, until this control is taught it

- a new value
`;

it('shows all that a control says, in the order that pages have', () => {
  const written = controlPage(whole as unknown as AnyControl, [
    { heading: 'passes', name: 'few', params: { most: 2 } },
    { heading: 'notApplicable', name: 'another cloud' },
    {
      heading: 'fails',
      name: 'U-03: *many*',
      said: [
        { message: 'many', data: { count: 7 } },
        { message: 'named', data: { name: 'a|b' } },
      ],
    },
    { heading: 'unforeseen', name: 'a new value' },
  ]);
  expect(written).toBe(page.replace('*many*', '\\*many\\*').replace('GROUP', ''));
});

const by = (change: object) => controlPage({ ...whole, ...change } as unknown as AnyControl, []);
const partOf = (text: string, title: string) => text.split(`## ${title}\n\n`)[1]?.split('\n\n##')[0];

it.each([
  ['none', whole.remediation, 'It cannot be changed afterwards: it is decided when the resource is made.'],
  ['manual', undefined, 'By a person: eks-warden does not do this.'],
  ['approve', undefined, 'By a person: eks-warden has no plan for it.'],
  [
    'approve',
    whole.remediation,
    'eks-warden can do it with `eks:UpdateClusterConfig`, where `baseline.yml` has `sample-whole` in mode `approve`.',
  ],
  [
    'auto',
    { ...whole.remediation, uses: ['ecr:DeleteRepositoryPolicy'] },
    'By a person: a finding shows the exact call, of `ecr:DeleteRepositoryPolicy`, and eks-warden does not make it.',
  ],
])('says how a fix of class %s is done', (fix, remediation, text) => {
  expect(partOf(by({ fix, remediation }), 'How to put it right')).toBe(`Set a\\_thing.\n\n${text}`);
});

it('says why a fix cannot be undone', () => {
  const remediation = { ...whole.remediation, undo: undefined, irreversible: 'A key stays.' };
  expect(partOf(by({ remediation }), 'What the fix may break')).toBe('It costs.\n\nIt cannot be undone: A key stays.');
});

it('leaves out parts that a control has nothing for', () => {
  const bare = by({ remediation: undefined, params: z.object({}), notJudged: undefined, references: {} });
  const titles = [...bare.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(titles).toEqual(['Why', 'How to put it right', 'When it is checked', 'What a finding says']);
});

it('lists every control under its group', () => {
  const index = indexPage(SAMPLE_CONTROLS.slice(0, 1));
  expect(index.split('\n\n').slice(2)).toEqual([
    '## cluster',
    [
      '| Control | Severity | Fix | What holds |',
      '| --- | --- | --- | --- |',
      '| [eks-control-plane-logging](eks-control-plane-logging.md) | high | auto | All five control-plane log types are on |\n',
    ].join('\n'),
  ]);
});
