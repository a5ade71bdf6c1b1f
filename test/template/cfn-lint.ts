import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { REGION } from '../stack/place.ts';
import type { Check } from './check.ts';

interface Match {
  Level: 'Error' | 'Warning' | 'Informational';
  Message: string;
  Rule: { Id: string };
  Location: { Path?: readonly (string | number)[] | null };
}

/** Warnings that are right as they are. Every other one is a problem, and so is one of these that no longer occurs. */
const EXPLAINED: Readonly<Record<string, string>> = {
  W3005: 'the framework lets each function depend on its role and log group, which it refers to as well',
};

/** cfn-lint on each template: no error, and no warning that nobody explained. */
export function cfnLint(venv: string, templates: readonly string[]): Check[] {
  const seen = new Set<string>();
  const checks = templates.map((template): Check => {
    const matches = matchesOf(venv, template);
    for (const { Rule } of matches) seen.add(Rule.Id);
    const explained = Object.groupBy(matches, ({ Rule }) => (EXPLAINED[Rule.Id] ? Rule.Id : 'problem'));
    const { problem = [], ...others } = explained;
    return {
      name: `cfn-lint finds nothing wrong in ${basename(template)}`,
      problems: problem.map(
        ({ Rule, Level, Message, Location }) => `${Rule.Id} ${Level} at ${(Location.Path ?? []).join('/')}: ${Message}`,
      ),
      notes: Object.entries(others).map(([id, those]) => `${id} × ${those?.length ?? 0}: ${EXPLAINED[id]}`),
    };
  });
  const stale = Object.keys(EXPLAINED).filter((id) => !seen.has(id));
  const problems = stale.map((id) => `${id} occurs no more: take it out of the list.`);
  return [...checks, { name: 'every explained warning still occurs', problems, notes: [] }];
}

function matchesOf(venv: string, template: string): Match[] {
  const args = ['--format', 'json', '--regions', REGION, '--', template];
  const { stdout, stderr, status } = spawnSync(join(venv, 'bin', 'cfn-lint'), args, { encoding: 'utf8' });
  if (stdout.trim() === '' && status !== 0) throw new Error(`cfn-lint did not run: ${stderr}`);
  return JSON.parse(stdout.trim() || '[]') as Match[];
}
