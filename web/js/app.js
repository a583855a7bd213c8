// Enhancements only: every page works without this file.
(function () {
  'use strict';
  var root = document.documentElement;

  // Theme: the choice is kept by the server; here it only shows at once.
  document.addEventListener('click', function (event) {
    var step = event.target.closest && event.target.closest('[data-step]');
    if (step) {
      var input = step.parentNode.querySelector('input');
      var value = parseInt(input.value, 10) || 0;
      input.value = String(Math.max(0, value + Number(step.getAttribute('data-step'))));
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    var open = document.querySelectorAll('details.menu[open], details.pick[open]');
    Array.prototype.forEach.call(open, function (one) {
      if (!one.contains(event.target)) { one.removeAttribute('open'); }
    });
  });

  // Keys: search, next and previous row, open, close.
  function rows() { return Array.prototype.slice.call(document.querySelectorAll('[data-row]')); }
  function move(by) {
    var list = rows();
    if (!list.length) { return; }
    var at = list.findIndex(function (row) {
      return row.getAttribute('aria-selected') === 'true';
    });
    if (at >= 0) { list[at].removeAttribute('aria-selected'); }
    at = Math.max(0, Math.min(list.length - 1, at + by));
    list[at].setAttribute('aria-selected', 'true');
    list[at].scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('keydown', function (event) {
    var inside = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    var search = document.querySelector('[data-key="search"]');
    if (search && ((event.ctrlKey && event.key === 'k') || (!inside && event.key === '/'))) {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key === 'Escape') {
      var open = document.querySelector('details[open].menu, details[open].pick');
      if (open) { open.removeAttribute('open'); open.querySelector('summary').focus(); }
      return;
    }
    if (inside || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === 'j') { move(1); }
    if (event.key === 'k') { move(-1); }
    if (event.key === 'Enter') {
      var row = document.querySelector('[data-row][aria-selected="true"]');
      if (row) { location.href = row.getAttribute('data-row'); }
    }
  });

  // Errors take the focus, so that a screen reader says them first.
  var error = document.getElementById('errors');
  if (error) { error.focus(); }
  root.setAttribute('data-script', 'on');
}());
