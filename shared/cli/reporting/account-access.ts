import { callerOf } from '../../aws/operator/callers.ts';
import { ownRegion } from '../../aws/operator/own-region.ts';
import { enabledRegions } from '../../aws/operator/regions.ts';
import { needed, type OperatorSession, operatorSession } from '../../aws/operator/session.ts';
import { iamRegionOf } from '../../aws/partition.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { isId } from '../../resources/ids.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { checkProfile } from './profiles.ts';

/** Which account is meant, and with which credentials. */
export interface Access {
  profile?: string;
  roleArn?: string;
  /** None: every region that is enabled in the account. */
  regions?: readonly string[];
}

/** An account that may be asked. */
export interface Entered {
  session: OperatorSession;
  account: string;
  regions: readonly string[];
  /** What a person should know of how it was entered. */
  notes: readonly string[];
}

/** Where nothing says a region: STS answers there in every account. */
const DEFAULT_REGION = iamRegionOf('aws');
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** Enters the account of the person's credentials, or of the role. Throws a `UserMistake` in one sentence where it cannot. */
export async function enterAccount({ profile, roleArn, regions = [] }: Access): Promise<Entered> {
  for (const region of regions) checkRegion(region);
  if (roleArn !== undefined && !ROLE_ARN.test(roleArn)) {
    throw new UserMistake(`${JSON.stringify(roleArn)} is no ARN of a role: write it in full, as IAM shows it.`);
  }
  checkProfile(profile ?? process.env.AWS_PROFILE);
  const region = regions[0] ?? (await ownRegion(profile)) ?? DEFAULT_REGION;
  const session = operatorSession({ region, profile, roleArn });
  const account = await accountOf(session, roleArn, regions.length > 0);
  if (regions.length > 0) return { session, account, regions: [...new Set(regions)], notes: [] };
  const enabled = await enabledRegions(session);
  if (enabled.outcome === 'found') return { session, account, regions: enabled.value, notes: [] };
  const why = 'why' in enabled ? enabled.why.replace(/\.$/, '') : 'none';
  const note = `Only ${region} is judged: which regions are enabled could not be read (${why}). Name others with --region.`;
  return { session, account, regions: [region], notes: [note] };
}

/** What a region says that is none, or that the account has not enabled: unknown keys are answered alike. */
const NO_SUCH_PLACE = /^(?:ENOTFOUND|EAI_AGAIN)/;
const NOT_LET_IN = /^(?:InvalidClientTokenId|UnrecognizedClient|RegionDisabled|OptInRequired)/;

async function accountOf(session: OperatorSession, roleArn: string | undefined, isNamed: boolean): Promise<string> {
  const caller = await callerOf(session);
  const why = 'why' in caller ? caller.why.replace(/\.$/, '') : '';
  if (NO_SUCH_PLACE.test(why)) {
    throw new UserMistake(
      `AWS has no address in ${session.region} (${why}): is that one of its regions, and is there a network?`,
    );
  }
  if (isNamed && NOT_LET_IN.test(why)) {
    throw new UserMistake(
      `AWS does not take these credentials in ${session.region} (${why}): enable that region in the account, or leave it out; else sign in again.`,
    );
  }
  if (roleArn !== undefined && caller.outcome === 'refused') {
    throw new UserMistake(
      `The role ${roleArn} could not be taken on (${why}): its trust policy has to name you, and you need sts:AssumeRole on it.`,
    );
  }
  return needed(caller, 'AWS does not know who asks: sign in again.').account;
}

/** A name of a region that AWS may have; whether it is enabled only AWS can say. */
function checkRegion(region: string): void {
  if (isId('account-region', region)) return;
  throw new UserMistake(
    `${JSON.stringify(region)} is no region of AWS.${didYouMean(region, ['eu-west-1', 'eu-central-1', 'us-west-2'])}`,
  );
}
