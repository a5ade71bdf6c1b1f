/**
 * The part of the page's script that knows its findings. Where they are many the browser is spared their markup at
 * first: it stands in `noscript`, as text, and becomes nodes a few at a time, those that are looked at first.
 */
export const ROWS_SCRIPT = String.raw`
  const FIRST = 60;
  const STEP = 40;
  const SIGNS = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const plain = (markup) => markup.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => SIGNS[name]);

  const groups = [...home.children].map((node) => {
    const kept = node.querySelector('noscript');
    const nodes = kept ? [] : [...node.querySelectorAll('details.f')];
    const markups = kept ? kept.textContent.split(/(?=<details class="f\x20)/) : nodes.map((each) => each.outerHTML);
    kept?.remove();
    const group = {
      node,
      id: node.id.slice(2),
      group: node.dataset.group,
      count: node.querySelector('.count'),
      title: node.querySelector('.what').textContent,
      open: node.open,
    };
    group.whole = group.count.textContent;
    group.rows = markups.map((markup, at) => rowOf(group, markup.trim(), nodes[at]));
    group.list = { into: node, want: group.rows, have: nodes.length };
    return group;
  });
  const rows = groups.flatMap((group) => group.rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const flatList = { into: flat, want: [], have: 0 };
  const lists = [flatList, ...groups.map(({ list }) => list)];

  function rowOf(group, markup, node) {
    const [, severity, verdict, id] = /^<details class="f\x20([\w-]+) ([\w-]+)" id="([\w-]+)"/.exec(markup);
    const small = markup.slice(markup.indexOf('<small>') + 7, markup.indexOf('</small>'));
    const [before, ...places] = small.split('<i>');
    const [account, region, ...clusters] = places.map((each) => plain(each.slice(0, each.indexOf('</i>'))));
    const name = plain(before);
    if (name.startsWith('EKS cluster ')) clusters.push(name.slice(12).split(' · ')[0]);
    return { id, node, markup, group: group.group, control: group.id, of: group, severity, verdict, account, region, clusters, name, seen: undefined, text: undefined };
  }

  const textOf = (row) => (row.text ??= (plain(row.markup) + ' ' + row.of.title + ' ' + row.control).toLowerCase());
  const seenOf = (row) => (row.seen ??= /<dt>(?:First seen|Like this since)(?:<\/dt>)?<dd>([^<]*)/.exec(row.markup)?.[1] || '');

  function make(some) {
    const missing = some.filter((row) => !row.node);
    const made = document.createElement('template');
    made.innerHTML = missing.map((row) => row.markup).join('');
    [...made.content.children].forEach((node, at) => { missing[at].node = node; });
    return some.map((row) => row.node);
  }

  function grow(list, most) {
    const some = list.want.slice(list.have, list.have + most);
    if (some.length === 0) return;
    list.into.append(...make(some));
    list.have += some.length;
  }

  function put(list, want) {
    let same = 0;
    while (same < list.have && list.want[same] === want[same]) same++;
    for (const row of list.want.slice(same, list.have)) if (row.node.parentNode === list.into) row.node.remove();
    list.want = want;
    list.have = same;
  }

  const idle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 4 }), 30));
  const isOpen = ({ into }) => into === flat || into.open;
  let growing = false;
  function growOn() {
    if (growing) return;
    growing = true;
    idle((deadline) => {
      growing = false;
      const waiting = lists.filter((list) => list.have < list.want.length);
      waiting.sort((a, b) => isOpen(b) - isOpen(a));
      for (const list of waiting) while (list.have < list.want.length && deadline.timeRemaining() > 2) grow(list, STEP);
      if (waiting.some((list) => list.have < list.want.length)) growOn();
    });
  }

  function showFirst() {
    for (const list of lists) if (isOpen(list) && list.have < FIRST) grow(list, FIRST);
    growOn();
  }

  home.addEventListener('toggle', showFirst, true);
  addEventListener('beforeprint', () => lists.forEach((list) => grow(list, Infinity)));
`;
