import { expect, it } from 'vitest';
import { readBaseline } from '../../shared/baseline/read.ts';
import { SAMPLE_KNOWN } from '../support/sample-catalogue.ts';

/** `line:column sentence` of each problem; none where the text is a baseline. */
function problemsOf(text: string): string[] {
  const read = readBaseline(text, SAMPLE_KNOWN);
  return 'problems' in read ? read.problems.map(({ line, column, problem }) => `${line}:${column} ${problem}`) : [];
}

const MINIMAL = 'catalogue: 1\ncontrols: {}\n';

it('tells every problem of a file at once, in its order, with what to write instead', () => {
  const text = `catalogue: 3
acounts: []
controls:
  eks-control-plane-loging: notify
  eks-control-plane-logging:
    mode: notfy
    severity: hihg
    params:
      requiredTypes: [api, audits]
      requiredType: 1
  sample-manual: remediate
  sample-manual: notify
waivers:
  - control: sample-manul
    resource: 111122223333#eu-west-1#clutser#payments
    reason: ''
    requestedBy: anna
    approvedBy: Anna
    until: 2028-01-01
routes:
  - { name: r, when: later, to: [mail], slackChannel: '#x', groups: [nod] }
remediation: { fixesPerHour: -1 }
`;
  expect(problemsOf(text)).toEqual([
    '1:12 catalogue: this eks-warden knows catalogue 2 at most: write 2.',
    '2:1 acounts: "acounts" is no key here. Did you mean accounts?',
    '4:3 controls["eks-control-plane-loging"]: "eks-control-plane-loging" is no control of this catalogue. Did you mean eks-control-plane-logging?',
    '6:11 controls["eks-control-plane-logging"].mode: "notfy" is not known here. Did you mean notify?',
    '7:15 controls["eks-control-plane-logging"].severity: "hihg" is not known here. Did you mean high?',
    '9:28 controls["eks-control-plane-logging"].params.requiredTypes[1]: "audits" is not known here. Did you mean audit?',
    '10:7 controls["eks-control-plane-logging"].params.requiredType: "requiredType" is no param of this control. Did you mean requiredTypes?',
    '12:3 This key stands here twice: keep one.',
    '14:14 waivers[0].control: "sample-manul" is not known here. Did you mean sample-manual?',
    '15:15 waivers[0].resource: "clutser" is no kind of resource. Did you mean cluster?',
    '16:13 waivers[0].reason: must be text that is not empty, got "".',
    '18:17 waivers[0].approvedBy: must be another person than requestedBy.',
    '19:12 waivers[0].until: must be at most 365 days from today: write 2027-11-21 or earlier.',
    '21:22 routes[0].when: "later" is not known here. Write now or digest.',
    '21:34 routes[0].to[0]: "mail" is not known here. Did you mean email?',
    '21:55 routes[0].slackChannel: has no effect while slack is not among to: add it, or leave this out.',
    '21:70 routes[0].groups[0]: "nod" is not known here. Did you mean node?',
    '22:30 remediation.fixesPerHour: must be at least 0, got -1.',
  ]);
});

