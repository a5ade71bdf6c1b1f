import { createHmac } from 'node:crypto';
import { otherAddress } from './addresses.ts';

/** Words of AWS and Kubernetes that stand in names and paths, and name nobody. */
const PUBLIC = new Set(
  `amazon aws aws-marketplace aws-service-role aws-reserved service-role sso.amazonaws.com eks cluster nodegroup
  policy role user root assumed-role instance-profile oidc-provider saml-provider repository trail key alias log-group
  log-stream function table stack topic bucket id system serviceaccount serviceaccounts kubernetes.io k8s.io karpenter.sh
  eksctl.io alpha.eksctl.io secrets management data networkactivity insight default kubernetes alias/aws arn
  aws-us-gov aws-cn https http iam sts s3 ec2 ecr kms logs cloudtrail lambda sqs sns dynamodb secretsmanager ssm
  autoscaling elasticloadbalancing states events latest environment
  sha256 sha512`.split(/\s+/),
);
const HOST = /^[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|amazonaws-us-gov\.com|api\.aws|on\.aws)$/;
const EC2_ID = /^([a-z]{1,12}-)([0-9a-f]{8,32})$/;
const UNIQUE_ID = /^(A[A-Z]{3})([A-Z0-9]{12,})$/;
const ORGANISATION = /^(o|r|ou)-([a-z0-9-]{4,66})$/;
const NAMES_NOBODY = [
  /^v?\d[\d.]*$/,
  /^(?:true|false|null|none|all)$/i,
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  /^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}[a-z]?$/,
  /^AWSServiceRoleFor\w*$/,
  /^(?:CVE|GHSA|ALAS\w*|RHSA|DSA|DLA|USN|ELSA)-[\w:.-]+$/,
  /^[\W_]*$/,
];
const LONG = 200;

/** Equal words get equal pseudonyms, of the same form; without the key nobody can tell which. */
export interface Pseudonyms {
  /** One word: an account, an id, an address, a host of AWS, or else a name. */
  word(text: string): string;
  /** Text with words in it: a path, an ARN, a pattern with stars, a URL. */
  text(text: string): string;
}

/** `kept` are words, in lower case, that are known to everybody besides those of AWS. */
export function pseudonyms(key: string, kept: ReadonlySet<string> = new Set()): Pseudonyms {
  return new Keyed(key, kept);
}

class Keyed implements Pseudonyms {
  readonly #key: string;
  readonly #kept: ReadonlySet<string>;
  readonly #known = new Map<string, string>();

  constructor(key: string, kept: ReadonlySet<string>) {
    this.#key = key;
    this.#kept = kept;
  }

  word(text: string): string {
    const found = this.#known.get(text) ?? this.#made(text);
    this.#known.set(text, found);
    return found;
  }

  text(text: string): string {
    if (/^arn:[\w-]+:iam::aws:/.test(text)) return text;
    if (text.length > LONG && !text.startsWith('arn:')) return this.word(text);
    return text
      .split(/(\*|\?|\$\{[^}]*\})/)
      .map((part, at) => (at % 2 === 1 ? part : this.#phrase(part)))
      .join('');
  }

  #phrase(text: string): string {
    if (otherAddress(text, this.#bit) !== undefined) return this.word(text);
    if (/^AWS::\w+::\w+$/.test(text)) return text;
    return text
      .split(/([\s/:@,=;()[\]{}"'|&]+)/)
      .map((part, at) => (at % 2 === 1 ? part : this.word(part)))
      .join('');
  }

  #made(text: string): string {
    const lower = text.toLowerCase();
    if (this.#kept.has(lower) || PUBLIC.has(lower)) return text;
    if (/^\d{12}$/.test(text)) return account(this.#digest('account', text));
    if (NAMES_NOBODY.some((pattern) => pattern.test(text))) return text;
    return this.#ofForm(text) ?? `n${this.#digest('name', text).slice(0, 12)}`;
  }

  #ofForm(text: string): string | undefined {
    const address = otherAddress(text, this.#bit);
    if (address !== undefined) return address;
    if (HOST.test(text)) return text.split('.').map(this.#hostPart).join('.');
    const [, prefix = '', id] = EC2_ID.exec(text) ?? UNIQUE_ID.exec(text) ?? [];
    if (id !== undefined) return prefix + this.#hex(id);
    const [, unit, rest] = ORGANISATION.exec(text) ?? [];
    if (unit !== undefined && rest !== undefined) return `${unit}-${this.#hex(rest, 10)}`;
    if (/^[0-9a-f]{16,128}$/i.test(text)) return this.#hex(text);
    if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return uuid(this.#hex(text, 32));
    return undefined;
  }

  readonly #hostPart = (part: string): string => {
    if (/^\d{12}$/.test(part)) return this.word(part);
    return /^[0-9a-f]{16,}$/i.test(part) ? this.#hex(part) : part;
  };

  /** As long as the text, and in its case. */
  #hex(text: string, length: number = text.length): string {
    const hex = this.#digest('id', text.toLowerCase()).repeat(4).slice(0, length);
    return /[A-Z]/.test(text) ? hex.toUpperCase() : hex;
  }

  readonly #bit = (text: string): boolean => Number.parseInt(this.#digest('bit', text).slice(0, 2), 16) % 2 === 1;

  #digest(use: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${use} ${text}`).digest('hex');
  }
}

const account = (digest: string) =>
  `9${(BigInt(`0x${digest.slice(0, 16)}`) % 10n ** 11n).toString().padStart(11, '0')}`;
const uuid = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
