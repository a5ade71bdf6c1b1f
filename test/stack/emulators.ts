import { join } from 'node:path';
import { type Running, startServer } from './emulator/process.ts';
import { CACHE, REGION, ROOT } from './place.ts';

/** Of this machine's environment only what finds programs: neither a developer's credentials nor a proxy get in. */
const { PATH = '', HOME = '', TMPDIR = '/tmp', LANG = 'C.UTF-8' } = process.env;
const BARE = {
  PATH: `${join(ROOT, 'node_modules', '.bin')}:${PATH}`,
  HOME,
  TMPDIR,
  LANG,
  PYTHONDONTWRITEBYTECODE: '1',
};

/** Services of the audited accounts, as the SDK's endpoint variables name them. */
const AUDITED = ['EKS', 'EC2', 'IAM', 'ECR', 'KMS', 'CLOUDWATCH_LOGS', 'CLOUDTRAIL', 'INSPECTOR2'];
/** Our own ones, which go over the wire too so that it tells who called what. */
const OWN_SERVICES = ['DYNAMODB', 'SQS', 'SNS', 'SSM', 'SECRETS_MANAGER', 'STS', 'S3', 'SFN'];

/** The emulator that eks-warden is deployed to. Its functions are processes of it and call `wire`. */
export function startMiniStack(venv: string, wire: string): Promise<Running> {
  const endpoints = [...AUDITED, ...OWN_SERVICES].map((service) => [`AWS_ENDPOINT_URL_${service}`, wire]);
  return startServer({
    name: 'MiniStack',
    command: join(venv, 'bin', 'python'),
    args: () => [join(ROOT, 'test', 'stack', 'emulator', 'start-ministack.py')],
    environment: (port) => ({
      ...BARE,
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      QUEUES_PORT: new URL(wire).port,
      MINISTACK_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      LOG_LEVEL: process.env.STACK_LOG ?? 'WARNING',
      NODE_OPTIONS: '--no-deprecation',
      TZ: 'UTC',
      ...Object.fromEntries(endpoints),
    }),
    path: '/_ministack/health',
    log: join(CACHE, 'ministack.log'),
  });
}

/** The other truth about the audited accounts. */
export function startMoto(venv: string): Promise<Running> {
  return startServer({
    name: 'moto',
    command: join(venv, 'bin', 'python'),
    args: (port) => [join(ROOT, 'test', 'stack', 'emulator', 'start-moto.py'), String(port)],
    environment: () => ({ ...BARE, MOTO_IAM_LOAD_MANAGED_POLICIES: 'false', AWS_DEFAULT_REGION: REGION }),
    path: '/moto-api/data.json',
    log: join(CACHE, 'moto.log'),
  });
}