const wrong: Record<string, [text: string, problems: string[]]> = {
  'an empty file': ['', ['1:1 The file is empty: write at least catalogue and controls.']],
  'a list': ['- 1', ['1:1 must be a mapping, got a list.']],
  'keys that are missing': [
    'accounts: []',
    ['1:1 catalogue: is missing: it must be a number.', '1:1 controls: is missing: it must be a mapping.'],
  ],
  'a tab': [`${MINIMAL}accounts:\n\t- '111122223333'\n`, ['4:1 Indent with spaces, not with tabs.']],
  'two documents': [`${MINIMAL}---\na: 1\n`, ['3:1 Write one document: remove what comes after ---.']],
  'an alias without its anchor': [
    `${MINIMAL}accounts: *ours\n`,
    ['3:11 The alias *ours has no anchor &ours before it.'],
  ],
  'an account id that is a number and loses its zero': [
    `${MINIMAL}accounts: [012345678901]\n`,
    ['3:12 accounts[0]: must be text: put it in quotes, "012345678901".'],
  ],
  'an account id that is too short': [
    `${MINIMAL}accounts: ['12']\n`,
    ['3:12 accounts[0]: must be an account id of twelve digits, got "12".'],
  ],
  'a control without a mode': [
    'catalogue: 1\ncontrols:\n  sample-manual:\n    params: { least: 2 }\n',
    ['4:5 controls["sample-manual"].mode: is missing: it must be off, observe, notify, approve or remediate.'],
  ],
  'a control without anything': [
    'catalogue: 1\ncontrols:\n  sample-manual:\n',
    ['3:17 controls["sample-manual"]: must be off, observe, notify, approve or remediate or a mapping, got nothing.'],
  ],
  'params of the wrong kind and out of bounds': [
    'catalogue: 1\ncontrols:\n  sample-manual: { mode: notify, params: { least: "8", most: 33, networks: [1.2.3.4/33] } }\n',
    [
      '3:51 controls["sample-manual"].params.least: must be a number, got "8".',
      '3:62 controls["sample-manual"].params.most: must be at most 32, got 33.',
      '3:77 controls["sample-manual"].params.networks[0]: must be an IPv4 network such as 203.0.113.0/24 or an IPv6 network such as 2001:db8::/48, got "1.2.3.4/33".',
    ],
  ],
  'params that are right alone and wrong together in a scope': [
    'catalogue: 1\ncontrols: { sample-manual: notify }\nscopes:\n  - name: a\n    where: { clusters: [a] }\n    controls: { sample-manual: { params: { least: 20 } } }\n',
    ['6:42 scopes[0].controls["sample-manual"].params: least must not be above most.'],
  ],
  'a scope for everything, and one name twice': [
    `${MINIMAL}scopes:\n  - { name: a, where: {}, controls: {} }\n  - { name: a, where: { regions: [eu-west] }, controls: {} }\n`,
    [
      '4:23 scopes[0].where: selects everything: name accounts, regions, clusters or tags.',
      '5:13 scopes[1].name: "a" is the name of an earlier one: choose another.',
      '5:35 scopes[1].where.regions[0]: must be a region such as eu-west-1, or global, got "eu-west".',
    ],
  ],
  'a glob with more than stars for a cluster': [
    `${MINIMAL}scopes:\n  - { name: a, where: { clusters: ["glob:(a+)+$"] }, controls: {} }\n`,
    [
      '4:36 scopes[0].where.clusters[0]: must be the name of a cluster, or glob: and a pattern such as prod-*, got "glob:(a+)+$".',
    ],
  ],
  'an account that may be fixed but is not watched': [
    `${MINIMAL}accounts: ['111122223333']\nremediation: { accounts: ['444455556666'] }\n`,
    ['4:27 remediation.accounts[0]: "444455556666" is not watched: add it to accounts first.'],
  ],
  'aliases that multiply': [
    `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n`,
    ['1:1 Its aliases multiply beyond reason: write the values out.'],
  ],
};
it.each(Object.entries(wrong))('refuses %s', (_, [text, problems]) => {
  expect(problemsOf(text)).toEqual(problems);
});

const fixing: Record<string, [control: string, mode: string, problem: string]> = {
  'a manual fix with approval': [
    'sample-manual',
    'approve',
    'approve is not possible: the fix of sample-manual is of class manual. Write notify.',
  ],
  'a fix that destroys': [
    'sample-destroys',
    'remediate',
    'remediate is not possible: the fix of sample-destroys may call ecr:DeleteRepositoryPolicy, which destroys. Write notify.',
  ],
  'a fix that destroys, with approval': [
    'sample-destroys',
    'approve',
    'approve is not possible: the fix of sample-destroys may call ecr:DeleteRepositoryPolicy, which destroys. Write notify.',
  ],
  'a fix without asking that needs an approval': [
    'sample-approve',
    'remediate',
    "remediate is not possible: the fix of sample-approve needs a person's approval. Write approve.",
  ],
  'a fix of what nothing can fix': [
    'sample-later',
    'remediate',
    'remediate is not possible: the fix of sample-later is of class none. Write notify.',
  ],
};
it.each(Object.entries(fixing))('F-05: refuses %s, at the root and in a scope', (_, [control, mode, problem]) => {
  const root = `catalogue: 2\ncontrols:\n  ${control}: ${mode}\n`;
  const scope = `catalogue: 2\ncontrols: {}\nscopes:\n  - name: a\n    where: { clusters: [a] }\n    controls:\n      ${control}: { mode: ${mode} }\n`;
  expect([problemsOf(root), problemsOf(scope)]).toEqual([
    [`3:${control.length + 5} controls["${control}"]: ${problem}`],
    [`7:${control.length + 17} scopes[0].controls["${control}"].mode: ${problem}`],
  ]);
});

it('takes anchors and aliases, comments, a byte-order mark, and off as a word', () => {
  const text = `\uFEFF# ours
catalogue: 1
accounts: &ours ['111122223333'] # one
controls: { sample-manual: off, eks-control-plane-logging: remediate }
remediation: { accounts: *ours }
`;
  expect(readBaseline(text, SAMPLE_KNOWN)).toEqual({
    data: {
      catalogue: 1,
      accounts: ['111122223333'],
      controls: { 'sample-manual': 'off', 'eks-control-plane-logging': 'remediate' },
      remediation: { accounts: ['111122223333'] },
    },
  });
});
