import { createHash } from 'node:crypto';

/** Fields whose text may hold a secret, in any answer. User data of launch templates is base64 of a script. */
const SECRET =
  /^(?:userData|userDataBase64|configurationValues|secretString|secretAccessKey|sessionToken|password|masterUserPassword|authToken|webhook)$/i;
/** What people call a secret where they choose the name: a tag, a parameter, a label. */
const NAMED =
  /(?:password|passwd|passphrase|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|webhook)/i;
/** Environments: a map of names to values, `{ variables }`, or a list of names with values. */
const ENVIRONMENT = /^(?:environment|environmentVariables|env)$/i;
/** What is a secret wherever it stands: access key ids, webhooks, private keys. */
const TEXTS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /https:\/\/hooks\.slack[\w.-]*\/[\w/-]+/g,
  /\bxox[a-z]-[\w-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** The answer with every secret replaced by a hash: equal secrets stay equal, so a change still shows. */
export function scrubbed(value: unknown): unknown {
  if (typeof value === 'string') return scrubbedText(value);
  if (Array.isArray(value)) return value.map(scrubbed);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  const secret = isNamedSecret(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      secret && /^(?:tag|parameter)?value$/i.test(name) ? concealed(each) : scrubbedField(name, each),
    ]),
  );
}

/** An entry of a list that names what its value is: `{ Key: 'password', Value }`, as tags and parameters are written. */
function isNamedSecret(entry: object): boolean {
  return Object.entries(entry).some(
    ([field, name]) => /^(?:name|(?:tag|parameter)?key)$/i.test(field) && typeof name === 'string' && NAMED.test(name),
  );
}

/** IAM answers with documents that are URL-encoded: what is hidden in one is looked for there, too. */
function scrubbedText(text: string): string {
  const hidden = withoutSecrets(text);
  if (!/%[0-9A-F]{2}/i.test(hidden)) return hidden;
  const plain = decoded(hidden);
  const clean = withoutSecrets(plain);
  return clean === plain ? hidden : encodeURIComponent(clean);
}

function withoutSecrets(text: string): string {
  return TEXTS.reduce((rest, secret) => rest.replace(secret, hashed), text);
}

/** Text that is no encoding of any stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function scrubbedField(name: string, value: unknown): unknown {
  if (SECRET.test(name)) return concealed(value);
  return ENVIRONMENT.test(name) ? concealedValues(value) : scrubbed(value);
}

/** Names of variables stay: a control may ask whether one is set. A plain text is no environment: a tag has that name. */
function concealedValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(concealedEntry);
  if (typeof value !== 'object' || value === null) return scrubbed(value);
  const entries = Object.entries(value).map(([name, each]) => [
    name,
    /^variables$/i.test(name) ? concealedValues(each) : concealed(each),
  ]);
  return Object.fromEntries(entries);
}

function concealedEntry(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return concealed(entry);
  const entries = Object.entries(entry).map(([name, each]) => [name, /^name$/i.test(name) ? each : concealed(each)]);
  return Object.fromEntries(entries);
}

function concealed(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return value;
  return hashed(typeof value === 'string' ? value : JSON.stringify(value));
}

function hashed(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
