import { parseToObject } from 'hcl2-parser';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { SNIPPETS } from '../../../shared/cli/explain/snippets/index.ts';
import { aws, planned, word } from '../../../shared/cli/explain/snippets/shell.ts';
import type { Snippets } from '../../../shared/cli/explain/snippets/snippet.ts';
import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../../shared/controls/define-control.ts';
import { sampleVerdicts } from '../../support/a-report.ts';
import { commandProblems } from '../../support/aws-commands.ts';
import { HOSTILE_NAMES as HOSTILE, named, PLACES, placeOn } from '../../support/places.ts';
import { shellWords } from '../../support/shell-words.ts';

/** One for each control and kind. */
const FEW = PLACES.filter(
  ({ control, place: { resource } }, at) =>
    PLACES.findIndex((each) => each.control === control && each.place.resource.kind === resource.kind) === at,
);
const snippetsOf = ({ id }: Pick<AnyControl, 'id'>) => SNIPPETS[id] as Snippets;

it('every control has its own, and a reason where a tool has no way', () => {
  expect(Object.keys(SNIPPETS)).toEqual(CATALOGUE.map(({ id }) => id));
  const templates = Object.values(SNIPPETS).flatMap(({ terraform, cloudformation, eksctl }) => [
    terraform,
    cloudformation,
    eksctl,
  ]);
  expect(templates.filter((each) => typeof each !== 'function' && !/^[A-Z].+\.$/.test(each.none))).toEqual([]);
});

it.each(PLACES)('a shell runs what it shows, and AWS knows each call: $name', ({ control, place: at }) => {
  const { cli, console: steps } = snippetsOf(control);
  const words = shellWords(cli(at));
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter(([program]) => program === 'aws').flatMap((call) => commandProblems(call))).toEqual([]);
  expect(words.filter(([program = '']) => !['aws', 'kubectl'].includes(program))).toEqual([]);
  expect(steps(at).filter((step) => !/^[A-Z].+\.$/.test(step))).toEqual([]);
});

it.each(PLACES)('parsers read its files: $name', ({ control, place: at }) => {
  const { terraform, cloudformation, eksctl } = snippetsOf(control);
  if (typeof terraform === 'function') {
    const [read, problem] = parseToObject(terraform(at)) as [{ resource?: object } | null, unknown];
    expect([Object.keys(read?.resource ?? {}).length > 0, problem]).toEqual([true, null]);
  }
  if (typeof cloudformation === 'function') {
    const { Resources } = parse(cloudformation(at)) as {
      Resources: Record<string, { Type: string; Properties: object }>;
    };
    expect(
      Object.values(Resources).map(({ Type, Properties }) => [/^AWS::\w+::\w+$/.test(Type), typeof Properties]),
    ).toEqual([[true, 'object']]);
  }
  if (typeof eksctl === 'function') {
    expect(parse(eksctl(at))).toMatchObject({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'payments' },
    });
  }
});

it.each(HOSTILE)('IN-08: a name stays a word of a shell, and text of a file: %s', (name) => {
  for (const each of FEW) {
    const { control, place: at } = each;
    const { terraform, cloudformation, eksctl, cli } = snippetsOf(control);
    const hostile = named(each, name).place;
    const benign = shellWords(cli(named(each, 'a').place));
    const words = shellWords(cli(hostile));
    const shape = (calls: readonly string[][]) => calls.map((call) => call.slice(0, 3).concat(String(call.length)));
    // A name that begins like an option stands behind an equals sign, in the same word.
    if (!name.startsWith('-')) expect(shape(words)).toEqual(shape(benign));
    expect(words.filter(([program = '']) => !['aws', 'kubectl'].includes(program))).toEqual([]);
    for (const text of [terraform, cloudformation, eksctl])
      if (typeof text === 'function') expect(text(hostile).split('\n').length).toBe(text(at).split('\n').length);
    if (typeof cloudformation === 'function')
      expect(Object.keys((parse(cloudformation(hostile)) as { Resources: object }).Resources)).toHaveLength(1);
    if (typeof eksctl === 'function') expect(parse(eksctl(hostile))).toMatchObject({ metadata: { name } });
    if (typeof terraform === 'function') expect((parseToObject(terraform(hostile)) as unknown[])[1]).toBe(null);
  }
});

it('IN-08: Terraform reads a name as that name', () => {
  const { terraform } = snippetsOf({ id: 'eks-control-plane-logging' });
  if (typeof terraform !== 'function') throw new Error('There is a way.');
  const named = HOSTILE.map((name) => {
    const [read] = parseToObject(terraform(placeOn('cluster', name, { cluster: name }))) as [
      { resource: { aws_eks_cluster: Record<string, [{ name: string }]> } },
    ];
    // The parser gives literal text back as it is written, with the marks that keep it from being a template.
    return Object.values(read.resource.aws_eks_cluster)[0]?.[0].name.replace(/([$%])\1\{/g, '$1{');
  });
  expect(named).toEqual(HOSTILE);
});

it('the call of a plan is the command, word by word', () => {
  const plans = sampleVerdicts().flatMap(({ control, plan, resource: { region } }) =>
    plan === undefined ? [] : [{ control, calls: plan.length, commands: shellWords(planned(plan, region) ?? []) }],
  );
  expect(plans.length).toBeGreaterThan(1);
  expect(plans.filter(({ calls, commands }) => calls !== commands.length)).toEqual([]);
  expect(plans.flatMap(({ commands }) => commands.flatMap((call) => commandProblems(call)))).toEqual([]);
  const input = { name: 'a b', deletionProtection: true, logging: { clusterLogging: [] } };
  expect(shellWords(planned([`eks:UpdateClusterConfig ${JSON.stringify(input)}`], 'eu-west-1') ?? [])).toEqual([
    [
      'aws',
      'eks',
      'update-cluster-config',
      '--name',
      'a b',
      '--deletion-protection',
      '--logging',
      '{"clusterLogging":[]}',
      '--region',
      'eu-west-1',
    ],
  ]);
});

it('a plan that was cut to fit the table is no command', () => {
  expect([
    planned(['eks:UpdateClusterConfig {"name":"pay… (2000 characters, sha256 abc)'], 'eu-west-1'),
    planned([], 'eu-west-1'),
  ]).toEqual([undefined, undefined]);
});

it('IN-08: a word is itself, and an option keeps its value', () => {
  expect(shellWords(HOSTILE.map((text) => `aws ${word(text)}`))).toEqual(HOSTILE.map((text) => ['aws', text]));
  expect(shellWords([aws('eks x', { name: '--profile=root', 'dry-run': false })])).toEqual([
    ['aws', 'eks', 'x', '--name=--profile=root', '--no-dry-run'],
  ]);
});
