import { STSClient } from '@aws-sdk/client-sts';

/** The region of a person's own configuration (environment, profile); undefined where it names none. */
export async function ownRegion(profile: string | undefined): Promise<string | undefined> {
  const sts = new STSClient({ ...(profile === undefined ? {} : { profile }) });
  try {
    return await sts.config.region();
  } catch (error) {
    if (error instanceof Error && /region is missing/i.test(error.message)) return undefined;
    throw error;
  } finally {
    sts.destroy();
  }
}
