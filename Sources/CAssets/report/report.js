// What a report does beyond what it says: the matrix of environments and objects, and what stands behind each cell.
// Without it the page is a list. All text goes in as text, never as markup.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { environments, objects, texts } = data;
  const byId = (id) => document.getElementById(id);
  const matrix = byId('matrix');
  const panel = byId('panel');
  if (!environments.length) return;
  document.documentElement.classList.add('js');

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const counted = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;

  // An environment: name, release, provider, Kubernetes, versions of the objects (-1: not there), what differs
  // [object, how, changes, why, mend], what was found [object or -1, finding, severity].
  const rows = environments.map(([name, release, provider, kubernetes, versions, drifts, findings], index) => {
    const row = { index, name, release, provider, kubernetes, versions, drift: new Map(), found: new Map(), severity: '' };
    for (const [object, how, changes, why, mend] of drifts) row.drift.set(object, { how, changes, why, mend });
    for (const [object, finding, severity] of findings) {
      if (!row.found.has(object)) row.found.set(object, { list: [], severity: '' });
      const found = row.found.get(object);
      found.list.push(finding);
      if (severity === 'error' || !found.severity) found.severity = severity;
      if (severity === 'error' || !row.severity) row.severity = severity;
    }
    row.text = [name, release, provider, kubernetes, row.drift.size ? 'differs' : 'same', row.severity].join(' ').toLowerCase();
    return row;
  });
  const columns = objects.map(([name, detail, count], index) => ({
    index, name, detail, count, matters: rows.some((row) => row.drift.has(index) || row.found.has(index)),
  }));

  // MARK: What is shown

  const filter = byId('filter');
  const onlyRows = byId('only-rows');
  const onlyColumns = byId('only-columns');
  const only = byId('only');
  let chosen = null;
  let shownRows = [];
  let shownColumns = [];
  let active = { row: 0, column: -1 };
  const anyMatters = columns.some((column) => column.matters);
  onlyRows.checked = anyMatters && rows.length > 60;
  onlyColumns.checked = anyMatters;

  const head = make('div', 'row head');
  const body = make('div', 'body');
  head.setAttribute('role', 'row');
  body.setAttribute('role', 'rowgroup');
  matrix.append(head, body);

  function choose() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    shownRows = rows.filter((row) => (!chosen || chosen.has(row.index))
      && (!onlyRows.checked || row.drift.size || row.found.size)
      && words.every((word) => word.startsWith('-') && word.length > 1 ? !row.text.includes(word.slice(1)) : row.text.includes(word)));
    shownColumns = columns.filter((column) => !onlyColumns.checked || column.matters);
    only.hidden = !chosen;
    byId('shown').textContent = `${shownRows.length} of ${counted(rows.length, 'environment')}, ${shownColumns.length} of ${counted(columns.length, 'object')}`;
    matrix.setAttribute('aria-rowcount', shownRows.length + 1);
    matrix.setAttribute('aria-colcount', shownColumns.length + 1);
    matrix.style.setProperty('--columns', shownColumns.length);
    active = { row: shownRows.length ? 0 : -1, column: -1 };
    drawHead();
    body.replaceChildren();
    drawn.clear();
    draw();
  }

  // MARK: The matrix

  function drawHead() {
    const corner = make('div', 'name corner', 'environment');
    corner.setAttribute('role', 'columnheader');
    head.replaceChildren(corner);
    shownColumns.forEach((column, place) => {
      const title = make('div', 'title');
      title.setAttribute('role', 'columnheader');
      title.id = `cell--1-${place}`;
      title.title = `${column.name} (${column.detail})`;
      // The name is what tells one from the other; what the title says besides, is in its tip.
      const [kind, ...rest] = column.name.split(' ');
      const isDefinition = kind === 'CustomResourceDefinition';
      const name = rest.join(' ').split('/').pop() || kind;
      const text = make('span', '', isDefinition ? name.split('.')[0] : name);
      if (rest.length) text.append(make('i', '', ` ${isDefinition ? 'CRD' : kind}`));
      title.append(text);
      head.append(title);
    });
  }

  const drawn = new Map();
  const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).fontSize)
    * parseFloat(getComputedStyle(matrix).getPropertyValue('--row'));

  // Only rows in sight are there, and a few around them: a thousand environments are as quick as ten.
  function draw() {
    const height = rowHeight();
    body.style.height = `${shownRows.length * height}px`;
    const top = Math.max(0, matrix.scrollTop - head.offsetHeight);
    const first = Math.max(0, Math.floor(top / height) - 8);
    const last = Math.min(shownRows.length, Math.ceil((matrix.scrollTop + (matrix.clientHeight || 800)) / height) + 8);
    for (const [place, element] of drawn) {
      if (place < first || place >= last) {
        element.remove();
        drawn.delete(place);
      }
    }
    for (let place = first; place < last; place++) {
      if (!drawn.has(place)) {
        const element = drawRow(shownRows[place], place);
        element.style.top = `${place * height}px`;
        drawn.set(place, element);
        body.append(element);
      }
    }
    mark();
  }

  function drawRow(row, place) {
    const element = make('div', 'row');
    element.setAttribute('role', 'row');
    element.setAttribute('aria-rowindex', place + 2);
    const name = make('div', 'name');
    name.setAttribute('role', 'rowheader');
    name.id = `cell-${place}--1`;
    name.title = row.name;
    name.append(make('b', '', row.name));
    const own = row.found.get(-1);
    if (own) name.append(make('span', own.severity === 'error' ? 'mark error' : 'mark', own.severity === 'error' ? '!' : '?'));
    name.append(make('small', '', row.release));
    element.append(name);
    shownColumns.forEach((column, index) => {
      const cell = drawCell(row, column);
      cell.id = `cell-${place}-${index}`;
      element.append(cell);
    });
    return element;
  }

  const signs = { changed: '≠', added: '+', removed: '−', state: '≈' };
  const hows = { changed: 'differs', added: 'is not there yet', removed: 'is not rendered any more', state: 'is there in another way' };

  function version(row, column) {
    const number = row.versions[column.index];
    if (number === undefined || number < 0) return '';
    return column.count === 1 ? '·' : column.count > 26 ? '∗' : String.fromCharCode(97 + number);
  }

  function drawCell(row, column) {
    const drift = row.drift.get(column.index);
    const found = row.found.get(column.index);
    const text = drift ? signs[drift.how] : version(row, column);
    const cell = make('div', 'cell', text);
    cell.setAttribute('role', 'gridcell');
    if (drift) cell.classList.add(drift.how === 'removed' ? 'removed' : 'changed');
    if (!text) cell.classList.add('absent');
    if (found) cell.classList.add('found', found.severity);
    const says = drift ? hows[drift.how] : text ? `version ${text}` : 'not there';
    cell.setAttribute('aria-label', `${column.name}: ${says}${found ? `, ${found.severity}` : ''}`);
    return cell;
  }

  function mark() {
    for (const old of matrix.querySelectorAll('.active')) old.classList.remove('active');
    const cell = byId(`cell-${active.row}-${active.column}`);
    if (cell) {
      cell.classList.add('active');
      matrix.setAttribute('aria-activedescendant', cell.id);
    } else {
      matrix.removeAttribute('aria-activedescendant');
    }
  }

  function move(row, column) {
    if (!shownRows.length) return;
    active.row = Math.min(Math.max(row, -1), shownRows.length - 1);
    active.column = Math.min(Math.max(column, -1), shownColumns.length - 1);
    if (active.row < 0 && active.column < 0) active.row = 0;
    const height = rowHeight();
    if (active.row >= 0) {
      const top = active.row * height;
      const visible = matrix.clientHeight - head.offsetHeight;
      if (top < matrix.scrollTop) matrix.scrollTop = top;
      if (top + height > matrix.scrollTop + visible) matrix.scrollTop = top + height - visible;
    }
    draw();
    const cell = byId(`cell-${active.row}-${active.column}`);
    const name = head.firstChild.offsetWidth;
    if (cell && active.column >= 0) {
      if (cell.offsetLeft - name < matrix.scrollLeft) matrix.scrollLeft = cell.offsetLeft - name;
      const right = cell.offsetLeft + cell.offsetWidth;
      if (right > matrix.scrollLeft + matrix.clientWidth) matrix.scrollLeft = right - matrix.clientWidth;
    }
  }

  matrix.addEventListener('keydown', (event) => {
    const { row, column } = active;
    const page = Math.max(1, Math.floor((matrix.clientHeight - head.offsetHeight) / rowHeight()) - 1);
    const moves = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [Math.max(0, row - page), column], PageDown: [row + page, column],
      Home: event.ctrlKey ? [0, -1] : [row, -1], End: event.ctrlKey ? [shownRows.length - 1, shownColumns.length - 1] : [row, shownColumns.length - 1],
    };
    if (event.key === 'Enter' || event.key === ' ') open(active);
    else if (event.key in moves && !event.altKey && !event.metaKey) move(...moves[event.key]);
    else return;
    event.preventDefault();
  });

  matrix.addEventListener('click', (event) => {
    const cell = event.target.closest('[id^="cell-"]');
    if (!cell) return;
    const [, row, column] = cell.id.match(/^cell-(-?\d+)-(-?\d+)$/);
    active = { row: Number(row), column: Number(column) };
    mark();
    open(active);
  });

  // MARK: Behind a cell

  function open({ row, column }) {
    const environment = shownRows[row];
    const object = shownColumns[column];
    if (!environment && !object) return;
    const inner = [];
    if (environment && object) {
      inner.push(...aboutCell(environment, object));
    } else if (environment) {
      inner.push(...aboutEnvironment(environment));
    } else {
      inner.push(...aboutObject(object));
    }
    const title = [environment?.name, object?.name].filter(Boolean).join(' › ');
    byId('panel-title').textContent = title;
    byId('panel-body').replaceChildren(...inner);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    matrix.focus({ preventScroll: true });
  }

  const facts = (text) => make('p', 'facts', text);
  const part = (text) => make('h4', 'part', text);

  function about(row) {
    return [row.release && `Velero ${row.release}`, row.provider, row.kubernetes && `Kubernetes ${row.kubernetes}`].filter(Boolean).join(' · ');
  }

  function aboutCell(row, object) {
    const inner = [facts([object.detail, about(row)].filter(Boolean).join(' · '))];
    const number = row.versions[object.index];
    if (number >= 0 && object.count > 1) {
      const same = rows.filter((other) => other.versions[object.index] === number);
      inner.push(facts(`One of ${counted(object.count, 'version')} that are rendered; ${counted(same.length, 'environment')} ${same.length === 1 ? 'has' : 'have'} this one.`));
      if (same.length > 1 && same.length < rows.length) inner.push(showing(same, `${same.length} environments with this version of ${object.name}`));
    }
    const drift = row.drift.get(object.index);
    if (drift) inner.push(...aboutDrift(drift));
    const found = row.found.get(object.index);
    if (found) inner.push(part('Found'), ...found.list.map((finding) => copy(`f${finding}`)));
    if (!drift && !found) inner.push(facts(number >= 0 ? 'Nothing differs, and nothing was found.' : 'This environment has no such object.'));
    return inner;
  }

  function aboutDrift(drift) {
    const inner = [part(`The object ${hows[drift.how]}`)];
    if (drift.why >= 0) inner.push(facts(`Why: ${texts[drift.why]}`));
    if (drift.mend >= 0) inner.push(facts(`To mend it: ${texts[drift.mend]}`));
    for (const change of drift.changes) {
      const article = copy(`v${change}`);
      const same = rows.filter((row) => [...row.drift.values()].some((other) => other.changes.includes(change)));
      article.querySelector('.where')?.replaceChildren(
        same.length === 1 ? 'only here' : showing(same, `${same.length} environments with this change`));
      inner.push(article);
    }
    return inner;
  }

  function aboutEnvironment(row) {
    const inner = [facts(about(row))];
    for (const finding of row.found.get(-1)?.list ?? []) inner.push(copy(`f${finding}`));
    for (const column of columns) {
      const drift = row.drift.get(column.index);
      const found = row.found.get(column.index);
      if (!drift && !found) continue;
      inner.push(part(column.name));
      if (drift) inner.push(...aboutDrift(drift).slice(1));
      for (const finding of found?.list ?? []) inner.push(copy(`f${finding}`));
    }
    if (inner.length === 1) inner.push(facts('Nothing differs, and nothing was found.'));
    return inner;
  }

  function aboutObject(object) {
    const having = rows.filter((row) => row.versions[object.index] >= 0);
    const inner = [facts(object.detail), facts(`${counted(having.length, 'environment')}, ${counted(object.count, 'version')}`)];
    if (object.count > 1 && object.count <= 26) {
      for (let number = 0; number < object.count; number++) {
        const same = having.filter((row) => row.versions[object.index] === number);
        const line = make('p', 'facts', `${String.fromCharCode(97 + number)}: `);
        line.append(showing(same, `${same.length} environments with version ${String.fromCharCode(97 + number)} of ${object.name}`));
        inner.push(line);
      }
    }
    const changes = new Set(rows.flatMap((row) => row.drift.get(object.index)?.changes ?? []));
    for (const change of [...changes].sort((a, b) => a - b)) inner.push(copy(`v${change}`));
    return inner;
  }

  function copy(id) {
    const article = byId(id).cloneNode(true);
    article.removeAttribute('id');
    if ('open' in article) article.open = true;
    return article;
  }

  // What takes the matrix to some environments.
  function showing(same, label) {
    const button = make('button', '', same.length === 1 ? same[0].name : `show the ${same.length} environments`);
    button.type = 'button';
    button.addEventListener('click', () => {
      chosen = new Set(same.map((row) => row.index));
      only.textContent = `${label} ✕`;
      filter.value = '';
      onlyRows.checked = false;
      close();
      choose();
      matrix.scrollIntoView({ block: 'center' });
    });
    return button;
  }

  // MARK: The rest

  only.addEventListener('click', () => {
    chosen = null;
    choose();
    filter.focus();
  });
  for (const input of [filter, onlyRows, onlyColumns]) input.addEventListener('input', choose);
  matrix.addEventListener('scroll', draw, { passive: true });
  addEventListener('resize', () => { body.replaceChildren(); drawn.clear(); draw(); });
  byId('panel-close').addEventListener('click', close);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      filter.focus();
      event.preventDefault();
    }
  });

  for (const element of document.querySelectorAll('.live')) element.hidden = false;
  matrix.tabIndex = 0;
  choose();

  // A link to what stands behind a cell: #at-ROW-COLUMN, by place in what is shown; -1 stands for a name.
  const linked = location.hash.match(/^#at-(-?\d+)-(-?\d+)$/);
  if (linked) {
    move(Number(linked[1]), Number(linked[2]));
    open(active);
  }
})();
