// A draft is saved by itself: some seconds after typing stops, and when the page is left. Everything works without it.
(() => {
  'use strict';
  const form = document.querySelector('form[data-draft]');
  if (!form || !window.fetch || !window.FormData) return;
  const said = form.querySelector('[data-draft-said]');
  const revision = form.querySelector('input[name="revision"]');
  const PAUSE = 4000;
  let timer = 0;
  let isDirty = false;
  let isStopped = false; // after a refusal nothing is sent by itself any more: a person looks first
  let isLeaving = false;
  let onItsWay = null;

  function tell(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  function stop(words) {
    isStopped = true;
    tell(words);
  }

  // Files are sent by the buttons only.
  function typed() {
    const data = new FormData();
    new FormData(form).forEach((value, name) => {
      if (typeof value === 'string') data.append(name, value);
    });
    return data;
  }

  async function send() {
    clearTimeout(timer);
    if (!isDirty || isStopped || isLeaving || onItsWay) return;
    isDirty = false;
    onItsWay = (async () => {
      try {
        const options = { method: 'POST', body: typed(), credentials: 'same-origin', redirect: 'manual', keepalive: true };
        const answer = await fetch(form.dataset.draft, options);
        if (answer.type === 'opaqueredirect' || answer.status === 403) return stop(form.dataset.signedOut);
        if (answer.status === 404) return stop(form.dataset.gone);
        const told = await answer.json();
        if (!answer.ok) return stop(told.said);
        revision.value = told.revision;
        tell(told.said);
      } catch (error) {
        isDirty = true; // the next letter typed tries once more; nothing tries by itself for ever
        tell(form.dataset.notSaved);
      }
    })();
    await onItsWay;
    onItsWay = null;
  }

  function changed(event) {
    if (event.target.type === 'file') return;
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  form.addEventListener('input', changed);
  form.addEventListener('change', changed);

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send();
  });

  // The button's own saving waits for the one that is on its way: it must know the newest revision.
  let pressed = null;
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[type="submit"]');
    if (button) pressed = button;
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (onItsWay) {
      event.preventDefault();
      const button = event.submitter || pressed || form.querySelector('button[type="submit"]');
      onItsWay.then(() => setTimeout(() => button.click()));
      return;
    }
    // Whoever signed in anew in another window has another token since.
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (token) form.querySelector('input[name="csrfmiddlewaretoken"]').value = token[1];
    isLeaving = true;
  });

  // Come back to by the browser's arrow, the page would know an old revision.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
})();
