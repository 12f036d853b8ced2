// Comfort on top of pages that work without it: swaps <main> instead of loading a page anew, prints, copies.
(() => {
  'use strict';
  const page = document.documentElement;
  page.classList.add('js');
  if (navigator.share) page.classList.add('shares');

  const voice = document.createElement('div');
  voice.className = 'visually-hidden';
  voice.setAttribute('role', 'status');
  document.body.append(voice);

  let newest = 0;
  const TYPED = 'input[id]:not([type="radio"]):not([type="checkbox"]), textarea[id]';

  // Nothing is taken from under a finger: a page that comes between press and release waits for the click.
  let released = Promise.resolve();
  document.addEventListener('pointerdown', () => {
    released = new Promise((go) => ['pointerup', 'pointercancel'].forEach((end) => addEventListener(end, () => setTimeout(go), { once: true })));
  });

  // Whoever goes on while the page is on its way loses nothing; gives the field they are in and what is marked there.
  function carryOver(main, next, before) {
    main.querySelectorAll(TYPED).forEach((field) => {
      const again = next.querySelector('#' + CSS.escape(field.id));
      if (again && field.value !== before.get(field.id)) again.value = field.value;
    });
    const field = document.activeElement;
    if (!field.id || !main.contains(field) || !next.querySelector('#' + CSS.escape(field.id))) return null;
    return { id: field.id, from: field.selectionStart, to: field.selectionEnd };
  }

  // Fetches a whole page and takes its <main>. Whatever goes wrong, the browser does it the plain way.
  async function swap(url, options, plainly, after) {
    const turn = ++newest;
    const main = document.getElementById('main');
    const before = new Map();
    main.querySelectorAll(TYPED).forEach((field) => before.set(field.id, field.value));
    main.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, options);
      const text = await answer.text();
      await released;
      if (turn !== newest) return;
      const fresh = new DOMParser().parseFromString(text, 'text/html');
      const next = fresh.getElementById('main');
      if (!next) throw new Error('no main');
      const typing = options.method ? null : carryOver(main, next, before);
      for (const part of ['main', '.languages', '.menu', '.crumbs']) {
        const old = document.querySelector(part);
        const found = fresh.querySelector(part);
        if (old && found) old.replaceWith(document.adoptNode(found));
      }
      document.title = fresh.title;
      after(answer.url, typing);
    } catch (error) {
      if (turn === newest) plainly();
    }
  }

  function visit(url, focused, isBack) {
    swap(url, {}, () => location.assign(url), (landed, typing) => {
      if (!isBack) {
        // Marks the page left as one to swap back to. A jump to an anchor has no such mark and fetches nothing.
        history.replaceState({ swapped: true }, '');
        history.pushState({ swapped: true }, '', landed);
      }
      const wanted = typing ? typing.id : focused;
      const again = wanted && document.getElementById(wanted);
      (again || document.getElementById('main')).focus({ preventScroll: Boolean(again) });
      if (typing && typing.from !== null && again.setSelectionRange) again.setSelectionRange(typing.from, typing.to);
      if (!again) scrollTo(0, 0);
      const results = document.querySelector('main .results');
      voice.textContent = results ? results.textContent : document.title;
    });
  }

  // Filters: the form is a GET form, so its address is its content.
  function applyFilters(form, control) {
    const asked = new URLSearchParams();
    new FormData(form).forEach((value, name) => value && asked.append(name, value));
    const query = asked.toString();
    visit(form.action.split('?')[0] + (query ? '?' + query : ''), control && control.id);
  }

  // "Add a child", "Remove child 2": the same post as without script; the focus goes to the legend of the row in question.
  function changeRows(form, button) {
    const body = new FormData(form);
    body.append(button.name, button.value);
    const before = form.querySelectorAll('[data-child]').length;
    const plainly = () => {
      const said = document.createElement('input');
      Object.assign(said, { type: 'hidden', name: button.name, value: button.value });
      form.append(said);
      form.submit();
    };
    swap(form.action, { method: 'POST', body }, plainly, () => {
      const rows = document.querySelectorAll('main [data-child]');
      const row = rows[rows.length - 1];
      const legend = rows.length > before ? row.querySelector('legend') : document.querySelector('main [data-add-child]');
      if (!legend) return;
      if (legend.tagName === 'LEGEND') legend.tabIndex = -1;
      legend.focus();
      if (rows.length < before) voice.textContent = button.textContent;
    });
  }

  // After a form came back with errors, reading begins at their summary.
  const wrong = document.querySelector('.error-summary');
  if (wrong) {
    wrong.tabIndex = -1;
    wrong.focus();
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-swap], [data-swap] a');
    const button = event.target.closest('button');
    if (link && link.host === location.host && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) {
      event.preventDefault();
      visit(link.href, link.id);
    } else if (button && button.form && button.matches('[data-add-child], [data-remove-child]')) {
      event.preventDefault();
      changeRows(button.form, button);
    } else if (event.target.closest('[data-print]')) {
      print();
    } else if (button && button.dataset.share && navigator.share) {
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
    } else if (button && button.dataset.copy && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => { voice.textContent = button.dataset.copied || button.textContent; });
    }
  });
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('form[data-swap]') || event.target.method !== 'get') return;
    event.preventDefault();
    applyFilters(event.target, document.activeElement);
  });
  document.addEventListener('change', (event) => {
    const form = event.target.form;
    if (form && form.matches('form[data-swap]') && form.method === 'get' && event.target.matches('select, [type="checkbox"], [type="radio"]')) {
      applyFilters(form, event.target);
    }
  });
  addEventListener('popstate', (event) => {
    if (event.state && event.state.swapped) visit(location.href, null, true);
  });
})();
