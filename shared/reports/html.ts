import { htmlEscape } from 'escape-goat';

/** Markup that needs no more escaping: only `html` and `raw` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | undefined | readonly Value[];

/** A template whose values are text: nothing in them is markup, wherever they came from. Lists are joined, undefined is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => part + (index < values.length ? rendered(values[index]) : '')).join(''));
}

/** Text that is markup already and none of anybody's input: a style sheet of ours. */
export function raw(text: string): Html {
  return new Html(text);
}

function rendered(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return htmlEscape(visible(String(value)));
  return value.map(rendered).join('');
}

/** Controls and bidirectional overrides could make a page say something else than the text does: they are shown as their code. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) =>
      one === '\n' ? one : `\\u{${one.codePointAt(0)?.toString(16)}}`,
    );
}
