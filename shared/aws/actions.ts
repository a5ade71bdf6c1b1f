import type { cloudtrail } from './clients/cloudtrail.ts';
import type { ec2 } from './clients/ec2.ts';
import type { ecr } from './clients/ecr.ts';
import type { eks } from './clients/eks.ts';
import type { iam } from './clients/iam.ts';
import type { inspector2 } from './clients/inspector2.ts';
import type { kms } from './clients/kms.ts';
import type { logs } from './clients/logs.ts';

interface Services {
  cloudtrail: typeof cloudtrail;
  ec2: typeof ec2;
  ecr: typeof ecr;
  eks: typeof eks;
  iam: typeof iam;
  inspector2: typeof inspector2;
  kms: typeof kms;
  logs: typeof logs;
}

/** The IAM prefix of each service that an audited account is asked through. */
export type Service = keyof Services;

type Named<Way extends 'reads' | 'writes'> = {
  [S in Service]: { [O in keyof Services[S][Way] & string as `${S}:${O}`]: Services[S][Way][O] };
}[Service];
type Merged<U> = (U extends unknown ? (u: U) => void : never) extends (m: infer M) => void ? M : never;
type ReadCommands = Merged<Named<'reads'>>;
type WriteCommands = Merged<Named<'writes'>>;

/** A read in an audited account, spelled as its IAM action. */
export type ReadAction = keyof ReadCommands & string;
/** A write in an audited account, spelled as its IAM action; only the remediation runner makes one. */
export type WriteAction = keyof WriteCommands & string;

type Instance<C> = C extends abstract new (...args: never[]) => infer I ? I : never;
type Handled<I> = I extends {
  resolveMiddleware(...args: never[]): (args: { input: infer In extends object }) => Promise<{ output: infer Out }>;
}
  ? { in: In; out: Out }
  : never;

export type InputOf<A extends ReadAction | WriteAction> = Handled<Instance<(ReadCommands & WriteCommands)[A]>>['in'];
export type OutputOf<A extends ReadAction | WriteAction> = Handled<Instance<(ReadCommands & WriteCommands)[A]>>['out'];
