import { ROWS_SCRIPT } from './script-rows.ts';

/**
 * The one script of the page, for browsers: filters, sorts, searches, and keeps the filter in the address. It makes
 * nodes from text and from the page's own markup, and asks for nothing. Without it the page shows all that it has.
 */
export const REPORT_SCRIPT = String.raw`'use strict';
(() => {
  const form = document.getElementById('filter');
  if (!form) return;
  const shown = document.getElementById('shown');
  const home = document.getElementById('groups');
  const flat = document.getElementById('flat');
  const RANKS = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
  const ONE = ['group', 'control', 'account', 'region', 'cluster'];
  const MANY = ['severity', 'verdict'];

${ROWS_SCRIPT}
  const collator = new Intl.Collator('en', { numeric: true });
  function choices(name, values) {
    const select = form.elements[name];
    const sorted = [...new Set(values)].sort(collator.compare);
    const options = document.createDocumentFragment();
    for (const value of sorted) options.append(new Option(value, value));
    select.append(options);
    if (sorted.length < 2) select.parentElement.hidden = true;
  }
  choices('group', groups.map(({ group }) => group));
  choices('control', groups.map(({ id }) => id));
  choices('account', rows.map(({ account }) => account));
  choices('region', rows.map(({ region }) => region));
  choices('cluster', rows.flatMap(({ clusters }) => clusters));

  const checked = (name) => [...form.querySelectorAll('[name=' + name + ']:checked')].map(({ value }) => value);
  function wanted() {
    const want = { q: form.elements.q.value.trim(), sort: form.elements.sort.value };
    for (const name of ONE) want[name] = form.elements[name].value;
    for (const name of MANY) want[name] = checked(name);
    return want;
  }

  function matcher(want) {
    const words = want.q.toLowerCase().split(/\s+/).filter(Boolean);
    return (row) => {
      for (const name of MANY) if (want[name].length > 0 && !want[name].includes(row[name])) return false;
      for (const name of ['group', 'control', 'account', 'region']) if (want[name] && want[name] !== row[name]) return false;
      if (want.cluster && !row.clusters.includes(want.cluster)) return false;
      if (words.length === 0) return true;
      return words.every((word) => textOf(row).includes(word));
    };
  }

  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const ORDERS = {
    worst: (a, b) => RANKS[a.severity] - RANKS[b.severity],
    resource: (a, b) => order(a.name, b.name) || RANKS[a.severity] - RANKS[b.severity],
    oldest: (a, b) => order(seenOf(a) || '9', seenOf(b) || '9'),
    newest: (a, b) => order(seenOf(b), seenOf(a)),
  };
  function arrange(sort, matching) {
    const isFlat = Boolean(ORDERS[sort]);
    for (const group of groups) put(group.list, isFlat ? [] : group.matching);
    put(flatList, isFlat ? matching.sort(ORDERS[sort]) : []);
    home.hidden = isFlat;
    flat.hidden = !isFlat;
    showFirst();
  }

  function apply() {
    const want = wanted();
    const matches = matcher(want);
    for (const group of groups) group.matching = group.rows.filter(matches);
    const matching = groups.flatMap((group) => group.matching);
    const total = matching.length;
    const filtered = total < rows.length;
    for (const { node, count, whole, open, matching: found, rows: all } of groups) {
      node.hidden = found.length === 0;
      count.textContent = found.length < all.length ? found.length.toLocaleString('en') + ' of ' + whole : whole;
      if (filtered && total <= 200) node.open = true;
      else if (!filtered) node.open = open;
    }
    arrange(want.sort, matching);
    shown.textContent = 'Showing ' + total.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en') + ' findings.';
    return want;
  }

  function addressOf(want) {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(want)) {
      const text = Array.isArray(value) ? value.join(',') : value;
      if (text && !(name === 'sort' && text === 'control')) parts.set(name, text);
    }
    return parts.toString().replaceAll('%2C', ',');
  }

  function fill(address) {
    const parts = new URLSearchParams(address);
    form.elements.q.value = parts.get('q') || '';
    const sort = parts.get('sort');
    form.elements.sort.value = ORDERS[sort] ? sort : 'control';
    for (const name of ONE) {
      form.elements[name].value = parts.get(name) || '';
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = '';
    }
    for (const name of MANY) {
      const values = (parts.get(name) || '').split(',');
      for (const box of form.querySelectorAll('[name=' + name + ']')) box.checked = values.includes(box.value);
    }
  }

  let pointed;
  function reveal(row) {
    const listOf = () => [flatList, row.of.list].find(({ want }) => want.includes(row));
    if (!listOf()) { fill(''); apply(); }
    const list = listOf();
    grow(list, list.want.indexOf(row) + 1 - list.have);
    pointed?.classList.remove('pointed');
    pointed = row.node;
    pointed.classList.add('pointed');
    show(pointed);
  }

  function show(target) {
    for (let each = target; each; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
    target.scrollIntoView({ block: 'start' });
  }

  function follow() {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch { }
    if (byId.has(hash)) return reveal(byId.get(hash));
    const target = hash && document.getElementById(hash);
    if (target) {
      if (target.closest('[hidden]')) { fill(''); apply(); }
      if (target.matches('details')) show(target);
      return;
    }
    fill(location.hash.slice(1));
    apply();
  }

  let waiting;
  function changed() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = addressOf(apply());
      history.replaceState(null, '', address ? '#' + address : '#findings');
    }, 60);
  }

  flat.addEventListener('toggle', (event) => {
    const row = event.target.open && rows.find((each) => each.node === event.target);
    if (!row || row.told) return;
    row.told = true;
    const about = row.of.node.querySelector('.about').cloneNode(true);
    row.node.querySelector('dl').append(...about.children);
  }, true);

  for (const each of document.querySelectorAll('[data-find]')) {
    const link = document.createElement('a');
    link.href = '#' + each.dataset.find;
    link.className = each.className;
    link.append(...each.childNodes);
    each.replaceWith(link);
    link.addEventListener('click', () => setTimeout(() => document.getElementById('findings').scrollIntoView()));
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', changed);
  form.addEventListener('reset', changed);
  addEventListener('hashchange', follow);
  form.hidden = false;
  follow();
  if (!location.hash.includes('=')) apply();
})();
`;
