import { describe, expect, it } from 'vitest';
import { cluster } from '../../shared/resources/cluster.ts';
import type { EventsOf } from '../../shared/resources/kind.ts';
import { KINDS, kindOf } from '../../shared/resources/kinds.ts';
import { KIND_NAMES, type KindName } from '../../shared/resources/resource.ts';

const named = (which: (kind: (typeof KINDS)[number]) => boolean) => KINDS.filter(which).map(({ kind }) => kind);

describe('the kinds', () => {
  it('stand under their own names, every one', () => {
    expect(KINDS.map(({ kind }) => kind)).toEqual([...KIND_NAMES]);
    expect(KIND_NAMES.map((name) => kindOf(name).kind)).toEqual([...KIND_NAMES]);
    expect(() => kindOf('constructor' as KindName)).toThrow('There is no kind constructor.');
  });

  it('are judged, only located, or sighted', () => {
    expect(named(({ base }) => base === undefined)).toEqual([
      'key',
      'launch-template',
      'oidc-provider',
      'prefix-list',
      'principal',
      'route-table',
      'subnet',
      'vpc',
    ]);
    expect(named(({ judged }) => judged === 'sighting')).toEqual(['principal']);
    expect(named(({ judged, base }) => judged === 'linked' && base !== undefined)).toEqual([
      'log-group',
      'security-group',
    ]);
    expect(named(({ global }) => global === true)).toEqual(['oidc-provider', 'policy', 'role']);
  });

  it('name actions exactly where they read', () => {
    expect(named(({ base, actions }) => (base === undefined) !== (actions.length === 0))).toEqual([]);
    const silent = KINDS.flatMap(({ kind, facets }) =>
      Object.entries(facets).flatMap(([name, { actions }]) => (actions.length === 0 ? [`${kind}.${name}`] : [])),
    );
    expect(silent).toEqual([]);
  });

  it('let a control name events of the kinds it is reached through, and no others', () => {
    const own: EventsOf<typeof cluster> = 'eks:UpdateClusterConfig';
    const far: EventsOf<typeof cluster>[] = ['ec2:ModifyVpcAttribute', 'logs:DeleteLogGroup', 'kms:DisableKey'];
    // @ts-expect-error miscased
    const miscased: EventsOf<typeof cluster> = 'ec2:modifyVpcAttribute';
    // @ts-expect-error of a kind that a cluster is not reached through
    const foreign: EventsOf<typeof cluster> = 'ecr:PutImage';
    const reachable = new Set([cluster, ...cluster.reachedThrough].flatMap(({ touchedBy }) => Object.keys(touchedBy)));
    expect([own, ...far, miscased, foreign].map((event) => reachable.has(event))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
