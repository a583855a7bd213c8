// Enhancements of lists with a choice and of jobs: every page works without this file.
(function () {
  'use strict';

  // A job that is under way: its part of the page is fetched again until it is done.
  function poll() {
    var job = document.querySelector('#job[data-poll]');
    if (!job || !window.fetch || !window.DOMParser) { return; }
    setTimeout(function () {
      fetch(location.href, { credentials: 'same-origin' }).then(function (answer) {
        return answer.text();
      }).then(function (text) {
        var page = new DOMParser().parseFromString(text, 'text/html');
        var next = page.getElementById('job');
        if (!next) { return; }
        job.replaceWith(next);
        if (!next.hasAttribute('data-poll')) {
          var said = document.getElementById('live'), lede = next.querySelector('.lede');
          if (said && lede) { said.textContent = lede.textContent; }
        }
        poll();
      }, poll);
    }, 1000);
  }
  poll();

  // The choice of a list: how many are chosen, all of the page, and none.
  var form = document.getElementById('chosen');
  var bar = form && form.querySelector('.bulk');
  function boxes() {
    return Array.prototype.slice.call(form.querySelectorAll('input[name="id"]'));
  }
  function told() {
    var chosen = boxes().filter(function (box) { return box.checked; }).length;
    var whole = form.elements.all, all = bar.querySelector('[data-all]');
    var text = bar.querySelector('[data-chosen]');
    var n = whole && whole.checked ? Number(form.elements.total.value) : chosen;
    if (!text.hasAttribute('data-idle')) { text.setAttribute('data-idle', text.textContent); }
    text.textContent = n === 0 ? text.getAttribute('data-idle')
      : text.getAttribute('data-chosen').replace('#', String(n));
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
    bar.toggleAttribute('data-none', n === 0);
  }
  if (bar) {
    form.addEventListener('change', function (event) {
      if (event.target.hasAttribute('data-all')) {
        boxes().forEach(function (box) { box.checked = event.target.checked; });
      }
      told();
    });
    form.addEventListener('reset', function () { setTimeout(told, 0); });
    told();
  }

  // The problem in the panel: next, before, shut. The panel's keys come before the list's.
  document.addEventListener('keydown', function (event) {
    var inside = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    var letters = document.documentElement.getAttribute('data-keys') !== 'off';
    var panel = document.getElementById('panel');
    if (!panel || inside || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (document.querySelector('details[open].drop')) { return; }
    var key = event.key.toLowerCase();
    var link = panel.querySelector('a[data-key="' + (key === 'j' || key === 'k'
      || key === 'escape' ? key : '') + '"]');
    if (link && (key === 'escape' || letters)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      location.href = link.href;
    }
  }, true);
}());
