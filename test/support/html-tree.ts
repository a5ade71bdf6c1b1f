import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

/** All elements of a page in their order, as a browser would read it. */
export function elementsOf(page: string): Element[] {
  return below(parse(page, { scriptingEnabled: false }));
}

export function below(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) => ('tagName' in child ? [child, ...below(child)] : []));
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

/** Its text, with what is below it, as one line. */
export function textOf(node: Node): string {
  const text = 'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
  return text.replace(/\s+/g, ' ');
}

/** The shape of a page: each element with how deep it is and the names of its attributes. */
export function shapeOf(page: string): string[] {
  const depth = (element: Element): number =>
    element.parentNode !== null && 'tagName' in element.parentNode ? 1 + depth(element.parentNode) : 0;
  return elementsOf(page).map(
    (element) => `${depth(element)} ${element.tagName} ${element.attrs.map(({ name }) => name).join(' ')}`,
  );
}

/** The cells of each row of a table, as text. */
export function rowsOf(table: Element): string[][] {
  return below(table)
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) =>
      below(row)
        .filter(({ tagName }) => tagName === 'th' || tagName === 'td')
        .map((cell) => textOf(cell).trim()),
    );
}
