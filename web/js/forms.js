// What the browser adds to forms that already work without it: what is typed is kept as it is
// typed, on the server, or on this device where there is no network; a report that cannot be sent
// waits here and goes by itself when there is. Words come from the page.
(function () {
  'use strict';
  var all = function (query, from) {
    return Array.prototype.slice.call((from || document).querySelectorAll(query));
  };
  var one = function (query, from) { return (from || document).querySelector(query); };

  // A device that keeps nothing (private windows, full disks) must not break a page.
  function keep(name, value) {
    try {
      if (value === null) { localStorage.removeItem(name); }
      else { localStorage.setItem(name, JSON.stringify(value)); }
      return true;
    } catch (refused) { return false; }
  }
  function kept(name) {
    try { return JSON.parse(localStorage.getItem(name) || 'null'); } catch (e) { return null; }
  }

  function typed(form) {
    return Array.prototype.slice.call(form.elements).filter(function (field) {
      var loose = /^(password|file|submit|button|fieldset)$/.test(field.type);
      var off = /^(checkbox|radio)$/.test(field.type) && !field.checked;
      return field.name && !loose && !off;
    }).map(function (field) { return [field.name, field.value]; });
  }
  function fill(form, pairs) {
    var left = pairs.slice();
    Array.prototype.slice.call(form.elements).forEach(function (field) {
      if (!field.name || /^(password|file|submit|button|fieldset|hidden)$/.test(field.type)) {
        return;
      }
      var tick = /^(checkbox|radio)$/.test(field.type);
      var at = left.findIndex(function (pair) {
        return pair[0] === field.name && (!tick || pair[1] === field.value);
      });
      if (tick) { field.checked = at >= 0; }
      else if (at >= 0) { field.value = left[at][1]; }
      if (at >= 0) { left.splice(at, 1); }
    });
    form.dispatchEvent(new Event('filled'));
  }
  function body(pairs) {
    var data = new URLSearchParams();
    pairs.forEach(function (pair) { data.append(pair[0], pair[1]); });
    return data;
  }

  // Drafts: to the server half a second after the last key; to the device when that fails.
  function draft(form) {
    var name = 'draft:' + form.getAttribute('data-draft');
    var state = one('[data-saved]');
    var begun = JSON.stringify(typed(form));
    var wait = 0;
    var sent = false;
    function say(where) {
      if (state) { state.textContent = state.getAttribute(where) || ''; }
    }
    function save() {
      var pairs = typed(form);
      if (sent || JSON.stringify(pairs) === begun) { return; }
      var held = keep(name, pairs);
      fetch(form.getAttribute('data-save'), {
        method: 'POST', credentials: 'same-origin', body: body(pairs)
      }).then(function (answer) {
        if (!answer.ok || answer.redirected) { throw new Error('not kept'); }
        keep(name, null);
        say('data-on-server');
      }).catch(function () { if (held) { say('data-on-device'); } });
    }
    function soon() {
      clearTimeout(wait);
      wait = setTimeout(save, 500);
    }
    form.addEventListener('input', soon);
    form.addEventListener('change', soon);
    form.addEventListener('submit', function () {
      clearTimeout(wait);
      sent = true;
      keep(name, typed(form));
    });
    var found = kept(name);
    if (found && !form.hasAttribute('data-refused') && one('.draft') === null) {
      fill(form, found);
      say('data-on-device');
    }
  }
  // A draft on the device goes when another page than its own form has come back.
  function settle() {
    try {
      var names = all('form[data-draft]').map(function (form) {
        return 'draft:' + form.getAttribute('data-draft');
      });
      var done = sessionStorage.getItem('sent');
      sessionStorage.removeItem('sent');
      if (done && names.indexOf(done) < 0 && !one('.er')) { keep(done, null); }
    } catch (refused) { return; }
  }

  // The queue: reports of this device that have not arrived.
  function queue() { return kept('queue') || []; }
  function csrf() {
    var form = one('form[action*="csrf="]');
    var found = form && /csrf=([0-9a-f]+)/.exec(form.getAttribute('action'));
    return found ? found[1] : '';
  }
  function show() {
    var strip = one('[data-queue]');
    if (!strip) { return; }
    var list = one('[data-queue-list]', strip);
    var waiting = queue();
    strip.hidden = waiting.length === 0;
    list.textContent = '';
    waiting.forEach(function (report) {
      var line = document.createElement('li');
      var word = list.getAttribute('data-' + report.state) || '';
      line.textContent = report.title + '　' + word + (report.why ? '：' + report.why : '');
      if (report.files) { line.textContent += '　' + list.getAttribute('data-files'); }
      if (report.state === 'refused') {
        var link = document.createElement('a');
        link.href = report.path;
        link.textContent = list.getAttribute('data-see');
        link.className = 'btn btn-s';
        line.appendChild(link);
      }
      list.appendChild(line);
    });
  }
  function change(id, how) {
    var list = queue();
    list.forEach(function (report) { if (report.id === id) { how(report); } });
    keep('queue', list);
    show();
  }
  function drop(id) {
    keep('queue', queue().filter(function (report) { return report.id !== id; }));
  }
  var sending = false;
  function flush() {
    var next = queue().filter(function (report) { return report.state !== 'refused'; })[0];
    if (!next || sending) { return; }
    sending = true;
    change(next.id, function (report) { report.state = 'sending'; });
    fetch(next.path + '?csrf=' + csrf(), {
      method: 'POST', credentials: 'same-origin', body: body(next.pairs)
    }).then(function (answer) {
      sending = false;
      if (/\/sign-in/.test(answer.url)) {
        change(next.id, function (report) { report.state = 'sign-in'; });
        return;
      }
      if (answer.ok) {
        change(next.id, function (report) { report.state = 'received'; });
        setTimeout(function () { drop(next.id); show(); flush(); }, 4000);
        return;
      }
      if (answer.status >= 500) { throw new Error('later'); }
      return answer.text().then(function (page) {
        var read = new DOMParser().parseFromString(page, 'text/html');
        var told = read.getElementById('errors');
        keep('draft:' + next.draft, next.pairs);
        change(next.id, function (report) {
          report.state = 'refused';
          report.why = told ? told.textContent.trim() : String(answer.status);
        });
        flush();
      });
    }).catch(function () {
      sending = false;
      change(next.id, function (report) { report.state = 'kept'; });
    });
  }
  function offline(form) {
    var path = form.getAttribute('action').split('?')[0];
    form.addEventListener('submit', function (event) {
      var keeper = event.submitter && event.submitter.hasAttribute('formaction');
      if (keeper || navigator.onLine !== false) { return; }
      event.preventDefault();
      var files = all('input[type=file]', form).some(function (field) {
        return field.files && field.files.length > 0;
      });
      var list = queue();
      list.push({
        id: String(Date.now()), path: path, pairs: typed(form), state: 'kept', files: files,
        draft: form.getAttribute('data-draft'), title: form.getAttribute('data-title')
      });
      if (keep('queue', list)) {
        keep('draft:' + form.getAttribute('data-draft'), null);
        show();
        one('[data-queue]').scrollIntoView({ block: 'nearest' });
      }
    });
    // What was refused after it had waited is taken up again where it is mended.
    all('[data-queue]').forEach(function () {
      var list = queue().filter(function (report) {
        return report.path !== path || report.state !== 'refused';
      });
      keep('queue', list);
    });
  }

  // The sum of a report, as it is typed.
  function reckon() {
    var field = one('[data-since]');
    var line = one('[data-calc]');
    if (!field || !line) { return; }
    var before = Number(line.getAttribute('data-before'));
    var target = Number(line.getAttribute('data-target'));
    function tell() {
      var sum = before + (parseInt(field.value, 10) || 0);
      one('[data-so-far]', line).textContent = String(sum);
      one('[data-left]', line).textContent = String(Math.max(0, target - sum));
    }
    field.addEventListener('input', tell);
    field.form.addEventListener('filled', tell);
  }

  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.getAttribute('data-draft')) { return; }
    try { sessionStorage.setItem('sent', 'draft:' + form.getAttribute('data-draft')); }
    catch (refused) { return; }
  });
  settle();
  reckon();
  all('form[data-offline]').forEach(offline);
  all('form[data-draft][data-save]').forEach(draft);
  show();
  flush();
  window.addEventListener('online', flush);
  setInterval(flush, 30000);
}());
