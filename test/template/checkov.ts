import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import type { Check } from './check.ts';

interface Checked {
  check_id: string;
  check_name: string;
  resource: string;
  check_result: { result: string; suppress_comment?: string };
}

interface Report {
  results: { passed_checks: Checked[]; failed_checks: Checked[]; skipped_checks: Checked[]; parsing_errors: string[] };
  summary: { passed: number; failed: number; skipped: number; resource_count: number };
}

/** checkov on each template: nothing fails, and each skip has a reason beside its resource. */
export function checkov(venv: string, templates: readonly string[]): Check[] {
  return templates.map((template) => {
    const { results, summary } = reportOf(venv, template);
    const failed = results.failed_checks.map(
      ({ check_id, check_name, resource }) => `${check_id} ${resource}: ${check_name}`,
    );
    const silent = results.skipped_checks.filter(
      ({ check_result }) => !/\w{3}/.test(check_result.suppress_comment ?? ''),
    );
    return {
      name: `checkov finds nothing wrong in ${basename(template)}`,
      problems: [
        ...failed,
        ...silent.map(({ check_id, resource }) => `${check_id} ${resource} is skipped without a reason.`),
        ...results.parsing_errors.map((file) => `${file} could not be read.`),
        ...(summary.passed === 0 ? ['Nothing was checked.'] : []),
      ],
      notes: [`${summary.passed} passed, ${summary.skipped} skipped`, ...skips(results.skipped_checks)],
    };
  });
}

function skips(skipped: readonly Checked[]): string[] {
  const groups = Map.groupBy(skipped, ({ check_id, check_result }) => `${check_id}: ${check_result.suppress_comment}`);
  return [...groups].map(([reason, those]) => `${those.length} × ${reason}`);
}

function reportOf(venv: string, template: string): Report {
  const args = [
    '--framework',
    'cloudformation',
    '--file',
    template,
    '--output',
    'json',
    '--compact',
    '--skip-download',
  ];
  const environment = { ...process.env, LOG_LEVEL: 'ERROR', CKV_IGNORE_HIDDEN_DIRECTORIES: 'false' };
  const found = spawnSync(join(venv, 'bin', 'checkov'), args, {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 2 ** 26,
  });
  try {
    return JSON.parse(found.stdout) as Report;
  } catch (cause) {
    throw new Error(`checkov did not run: ${found.stderr || found.stdout}`, { cause });
  }
}
