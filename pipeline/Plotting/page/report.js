'use strict';
// What makes the page answer: figures one can hover, tables one can sort. Without it the page still says everything.
(() => {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  document.body.append(tip);

  function showTip(event, value) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value).filter(([, text]) => text !== null && text !== '') : [];
    tip.hidden = entries.length === 0;
    if (tip.hidden) return;
    const table = document.createElement('table');
    for (const [name, text] of entries) {
      const row = table.insertRow();
      const head = document.createElement('th');
      head.textContent = name;
      row.append(head);
      row.insertCell().textContent = text;
    }
    tip.replaceChildren(table);
    const room = 14;
    const left = event.clientX + room + tip.offsetWidth > innerWidth ? event.clientX - room - tip.offsetWidth : event.clientX + room;
    const top = event.clientY + room + tip.offsetHeight > innerHeight ? event.clientY - room - tip.offsetHeight : event.clientY + room;
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${Math.max(0, top)}px`;
  }

  const shared = JSON.parse(document.getElementById('shared')?.textContent ?? '{}');

  async function bringToLife(figure) {
    const paper = figure.querySelector('.paper');
    const live = document.createElement('div');
    live.className = 'live';
    const specification = wholeSpecification(JSON.parse(figure.querySelector('script[type="application/json"]').textContent), shared);
    const view = new vega.View(vega.parse(vegaLite.compile(specification).spec), {
      renderer: 'svg',
      container: live,
      hover: true,
      tooltip: (handler, event, item, value) => showTip(event, value),
    });
    await view.runAsync();
    paper.append(live);
    paper.classList.add('is-live');
    live.addEventListener('pointerleave', () => { tip.hidden = true; });
  }

  // A figure is compiled when it comes near the window: a page may have a hundred of them.
  const nearby = new IntersectionObserver((entries, observer) => {
    for (const { target } of entries.filter(entry => entry.isIntersecting)) {
      observer.unobserve(target);
      bringToLife(target).catch(error => console.error(`${target.id}: ${error.message}`)); // its picture stays
    }
  }, { rootMargin: '300px' });
  document.querySelectorAll('figure.plot').forEach(figure => nearby.observe(figure));

  const number = text => Number.parseFloat(text.replace(/[\s\u2009\u00a0]/g, '').replace('−', '-'));
  const order = new Intl.Collator('en', { numeric: true });

  function sortBy(header) {
    const table = header.closest('table');
    const column = header.cellIndex;
    const direction = header.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
    const byNumber = header.classList.contains('number');
    const compare = (a, b) => {
      if (!byNumber) return order.compare(a, b);
      const [left, right] = [number(a), number(b)];
      return Number.isNaN(left) ? (Number.isNaN(right) ? 0 : direction) : Number.isNaN(right) ? -direction : left - right; // what is no number stays last
    };
    const rows = [...table.tBodies[0].rows].sort((a, b) => direction * compare(a.cells[column].textContent, b.cells[column].textContent));
    table.tBodies[0].append(...rows);
  }

  for (const header of document.querySelectorAll('.table thead th')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    button.addEventListener('click', () => sortBy(header));
    header.replaceChildren(button);
  }

  const links = new Map([...document.querySelectorAll('nav a')].map(link => [link.hash.slice(1), link]));
  const reading = new IntersectionObserver(entries => {
    for (const entry of entries.filter(one => one.isIntersecting)) {
      links.forEach(link => link.removeAttribute('aria-current'));
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-10% 0px -75% 0px' });
  document.querySelectorAll('main > section').forEach(section => reading.observe(section));
})();
