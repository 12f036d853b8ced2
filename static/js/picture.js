// Sends a picture as soon as it is chosen, and shows how far it is; without this it goes with the form.
(() => {
  'use strict';
  // The address stands beside that of every page of the desk: /ru/musu-iestade/<institution>/…
  const desk = location.pathname.match(/^.*?\/musu-iestade\/[^/]+\//);
  if (!desk) return;

  function look(part) {
    const field = (name) => part.querySelector('[name$="' + name + '"]');
    const file = field('picture_file');
    const tick = field('picture_declared');
    const key = field('picture');
    const form = file && file.form;
    const token = form && form.querySelector('[name="csrfmiddlewaretoken"]');
    if (!tick || !key || !token) return;
    const shown = part.querySelector('.picture-part__shown');
    const way = part.querySelector('.picture-part__way');
    const voice = way.querySelector('[role="status"]');
    const bar = way.querySelector('progress');
    let sending = null;

    function say(words, isOnTheWay) {
      way.hidden = false;
      voice.textContent = words;
      bar.hidden = !isOnTheWay;
    }

    function fail(words) {
      sending = null;
      say(words, false);
      file.value = '';
    }

    function taken(answer) {
      sending = null;
      key.value = answer.key;
      file.value = '';
      const picture = new Image(answer.width, answer.height);
      picture.alt = '';
      picture.src = answer.preview;
      shown.textContent = '';
      shown.append(picture);
      say(part.dataset.done, false);
      // Whoever saves the form by itself hears of it as of something typed.
      ['input', 'change'].forEach((name) => key.dispatchEvent(new Event(name, { bubbles: true })));
    }

    function send() {
      const chosen = file.files[0];
      if (sending) sending.abort();
      sending = null;
      if (!chosen) return;
      if (chosen.size > Number(file.dataset.most)) { fail(part.dataset.large); return; }
      if (!tick.checked) { say(part.dataset.waits, false); return; }
      const sent = new FormData();
      sent.append('csrfmiddlewaretoken', token.value);
      sent.append('picture_declared', 'on');
      sent.append('picture_file', chosen);
      const request = new XMLHttpRequest();
      sending = request;
      request.responseType = 'json';
      request.upload.addEventListener('progress', (event) => {
        if (!event.lengthComputable) return;
        const share = Math.floor(100 * event.loaded / event.total);
        bar.value = share;
        say(share < 100 ? part.dataset.sends + ' ' + share + ' %' : part.dataset.works, true);
      });
      request.addEventListener('load', () => {
        const answer = request.response || {};
        if (request !== sending) return;
        if (request.status === 200 && answer.key) taken(answer);
        else fail(answer.sentence || part.dataset.failed);
      });
      request.addEventListener('error', () => { if (request === sending) fail(part.dataset.failed); });
      bar.value = 0;
      say(part.dataset.sends + ' 0 %', true);
      request.open('POST', desk[0] + 'atteli/');
      request.send(sent);
    }

    file.addEventListener('change', send);
    tick.addEventListener('change', () => { if (tick.checked && !sending && file.files.length) send(); });
    if (file.files.length) send(); // the browser kept it when the page was loaded anew
  }

  document.querySelectorAll('.picture-part').forEach(look);
})();
