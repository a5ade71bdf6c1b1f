import { aws } from './shell.ts';

/** Seeing the rules of a security group that let somebody in, and taking one away. */
export function rulesOf(groupId: string, region: string): string[] {
  return [
    '# Which rules there are; the id of the one to take away in place of RULE_ID:',
    aws('ec2 describe-security-group-rules', { filters: [{ Name: 'group-id', Values: [groupId] }], region }),
    aws('ec2 revoke-security-group-ingress', { groupId, securityGroupRuleIds: ['RULE_ID'], region }),
  ];
}
