import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsSession } from '../../shared/aws/session.ts';
import type { AwsBatch } from '../../shared/aws/world.ts';
import type { Rule } from '../../shared/baseline/baseline.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { looker } from '../../shared/findings/look.ts';
import { readState } from '../../shared/findings/state-table.ts';
import type { AnyKind } from '../../shared/resources/kind.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import { startAuditedAccounts } from '../support/cloud/audited/index.ts';
import type { AnyTable } from '../support/control-table.ts';
import { controlTables } from '../support/control-tables.ts';
import { anEstate, estateOf, linkEstate } from '../support/estate.ts';
import { changedAnswers, pathsOf, without } from '../support/left-out.ts';
import { memoryTable } from '../support/memory-table.ts';
import { TABLE_NOW } from '../support/test-control.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const START = Date.parse('2026-11-20T10:00:00Z');
const ESTATE = estateOf(ACCOUNT, REGION);
const TABLES = await controlTables();

let cloud: Awaited<ReturnType<typeof startAuditedAccounts>>;
/** Remembers what it read: the account stays as it is. */
let batch: AwsBatch;
const linked = memoryTable();

beforeAll(async () => {
  cloud = await startAuditedAccounts({ now: () => START, accounts: { [ACCOUNT]: anEstate(ACCOUNT, REGION) } });
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'sample' };
  const home = { account: ACCOUNT, region: REGION };
  const session = awsSession({ home, now: () => START, client: { sdk: { endpoint: cloud.url, credentials } } });
  await linkEstate(session, linked, ESTATE);
  batch = session.batch();
});
afterAll(() => cloud.stop());

type Change = (action: string, answer: unknown) => unknown;

/** What one look says whose answers come changed. */
async function look(control: AnyControl, resource: Resource, change: Change): Promise<string> {
  const world = new TestWorld(START);
  const table = memoryTable(linked.all());
  const recheck = { resource, seenAt: START, life: 'changed', why: 'event' } as const;
  const outcome = await looker({ ...world, now: () => START, table }, aBaseline([control]))(
    recheck,
    changedAnswers(batch, change),
  );
  const state = (await readState(table, resource))?.findings[control.id]?.state;
  return `${outcome}: ${state}`;
}

/** Every answer that one look gets, with the paths of its fields. */
async function answersOf(control: AnyControl, resource: Resource): Promise<Map<string, Set<string>>> {
  const paths = new Map<string, Set<string>>();
  await look(control, resource, (action, answer) => {
    paths.set(action, new Set([...(paths.get(action) ?? []), ...pathsOf(answer)]));
    return answer;
  });
  return paths;
}

const CELLS = CATALOGUE.flatMap((control) =>
  control.resources
    .filter(({ base }) => base !== undefined)
    .map((kind): [string, string, AnyControl, AnyKind] => [control.id, kind.kind, control, kind]),
);

it.each(CELLS)('U-01: %s on a %s: any field left out of any answer is judged or unknown', async (_, name, control) => {
  const met: string[] = [];
  for (const resource of ESTATE.filter(({ kind }) => kind === name)) {
    for (const [action, paths] of await answersOf(control, resource)) {
      for (const path of paths) {
        const word = await look(control, resource, (asked, answer) =>
          asked === action ? without(answer, path) : answer,
        );
        if (!/^judged: (closed|open|unsure)$/.test(word)) met.push(`${keyOf(resource)}: ${action} ${path}: ${word}`);
      }
    }
  }
  expect(met).toEqual([]);
});

const JUDGED = CATALOGUE.flatMap((control): [string, AnyControl][] => [[control.id, control]]);

/** What we add to an answer, facets as a whole, and what is worked out from routes: they are never left out. */
const OURS = /^(?:kind|at|partition|usedBy)\b|^facets(?:\.\w+)?$|^facets\.subnets\[\]\.public$/;

/**
 * What its absence means is what the control's own examples show: leaving a field out may only turn a failure into a
 * pass, or into what does not apply, where some example with that verdict has no such field either.
 */
it.each(JUDGED)('U-01: %s: no failure passes because a field of it was left out', (id, control) => {
  const table = TABLES.get(id) ?? { passes: {}, fails: {} };
  const fieldsOf = (rows: AnyTable['passes'] = {}) =>
    Object.values(rows).map(({ subject }) => new Set(pathsOf(subject)));
  const shown = { pass: fieldsOf(table.passes), 'not-applicable': fieldsOf(table.notApplicable) };
  const met = Object.entries(table.fails).flatMap(([name, { subject, params, now }]) => {
    const rule: Rule = { control, mode: 'notify', always: false, params: control.params.parse(params ?? {}) };
    return pathsOf(subject)
      .filter((path) => !OURS.test(path))
      .filter((path) => {
        const { verdict } = judge(rule, without(subject, path) as AnySubject, new Date(now ?? TABLE_NOW));
        if (verdict !== 'pass' && verdict !== 'not-applicable') return false;
        return shown[verdict].every((fields) => fields.has(path));
      })
      .map((path) => `${name}: ${path}`);
  });
  expect(met).toEqual([]);
});
