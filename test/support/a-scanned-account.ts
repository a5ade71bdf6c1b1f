import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aWrongAccount } from './a-wrong-account.ts';
import { startAuditedAccounts } from './cloud/audited/index.ts';
import { aBaselineFile, MEMBER, REGION } from './pipeline.ts';

/** An account with much that is wrong, which answers here, and a folder with a baseline: where the command is run. */
export async function aScannedAccount() {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  writeFileSync(join(folder, 'baseline.yml'), aBaselineFile());
  const accounts = { [MEMBER]: aWrongAccount(MEMBER, REGION) };
  const cloud = await startAuditedAccounts({ now: () => Date.now(), accounts });
  return {
    folder,
    cloud,
    /** Where it answers; who asks has no keys yet. */
    place: { AWS_ENDPOINT_URL: cloud.url, AWS_EC2_METADATA_DISABLED: 'true', HOME: folder },
    keys: { AWS_ACCESS_KEY_ID: MEMBER, AWS_SECRET_ACCESS_KEY: 'sample' },
    async stop() {
      await cloud.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
