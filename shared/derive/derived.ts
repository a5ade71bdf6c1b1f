import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselineJsonSchema } from '../baseline/json-schema.ts';
import { loadBaseline } from '../baseline/load.ts';
import { CATALOGUE, groupOf } from '../controls/catalogue.ts';
import { deployJsonSchema } from '../deployment/deploy-schema.ts';
import { reportJsonSchema } from '../reports/formats/report-schema.ts';
import { collectorFile } from './collector.ts';
import { controlPage, type Example, indexPage } from './control-page.ts';
import { jsonText } from './json.ts';
import { machineDrawing } from './machine-drawing.ts';
import { withMachine } from './machine-page.ts';
import { memberFile } from './members.ts';
import { eventPatterns } from './patterns.ts';
import { functionPolicies, readPolicy, writePolicy } from './policies.ts';
import { TEMPLATE_SITE } from './site.ts';

/** Everything that follows from the controls, the shipped baseline and the machine, by its path in the repository. */
export function derivedFiles(root: string): ReadonlyMap<string, string> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const { baseline } = loadBaseline(read('baseline.yml'), 'baseline.yml', Date.now());
  const examples: Readonly<Record<string, Example[]>> = JSON.parse(read('docs/controls/examples.json'));
  const groups = [...new Set(CATALOGUE.map(groupOf))].sort();
  const roles = {
    'eks-warden-read': readPolicy(baseline, TEMPLATE_SITE),
    'eks-warden-fix': writePolicy(baseline, TEMPLATE_SITE),
  };
  return new Map([
    ['events/patterns.json', jsonText(eventPatterns(baseline.controls))],
    ['events/policies.json', jsonText({ functions: functionPolicies(baseline, TEMPLATE_SITE), roles })],
    ['events/collector.yml', collectorFile(eventPatterns(baseline.controls))],
    ['events/members.yml', memberFile(baseline)],
    ['docs/baseline.schema.json', jsonText(baselineJsonSchema(CATALOGUE, groups))],
    ['docs/deploy.schema.json', jsonText(deployJsonSchema())],
    ['docs/report.schema.json', jsonText(reportJsonSchema())],
    ['docs/findings-machine.svg', machineDrawing()],
    ['docs/findings.md', withMachine(read('docs/findings.md'))],
    ['docs/controls/README.md', indexPage(CATALOGUE)],
    ...CATALOGUE.map((control): [string, string] => [
      `docs/controls/${control.id}.md`,
      controlPage(control, examples[control.id] ?? []),
    ]),
  ]);
}
