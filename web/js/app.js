// Enhancements only: every page works without this file.
(function () {
  'use strict';
  var root = document.documentElement;
  var MENUS = 'details[open].menu, details[open].pick, details[open].drop, details[open].keys';

  // Theme: the choice is kept by the server; here it only shows at once.
  document.addEventListener('click', function (event) {
    var step = event.target.closest && event.target.closest('[data-step]');
    if (step) {
      var input = step.parentNode.querySelector('input');
      var value = parseInt(input.value, 10) || 0;
      input.value = String(Math.max(0, value + Number(step.getAttribute('data-step'))));
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (event.target.closest && event.target.closest('[data-act="print"]')) { window.print(); }
    var open = document.querySelectorAll(MENUS);
    Array.prototype.forEach.call(open, function (one) {
      if (!one.contains(event.target)) { one.removeAttribute('open'); }
    });
  });

  // Keys: search, next and previous row, open and close, remind. Single letters can be switched
  // off.
  function rows() { return Array.prototype.slice.call(document.querySelectorAll('[data-row]')); }
  function at() {
    return rows().findIndex(function (row) {
      return row.getAttribute('aria-selected') === 'true' || row.contains(document.activeElement);
    });
  }
  function unselect() {
    Array.prototype.forEach.call(document.querySelectorAll('[data-row][aria-selected]'),
      function (row) { row.removeAttribute('aria-selected'); });
  }
  function select(row) {
    if (!row) { return; }
    unselect();
    if (row.getAttribute('role') === 'row') { row.setAttribute('aria-selected', 'true'); }
    var link = row.querySelector('a.t') || row.querySelector('a');
    if (link) { link.focus({ preventScroll: true }); }
    row.scrollIntoView({ block: 'nearest' });
  }
  function move(by) {
    var list = rows(), here = at();
    if (list.length) { select(list[Math.max(0, Math.min(list.length - 1, here + by))]); }
  }
  // Folds or unfolds the goal of the row, or of the item's row above.
  function turn(open) {
    var list = rows(), here = at();
    while (here >= 0 && !list[here].hasAttribute('data-turn')) {
      if (open) { return; }
      here -= 1;
    }
    var row = list[here];
    if (row && (row.getAttribute('aria-expanded') === 'true') !== open) {
      location.href = row.getAttribute('data-turn');
    } else if (row) { select(row); }
  }
  function go(name) {
    var row = rows()[at()];
    if (row && row.hasAttribute(name)) { location.href = row.getAttribute(name); }
  }
  function escape() {
    var open = document.querySelector(MENUS);
    if (open) { open.removeAttribute('open'); open.querySelector('summary').focus(); return; }
    var row = document.activeElement && document.activeElement.closest
      && document.activeElement.closest('[data-row]');
    if (location.hash.indexOf('#i') === 0) { location.hash = 'main'; }
    if (row && document.activeElement.closest('.pop')) { select(row); return; }
    if (document.activeElement) { document.activeElement.blur(); }
    unselect();
  }
  var LETTERS = {
    j: function () { move(1); },
    k: function () { move(-1); },
    r: function () { go('data-remind'); },
    '?': function () {
      var keys = document.getElementById('keys');
      if (keys) { keys.toggleAttribute('open'); keys.querySelector('summary').focus(); }
    }
  };
  document.addEventListener('keydown', function (event) {
    var inside = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    var letters = root.getAttribute('data-keys') !== 'off';
    var search = document.querySelector('[data-key="search"]');
    if (search && ((event.ctrlKey && event.key === 'k')
        || (!inside && letters && event.key === '/'))) {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key === 'Escape') { escape(); return; }
    if (inside || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (letters && LETTERS[event.key]) { event.preventDefault(); LETTERS[event.key](); return; }
    if (at() < 0) { return; }
    if (event.key === 'ArrowDown') { event.preventDefault(); move(1); }
    if (event.key === 'ArrowUp') { event.preventDefault(); move(-1); }
    if (event.key === 'ArrowRight') { turn(true); }
    if (event.key === 'ArrowLeft') { turn(false); }
    if (event.key === 'Enter' && !/^(A|BUTTON|SUMMARY)$/.test(event.target.tagName)) {
      go('data-row');
    }
  });

  // Errors take the focus, so that a screen reader says them first.
  var error = document.getElementById('errors');
  if (error) { error.focus(); }
  root.setAttribute('data-script', 'on');
}());
