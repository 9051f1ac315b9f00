'use strict'
// Chooses the words by the address and asks the shell to start the station again.
document.addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll('button[data-try-again]')) {
    button.addEventListener('click', () => {
      button.disabled = true
      window.postMessage({ kind: 'canteen:try-again' }, window.origin)
    })
  }
})
