import { word } from '../../../shared/cli/explain/snippets/shell.ts';
import type { Names } from '../../support/cloud/audited/index.ts';

/** One way in which one control fails in an account, and what a person has to know to follow what `explain` says. */
export interface Case {
  control: string;
  /** The message that says it. */
  reason: string;
  /** Laid over an account that is in order, as a merge patch. */
  wrong(names: Names): object;
  /** The control's own settings, where the message needs some. */
  params?: object;
  /** What stands in place of each word in capitals; null: there is no such thing, so its line is left out. A command: what it writes. */
  words?(names: Names): Readonly<Record<string, string | null>>;
  /** What becomes of the finding: it passes where nothing else is said. */
  ends?: 'gone';
  /** Why moto cannot tell. */
  notInMoto?: string;
  /** How often the fix is followed until it is done. */
  rounds?: number;
}

/** A patch of one region. */
export const here = ({ region }: Names, patch: object): object => ({ regions: { [region]: patch } });

/** What shows the rule of a security group that lets a network in. */
export const ruleFrom = (group: string, source: string): string => {
  const query = `SecurityGroupRules[?IsEgress==\`false\` && CidrIpv4=='${source}'].SecurityGroupRuleId | [0]`;
  return `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group} --output text --query ${word(query)}`;
};
