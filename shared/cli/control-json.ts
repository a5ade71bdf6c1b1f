import { groupOf } from '../controls/catalogue.ts';
import type { AnyControl, FixClass, Message, References, Severity } from '../controls/define-control.ts';
import { kindsOf } from '../controls/define-control.ts';
import { type ParamJson, paramsOf } from '../controls/params.ts';
import { readsOf } from '../controls/reads.ts';

/** A control as data: what `controls --format json` prints, in this order of keys. */
export interface ControlJson {
  id: string;
  group: string;
  title: string;
  severity: Severity;
  resources: readonly string[];
  needs: readonly string[];
  triggers: readonly string[];
  /** IAM actions that judging it takes. */
  reads: readonly string[];
  fix: FixClass;
  /** IAM actions that fixing it takes. */
  uses: readonly string[];
  params: readonly ParamJson[];
  references: References;
  why: string;
  howToFix: string;
  messages: Readonly<Record<string, { text: string; severity: Severity }>>;
  notJudged: Readonly<Record<string, string>>;
}

export function controlJson(control: AnyControl): ControlJson {
  const messages = Object.entries(control.messages as Record<string, Message>).map(([name, message]) => [
    name,
    typeof message === 'string' ? { text: message, severity: control.severity } : message,
  ]);
  return {
    id: control.id,
    group: groupOf(control),
    title: control.title,
    severity: control.severity,
    resources: kindsOf(control),
    needs: control.needs,
    triggers: control.triggers,
    reads: readsOf([control]),
    fix: control.fix,
    uses: control.remediation?.uses ?? [],
    params: paramsOf(control),
    references: control.references,
    why: control.why,
    howToFix: control.howToFix,
    messages: Object.fromEntries(messages),
    notJudged: control.notJudged ?? {},
  };
}
