// Says on the page, instead of in the console, that a passkey could not be used.
document.addEventListener('allauth.error', (event) => {
  const message = document.querySelector('[data-passkey-error]')
  if (!message) return
  event.preventDefault()
  message.hidden = false
})
