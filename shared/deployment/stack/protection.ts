import { ROLES } from '../../aws/entry.ts';
import type { StackSettings } from './settings.ts';

/**
 * What fixes must never be able to change what holds it back, whatever a later control may write: roles of ours, the kill
 * switch, the table with waivers' and approvals' records, the trail that tells of it, and its own code.
 */
export function protectionStatements({ baseline, deployment }: StackSettings) {
  const { killSwitch } = baseline.remediation;
  const here = (service: string, resource: string) =>
    `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
  const role = (name: string) => `arn:\${AWS::Partition}:iam::*:role${deployment.rolePath}${name}`;
  const members = Object.values(ROLES).map(role);
  return [
    never('LeaveOurRoles', ['iam:*'], role(`\${AWS::StackName}-*`), ...members),
    never('LeaveOurFunctions', ['lambda:*'], here('lambda', `function:\${AWS::StackName}-*`)),
    never(
      'LeaveOurTable',
      ['dynamodb:DeleteTable', 'dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive'],
      `\${FindingsTable.Arn}`,
    ),
    never(
      'LeaveTheKillSwitch',
      ['ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion', 'ssm:PutParameter'],
      here('ssm', `parameter/${killSwitch.replace(/^\//, '')}`),
    ),
    never(
      'LeaveTheTrail',
      [
        'cloudtrail:DeleteTrail',
        'cloudtrail:PutEventSelectors',
        'cloudtrail:PutInsightSelectors',
        'cloudtrail:StopLogging',
        'cloudtrail:UpdateTrail',
      ],
      '*',
    ),
  ];
}

function never(Sid: string, Action: readonly string[], ...Resource: readonly string[]) {
  return { Sid, Effect: 'Deny', Action, Resource };
}
