import { isId } from '../../resources/ids.ts';
import { type Explained, placeOf } from './explained.ts';
import { acceptance } from './finding-words.ts';
import { SNIPPETS } from './snippets/index.ts';
import type { Place, Template } from './snippets/snippet.ts';

/** The same for programs. A fix that a tool has no way to make is null. */
export function findingJson(explained: Explained, now: number): object {
  const { reported, control, source, at, history, before, closedBecause, ack } = explained;
  const { id, title, severity, why, howToFix, fix, references, notJudged = {} } = control;
  return {
    ...reported,
    control: { id, title, severity, why, howToFix, fix, references, notJudged },
    source,
    at,
    ...(before === undefined ? {} : { before }),
    ...(closedBecause === undefined ? {} : { closedBecause }),
    ...(ack === undefined ? {} : { ack }),
    history: history ?? null,
    repair: repair(explained),
    waive: acceptance(explained, now),
  };
}

function repair(explained: Explained): object | null {
  const { reported, control } = explained;
  const snippets = SNIPPETS[control.id];
  const place = placeOf(explained);
  const isWrong = reported.verdict === 'fail' || reported.verdict === 'waived';
  if (!isWrong || snippets === undefined || !isId(place.resource.kind, place.resource.id)) return null;
  return {
    cli: snippets.cli(place),
    console: snippets.console(place),
    terraform: written(snippets.terraform, place),
    cloudformation: written(snippets.cloudformation, place),
    eksctl: written(snippets.eksctl, place),
  };
}

function written(template: Template, place: Place): string | null {
  return typeof template === 'function' ? template(place) : null;
}
