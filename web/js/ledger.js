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
}());
