import type { Place } from '../../shared/cli/explain/snippets/snippet.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { type AnyControl, kindsOf } from '../../shared/controls/define-control.ts';
import type { KindName } from '../../shared/resources/resource.ts';

const IDS: Partial<Record<KindName, string>> = {
  'account-region': 'eu-west-1',
  cluster: 'payments',
  image: `team/api@sha256:${'a'.repeat(64)}`,
  'log-group': '/aws/eks/payments/cluster',
  nodegroup: 'payments/workers',
  policy: 'team/Admin',
  principal: 'arn:aws:iam::111122223333:user/ci/deploy',
  repository: 'team/api',
  role: 'nodes+1=a,b.c@d-e',
  'security-group': 'sg-0a1b2c3d4e5f60718',
};

const DATA = {
  group: 'sg-0a1b2c3d4e5f60718',
  issuers: 'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  version: '1.31',
  days: 30,
  trail: 'all-events',
  details: 'insights and data',
};

export const placeOn = (kind: KindName, id: string, more: Partial<Place> = {}): Place => ({
  resource: {
    kind,
    id,
    account: '111122223333',
    region: kind === 'role' || kind === 'policy' ? 'global' : 'eu-west-1',
  },
  cluster: 'payments',
  partition: 'aws',
  said: [],
  plan: [],
  ...more,
});

/** What a fix is filled in with, and for which control. */
export interface NamedPlace {
  name: string;
  control: AnyControl;
  place: Place;
}

/** Every control on every kind, saying each of its messages in turn. */
export const PLACES: readonly NamedPlace[] = CATALOGUE.flatMap((control) =>
  kindsOf(control).flatMap((kind) =>
    Object.keys(control.messages).map((reason) => {
      const said = [{ reason, severity: 'high' as const, text: '', data: DATA }];
      const place = placeOn(kind, IDS[kind] ?? '', { said });
      return { name: `${control.id} on ${kind}: ${reason}`, control, place };
    }),
  ),
);

/** The same with this name wherever a name stands. */
export function named({ control, name, place }: NamedPlace, hostile: string): NamedPlace {
  const { resource } = place;
  const data = { ...DATA, group: hostile, issuers: hostile, version: hostile, trail: hostile };
  const said = place.said.map((each) => ({ ...each, data }));
  const ids: Partial<Record<KindName, string>> = {
    nodegroup: `payments/${hostile}`,
    image: `${hostile}@sha256:${'a'.repeat(64)}`,
  };
  const id = ids[resource.kind] ?? hostile;
  return { control, name, place: { ...place, cluster: hostile, said, resource: { ...resource, id } } };
}

/** Names that mean something to a shell, to HCL, to YAML or to the AWS CLI. */
export const HOSTILE_NAMES: readonly string[] = [
  `x'; rm -rf / #`,
  '"; rm -rf / #',
  '$(touch /tmp/pwned)`id`',
  `\${x}`,
  `\${jsonencode(1)} %{if true}`,
  '--profile=root',
  'a"b\\c',
  ': {x: 1} # &a *b !!c',
  '!Ref Secret',
  'two words; true && false | cat > f',
  '\u2028\u202e\u0007é',
];
