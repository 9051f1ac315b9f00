'use strict'
// The words are chosen by the address alone; this only adds the detail for support and asks the shell to try again.
const detail = document.querySelector('#detail')
if (detail) detail.textContent = new URLSearchParams(window.location.search).get('detail')

const button = document.querySelector('button')
button?.addEventListener('click', () => {
  button.disabled = true
  window.postMessage({ kind: 'canteen:try-again' }, window.origin)
})
button?.focus()
