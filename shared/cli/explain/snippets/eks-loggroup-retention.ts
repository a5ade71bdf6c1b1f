import { LOG_DAYS } from '../../../deployment/deploy-schema.ts';
import { cloudFormation, eksctlFile } from './files.ts';
import { resource } from './hcl.ts';
import { aws } from './shell.ts';
import { type Place, type Snippets, told } from './snippet.ts';

const name = ({ resource: { kind, id } }: Place) => (kind === 'log-group' ? id : `/aws/eks/${id}/cluster`);

/** The shortest period that CloudWatch Logs has and that is long enough. */
function days(place: Place): number {
  const wanted = Number(told(place, 'least') ?? told(place, 'days') ?? 90);
  return LOG_DAYS.find((each) => each >= wanted) ?? Math.max(...LOG_DAYS);
}

export const eksLoggroupRetention: Snippets = {
  cli(place) {
    const { region, kind } = place.resource;
    const logGroupName = name(place);
    return [
      ...(kind === 'cluster' ? [aws('logs create-log-group', { logGroupName, region })] : []),
      aws('logs put-retention-policy', { logGroupName, retentionInDays: days(place), region }),
    ];
  },
  console: (place) => [
    `In CloudWatch, Log groups, find ${name(place)}; make it if it is not there.`,
    `Choose Actions, Edit retention setting, take ${days(place)} days, and save.`,
  ],
  terraform: (place) =>
    resource('aws_cloudwatch_log_group', place.cluster, { name: name(place), retention_in_days: days(place) }),
  cloudformation: (place) =>
    cloudFormation('ControlPlaneLogs', 'Logs::LogGroup', { LogGroupName: name(place), RetentionInDays: days(place) }),
  eksctl: (place) => eksctlFile(place, { cloudWatch: { clusterLogging: { logRetentionInDays: days(place) } } }),
};
