import { expect, it } from 'vitest';
import { importsOf, type SourceFile, sourceFiles } from '../support/source-files.ts';

/** Each folder may use those before it; folders that stand together know each other's types only. */
const LAYERS = [
  ['runtime'],
  ['aws'],
  ['resources'],
  ['changes', 'controls'],
  ['baseline', 'evaluation'],
  ['findings'],
  ['notices', 'remediation', 'reports'],
  ['sweep', 'derive'],
  ['functions', 'deployment'],
  ['cli'],
];
/** It writes down what follows from these, and sees nothing that acts. */
const SEEN_BY_DERIVE = [
  /^shared\/(?:runtime|resources|changes|controls|baseline|derive)\//,
  /^shared\/aws\/(?:actions|entry|partition)\.ts$/,
  /^shared\/findings\/(?:finding|machine)\.ts$/,
  // The shapes of files, for their JSON Schemas.
  /^shared\/deployment\/deploy-schema\.ts$/,
  /^shared\/reports\/formats\/report-schema\.ts$/,
];

const code = sourceFiles('shared/**/*.ts', 'functions/**/*.ts');
const folderOf = (path: string) => (path.startsWith('functions/') ? 'functions' : (path.split('/')[1] ?? ''));
const layerOf = (path: string) => LAYERS.findIndex((folders) => folders.includes(folderOf(path)));
const isOurs = (path: string) => /^(?:shared|functions|test)\//.test(path);

const imports = code.flatMap((file) => importsOf(file).map((each) => ({ ...each, by: file.path })));
const ours = imports.filter(({ from }) => isOurs(from));
const told = (some: readonly { by: string; from: string }[]) => some.map(({ by, from }) => `${by} imports ${from}`);

it('every folder has its place in the order', () => {
  const folders = new Set(code.map(({ path }) => folderOf(path)));
  expect([...folders].filter((folder) => !LAYERS.flat().includes(folder))).toEqual([]);
});

it('a folder imports only from those before it', () => {
  const wrong = ours
    .filter(({ by }) => folderOf(by) !== 'derive')
    .filter(({ by, from, typeOnly }) => {
      if (folderOf(from) === folderOf(by)) return false;
      const steps = layerOf(by) - layerOf(from);
      return layerOf(from) < 0 || steps < 0 || (steps === 0 && !typeOnly);
    });
  expect(told(wrong)).toEqual([]);
});

it('derive sees controls, resources, changes, the baseline and the machine only', () => {
  const wrong = ours.filter(
    ({ by, from }) => folderOf(by) === 'derive' && !SEEN_BY_DERIVE.some((seen) => seen.test(from)),
  );
  expect(told(wrong)).toEqual([]);
});

it('nothing that is deployed imports a test', () => {
  expect(told(ours.filter(({ from }) => from.startsWith('test/')))).toEqual([]);
});

it('AWS clients are imported at run time only by shared/aws', () => {
  const clients = imports.filter(({ from, typeOnly }) => from.startsWith('@aws-sdk/client-') && !typeOnly);
  expect(told(clients.filter(({ by }) => !by.startsWith('shared/aws/')))).toEqual([]);
});

it('imports of our own files name them with their endings', () => {
  expect(told(ours.filter(({ from }) => !/\.(?:ts|yml|json)$/.test(from)))).toEqual([]);
});

const tests = sourceFiles('test/**/*.ts');

it('every file under test is a test, or stands where no test is expected', () => {
  const runs = /\.test\.ts$|^test\/(?:support|demo|bench|stack|template|fixes)\//;
  expect(tests.map(({ path }) => path).filter((path) => !runs.test(path))).toEqual([]);
});

const BANNED = 'Manager|Service|Helper|Utils?|Data|Info|Base|Impl|Processor';

/** Types, interfaces and classes that a file declares. */
function typesOf({ path, text }: SourceFile): string[] {
  const names = text.matchAll(/^(?:export )?(?:abstract )?(?:class|interface|type) (\w+)/gm);
  return [...names].map(([, name]) => `${path}: ${name}`);
}

it('no name ends in a word that says nothing', () => {
  const suffix = new RegExp(`[a-z](?:${BANNED})$`);
  expect(code.flatMap(typesOf).filter((name) => suffix.test(name))).toEqual([]);
  // Secrets Manager is what AWS calls it.
  const file = new RegExp(`(?<!^.*/secrets)-(?:${BANNED})(?:\\.test)?\\.ts$`, 'i');
  expect([...code, ...tests].filter(({ path }) => file.test(path)).map(({ path }) => path)).toEqual([]);
});

it('files and folders are in kebab-case, and no folder is a drawer', () => {
  const paths = [...code, ...tests].map(({ path }) => path);
  expect(
    paths.filter((path) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+[a-z0-9-]+(?:\.test|\.stack|\.d)?\.ts$/.test(path)),
  ).toEqual([]);
  expect(
    paths.filter((path) => /^(?:shared|functions)\/.*\b(?:utils|helpers|common|services|types|models)\//.test(path)),
  ).toEqual([]);
});

it('no ARN names a partition', () => {
  expect(code.filter(({ text }) => /arn:aws(?:-[a-z-]+)?:/.test(text)).map(({ path }) => path)).toEqual([]);
});
