import { ref } from '../../derive/cloudformation.ts';
import { busPolicy } from '../bus-policy.ts';
import { watchedRegions } from '../watched-regions.ts';
import { alarmResources } from './alarms.ts';
import { encryptionOf, keyResources, topicKey } from './encryption.ts';
import { fixingResources } from './fixing.ts';
import { functionExtras } from './functions.ts';
import { noticeResources } from './notices.ts';
import { queueResources } from './queues.ts';
import { roleResources } from './roles.ts';
import { ruleResources } from './rules.ts';
import type { StackSettings } from './settings.ts';
import { nightly, sweepDefinition } from './sweep.ts';

/** What `serverless.yml` includes as `custom.hub`: settings of `deploy.yml` in the form it needs them, and what is repeated. */
export function hubOf(settings: StackSettings) {
  const { deployment, baseline } = settings;
  const { name, region, email, tags, logDays, vpc, keepTable, sweep, kmsKey, slackSecret = '' } = deployment;
  const fixes = baseline.fixed.length > 0;
  return {
    name,
    region,
    email,
    logDays,
    slackSecret,
    tags: { ...tags, 'eks-warden': name },
    ...(vpc ? { vpc: { subnetIds: vpc.subnets, securityGroupIds: vpc.securityGroups } } : {}),
    ...(kmsKey ? { kmsKey } : {}),
    keep: keepTable ? 'Retain' : 'Delete',
    encryption: { ...encryptionOf(deployment), topic: topicKey(deployment) },
    watchedRegions: watchedRegions(deployment).join(','),
    busPolicy: busPolicy(deployment, baseline.accounts),
    environment: environmentOf(settings),
    fixesQueue: fixes ? ref('FixesQueue') : '',
    sweep: { ...sweep, cron: nightly(sweep), definition: sweepDefinition() },
    resources: {
      ...queueResources(settings),
      ...ruleResources(baseline),
      ...keyResources(deployment),
      ...noticeResources(settings),
      ...fixingResources(settings),
      ...roleResources(settings),
      ...alarmResources(settings),
    },
    extensions: functionExtras(settings),
  };
}

/** What every function is told; an entry that is not set is left out. */
function environmentOf({ deployment }: StackSettings) {
  const { externalId, rolePath } = deployment;
  return {
    FINDINGS_TABLE: ref('FindingsTable'),
    OWN_ACCOUNT: ref('AWS::AccountId'),
    ...(externalId ? { EXTERNAL_ID: externalId } : {}),
    ...(rolePath === '/' ? {} : { ROLE_PATH: rolePath }),
  };
}
