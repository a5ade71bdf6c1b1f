import type { Baseline, Rule, Waiver } from '../../shared/baseline/baseline.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';

export interface Wish {
  mode?: Rule['mode'];
  always?: boolean;
  params?: Record<string, unknown>;
  waivers?: readonly Waiver[];
  remediation?: Partial<Baseline['remediation']>;
}

/** A baseline that has just these controls on, everywhere alike. */
export function aBaseline(controls: readonly AnyControl[], wish: Wish = {}): Baseline {
  const { mode = 'notify', always = false, params = {}, waivers = [], remediation = {} } = wish;
  const rule = (control: AnyControl): Rule => ({ control, mode, always, params: control.params.parse(params) });
  return {
    controls,
    fixed: mode === 'approve' || mode === 'remediate' ? controls : [],
    rules: (kind) => controls.filter(({ resources }) => resources.some((each) => each.kind === kind)).map(rule),
    waiver: (control, _, now) =>
      waivers.find((each) => each.control === control && now < Date.parse(`${each.until}T24:00:00Z`)),
    waivers,
    routes: [{ name: 'all', when: 'now', to: ['email', 'slack'] }],
    remediation: { killSwitch: '/eks-warden/fixes', fixesPerHour: 10, accounts: [], ...remediation },
    accounts: [],
  };
}
