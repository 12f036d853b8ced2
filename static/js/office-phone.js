// While somebody is on the phone: who of them signed up before, and only the fields the chosen activity has a use for.
// Without it the button "look" and the whole form do the same.
(() => {
  'use strict';
  const form = document.querySelector('[data-phone-form]');
  if (!form) return;
  const field = (name) => form.elements[name];
  const places = form.querySelector('[data-known]');
  const chosen = form.querySelector('[data-chosen]');
  const ENOUGH = 4;
  let asked = 0;
  let timer = 0;
  let last = '';

  function suit() {
    const option = field('occurrence').selectedOptions[0];
    const isDate = Boolean(option && option.value);
    chosen.textContent = isDate ? option.textContent : '';
    form.querySelectorAll('[data-where]').forEach((part) => {
      const isWritten = Array.prototype.some.call(part.querySelectorAll('input'), (input) => input.value);
      const isOfUse = !isDate || option.dataset[part.dataset.where] === '1';
      const isGroup = part.dataset.where === 'ages' && field('institution').value;
      part.hidden = !isWritten && (!isOfUse || Boolean(isGroup));
    });
  }

  // What is asked goes in the body of a post: an address would stand in logs.
  async function look() {
    const body = new FormData();
    ['csrfmiddlewaretoken', 'phone', 'email', 'contact_name', 'occurrence'].forEach((name) => body.append(name, field(name).value));
    const isEnough = field('phone').value.replace(/\D/g, '').length >= ENOUGH || field('email').value.length >= ENOUGH || field('contact_name').value.length >= ENOUGH;
    const now = ['phone', 'email', 'contact_name', 'occurrence'].map((name) => field(name).value).join('\n');
    if (now === last) return;
    last = now;
    const turn = ++asked;
    if (!isEnough) {
      places.textContent = '';
      return;
    }
    try {
      const answer = await fetch(form.dataset.knownAddress, { method: 'POST', body, credentials: 'same-origin' });
      if (!answer.ok || answer.redirected) throw new Error('not found out');
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (turn !== asked) return;
      places.textContent = '';
      Array.from(fresh.body.childNodes).forEach((node) => places.append(document.adoptNode(node)));
    } catch (error) {
      if (turn === asked) last = ''; // the button still looks
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, 300);
  }

  form.addEventListener('input', (event) => {
    if (['phone', 'email', 'contact_name'].includes(event.target.name)) soon();
  });
  form.addEventListener('change', (event) => {
    if (event.target.name === 'occurrence') soon();
    suit();
  });
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[name="known"]');
    if (!button) return;
    event.preventDefault();
    field('contact_name').value = button.dataset.contactName;
    field('phone').value = button.dataset.phone;
    field('email').value = button.dataset.email;
    field('language').value = button.dataset.language;
    field('adults').focus();
    soon();
  });
  suit();
})();
